/** What others wrote, without what a terminal or a page would obey in place of showing it. */
import { stripVTControlCharacters } from "node:util";

/** In its own lines: without controls, and without marks that turn the direction of the text. */
export function printable(text: string): string {
  return stripVTControlCharacters(text.replace(/\r\n?/g, "\n")).replace(/(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu, "");
}

/**
 * In one line, for whoever decides by it: with escapes in place of what is not seen, or changes how the rest is seen, such as
 * controls, line ends, marks that turn the direction of the text.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, (character) =>
      character === "\n" ? "\\n" : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    );
}

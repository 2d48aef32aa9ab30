/** Escapes text from outside, so that terminals and CI runners do not interpret it and readers see every character. */

/**
 * Control characters, and characters without width or that change how others are displayed, except the selector that shows an
 * emoji in color.
 */
const hidden = String.raw`(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;

const hiddenInLine = new RegExp(hidden, "gu");

/** Keeps the word joiner after "@" and "#", which `care` inserts so that GitHub does not notify people named in Markdown. */
const hiddenInLines = new RegExp(String.raw`(?!\n|(?<=[@#])\u2060)${hidden}`, "gu");

/**
 * Commands of GitHub's runner: `::error::` at the start of a line, after any spaces, and `##[error]` anywhere. Azure's and
 * TeamCity's have the same form. The runner ignores characters without width, as .NET does.
 *
 * Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const lineCommand = /^([^\S\n]*):(?=:)/gm;
const anywhereCommand = /#(?=\u2060?#\w*\[)/g;

export function escapeOf(character: string): string {
  return character === "\n" ? String.raw`\n` : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function withoutCommands(text: string): string {
  return text
    .replace(lineCommand, (_, blanks: string) => `${blanks}${escapeOf(":")}`)
    .replace(anywhereCommand, escapeOf("#"));
}

/** The text in one line, with escapes such as `\u{1b}` or `\n` for invisible characters. */
export function visible(text: string): string {
  return withoutCommands(text.replace(hiddenInLine, escapeOf));
}

/** The same with its line breaks, and with four spaces for a tab. */
export function visibleLines(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\t", "    ");
  return withoutCommands(lines.replace(hiddenInLines, escapeOf));
}

/** The value as indented JSON, with escapes for invisible characters and commands. It parses to the same value. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .replace(hiddenInLines, jsonEscapeOf)
    .replace(anywhereCommand, jsonEscapeOf("#"));
}

function jsonEscapeOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

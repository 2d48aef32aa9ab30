/** Makes text from outside visible: no terminal, CI runner or reader takes it for anything but text. */

/**
 * Control characters, and characters that have no width or change how others are shown. The sign that shows a pictograph in
 * colour is left alone.
 */
const hidden = String.raw`(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]`;

const hiddenInLine = new RegExp(hidden, "gu");

/** The word joiner after a sign is our own: it keeps GitHub from notifying a person that a Markdown names. */
const hiddenInLines = new RegExp(String.raw`(?!\n|(?<=[@#])\u2060)${hidden}`, "gu");

/**
 * What GitHub's runner takes for a command: `::error::` at the start of a line, after any blanks, and `##[error]` anywhere. Azure's
 * and TeamCity's are of the same form. The runner compares as .NET does, which passes over characters without a width.
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

/** In one line: with an escape, such as `\u{1b}` or `\n`, in place of each character that is not shown as itself. */
export function visible(text: string): string {
  return withoutCommands(text.replace(hiddenInLine, escapeOf));
}

/** The same in its own lines, with four blanks for a tab. */
export function visibleLines(text: string): string {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\t", "    ");
  return withoutCommands(lines.replace(hiddenInLines, escapeOf));
}

/** The value as indented JSON. What is hidden, or would be a command, is escaped: it parses to the same value. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .replace(hiddenInLines, jsonEscapeOf)
    .replace(anywhereCommand, jsonEscapeOf("#"));
}

function jsonEscapeOf(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}

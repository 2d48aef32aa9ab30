/**
 * Invisible characters in names. The program reports them instead of removing them: without one, the name can belong to
 * somebody else. A suggestion in an error only omits spaces (U+0020) around a name.
 */

/** Characters without width, except the selector that shows an emoji in color. */
const invisible = String.raw`(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]`;

/** Unicode classifies the Braille blank (U+2800) as a symbol, but it looks like a space. */
const blank = String.raw`[\s\p{Z}\u2800]`;

const hidden = new RegExp(String.raw`\p{Cc}|${blank}|${invisible}`, "u");

/** A single space between other characters is visible. */
const hiddenInName = new RegExp(String.raw`\p{Cc}|^${blank}|${blank}$|(?! )${blank}|${invisible}`, "u");

/** The first invisible character or space, such as `a space (U+0020)`; undefined if there is none. */
export function hiddenCharacter(text: string): string | undefined {
  return named(hidden.exec(text)?.[0]);
}

/** The same for a name that can contain spaces. */
export function hiddenCharacterInName(text: string): string | undefined {
  return named(hiddenInName.exec(text)?.[0]);
}

/** The beginning of an error message about a name: empty if no character is hidden. */
export function hiddenNote(name: string, hidden = hiddenCharacterInName(name)): string {
  return hidden === undefined ? "" : `has ${hidden} and `;
}

function named(character: string | undefined): string | undefined {
  if (character === undefined) return undefined;
  const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const kind = /\p{Cc}/u.test(character)
    ? "a control character"
    : new RegExp(blank, "u").test(character) && character !== "\ufeff"
      ? "a space"
      : "an invisible character";
  return `${kind} (${codePoint})`;
}

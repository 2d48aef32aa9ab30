/** Characters in a name that a reader does not see. Without one, a name may be somebody else's: none is left out for the user. */

/** What has no width. The sign that shows a pictograph in color is left alone. */
const invisible = String.raw`(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]`;

/** The Braille blank is a symbol, and shows as a blank. */
const blank = String.raw`[\s\p{Z}\u2800]`;

const hidden = new RegExp(String.raw`\p{Cc}|${blank}|${invisible}`, "u");

/** A plain blank between other characters can be seen. */
const hiddenInName = new RegExp(String.raw`\p{Cc}|^${blank}|${blank}$|(?! )${blank}|${invisible}`, "u");

/** The first character that does not show, or shows as a blank, such as `a blank (U+0020)`; undefined where there is none. */
export function hiddenCharacter(text: string): string | undefined {
  return named(hidden.exec(text)?.[0]);
}

/** The same in a name that may have plain blanks within. */
export function hiddenCharacterInName(text: string): string | undefined {
  return named(hiddenInName.exec(text)?.[0]);
}

/** What an error about a name starts with where one is in it, else nothing. */
export function hiddenNote(name: string, hidden = hiddenCharacterInName(name)): string {
  return hidden === undefined ? "" : `has ${hidden} and `;
}

function named(character: string | undefined): string | undefined {
  if (character === undefined) return undefined;
  const codePoint = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const kind = /\p{Cc}/u.test(character)
    ? "a control character"
    : new RegExp(blank, "u").test(character) && character !== "\ufeff"
      ? "a blank"
      : "an invisible character";
  return `${kind} (${codePoint})`;
}

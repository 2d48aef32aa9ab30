/** What others wrote, without the characters that a terminal or a page would obey in place of showing: controls, and those that turn the direction of a text. */
export function visible(text: string): string {
  return text.replace(/(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}

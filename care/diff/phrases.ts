/** Sentences of words that are the program's own and values that anyone may have written. */
import type { PhrasingContent } from "mdast";
import { visible } from "../../text/index.ts";
import { valueOf } from "./values.ts";

export type Phrase = readonly PhrasingContent[];

/** Characters (code points) of a value that are shown. */
const longest = 200;

/** Phrases of a list that are told: a list must not take the room of all else. */
const mostListed = 20;

/**
 * A sentence. What stands in the template is the program's own; a value of the preview comes in as `code` or `shown`,
 * where no reader of Markdown takes it for markup, for a link or for somebody's name.
 */
export function say(words: TemplateStringsArray, ...phrases: readonly Phrase[]): Phrase {
  return words.flatMap((text, index) => [...own(text), ...(phrases[index] ?? [])]);
}

/** Words of the program's own or of the guide's. */
export function own(text: string): Phrase {
  return text === "" ? [] : [{ type: "text", value: text }];
}

export function strong(text: string): Phrase {
  return [{ type: "strong", children: [{ type: "text", value: text }] }];
}

/** @param text The program's own. */
export function link(text: string, url: string): Phrase {
  return [{ type: "link", url, children: [{ type: "text", value: text }] }];
}

/** A text that anyone may have written, as code. */
export function code(text: string): Phrase {
  return text === "" ? own("(empty)") : [{ type: "inlineCode", value: shortened(visible(text)) }];
}

/** A command with values of the preview in it, which is of no use if it is shortened. */
export function command(text: string): Phrase {
  return [{ type: "inlineCode", value: visible(text) }];
}

/**
 * A value of the preview.
 * @param name What to call it where its value cannot be shown.
 */
export function shown(property: unknown, name: string): Phrase {
  const value = valueOf(property);
  if (value.kind === "known") return code(value.text);
  return say`${code(name)} (${own(value.kind === "secret" ? "a secret" : "known after the update")})`;
}

/** `a, b and c`, or the first ones and how many more. */
export function listed(all: readonly Phrase[]): Phrase {
  const rest = all.length - mostListed;
  const phrases = rest > 0 ? [...all.slice(0, mostListed), own(`${String(rest)} more`)] : all;
  return phrases.flatMap((phrase, index) => [
    ...own(index === 0 ? "" : index === phrases.length - 1 ? " and " : ", "),
    ...phrase,
  ]);
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
}

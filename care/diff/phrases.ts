/** Sentences of the program's own words and of values from outside. */
import type { PhrasingContent } from "mdast";
import { capitalized as capitalizedText, visible, withoutSecrets } from "../../text/index.ts";
import { valueOf } from "./values.ts";

export type Phrase = readonly PhrasingContent[];

/** The number of characters (code points) shown of a value. */
const longest = 200;

/** The number of phrases shown of a list, so that it leaves room for the rest. */
const mostListed = 20;

/**
 * A sentence. The template is the program's own text. Values of the preview are inserted by `code` or `shown`,
 * so that Markdown does not render them as markup, links or mentions.
 */
export function compose(words: TemplateStringsArray, ...phrases: readonly Phrase[]): Phrase {
  return words.flatMap((text, index) => [...own(text), ...(phrases[index] ?? [])]);
}

/** The program's own words begin with a capital at the start of a sentence. */
export function capitalized([first, ...rest]: Phrase): Phrase {
  if (first?.type !== "text") return first === undefined ? [] : [first, ...rest];
  return [{ ...first, value: capitalizedText(first.value) }, ...rest];
}

/** Words of the program or of the guide. */
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

/** A value from outside, as code. Credentials are removed before it is cut and quoted, so that they end where the value ends. */
export function code(value: string): Phrase {
  return value === ""
    ? own("(empty)")
    : [{ type: "inlineCode", value: shortened(visible(withoutSecrets(value, "value"))) }];
}

/** A command with values of the preview, which must not be shortened. */
export function command(text: string): Phrase {
  return [{ type: "inlineCode", value: visible(withoutSecrets(text)) }];
}

/**
 * A value of the preview.
 * @param name Its name if the value cannot be shown.
 */
export function shown(property: unknown, name: string): Phrase {
  const value = valueOf(property);
  if (value.kind === "known") return code(value.text);
  if (value.kind === "secret" && value.around !== undefined)
    return compose`${code(value.around)} (${own("perhaps a part of it is a secret")})`;
  return compose`${code(name)} (${own(value.kind === "secret" ? "a secret" : "known after the update")})`;
}

/** `a, b and c`, or the first ones and the number of the others. */
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

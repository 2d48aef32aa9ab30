/** The texts of the guide, its checklist and its report, in each language. */
import { isRoleName } from "../roles.ts";
import type { TaskName } from "../rows.ts";
import { en } from "./en/index.ts";
import type { Words } from "./en/index.ts";
import { guide } from "./fr/guide.ts";
import { page } from "./fr/page.ts";
import { details, next, statuses, statusPlurals, tasks, why } from "./fr/rows.ts";

export { formatOf } from "./format.ts";
export type { Format, Noun } from "./format.ts";
export type { Words } from "./en/index.ts";

/** U+00A0 before a colon and within quotes, U+202F before ";", "?" and "!". */
const spaced = (text: string) =>
  text.replace(/ (?=:(?!\S))|(?<=«) | (?=»)/g, "\u00a0").replace(/ (?=[;?!](?!\S))/g, "\u202f");

/** Words with the non-breaking spaces of French, at any depth. A text with a value that has such a space itself, such as a title, is unchanged. */
function withSpaces<T>(words: T): T {
  if (typeof words === "string") return spaced(words) as T;
  if (typeof words === "object")
    return Object.fromEntries(
      Object.entries(words as object).map(([key, value]) => [key, withSpaces<unknown>(value)]),
    ) as T;
  const write = words as (...values: readonly unknown[]) => string;
  return ((...values: readonly unknown[]) => {
    const text = write(...values);
    const given = JSON.stringify(values);
    return spaced(given) === given ? spaced(text) : text;
  }) as T;
}

const fr: Words = withSpaces({ guide, tasks, statuses, statusPlurals, details, next, why, page });

export type Language = "en" | "fr";

export const words: Readonly<Record<Language, Words>> = { en, fr };

export const languageNames = Object.keys(words) as Language[];

/** The locales for Intl. Both write the day before the month. */
export const locales: Readonly<Record<Language, string>> = { en: "en-GB", fr: "fr" };

/** The name of a task in a language, such as `Add contacts`. */
export function taskIn({ tasks, guide: { roles } }: Words, name: TaskName): string {
  return isRoleName(name) ? tasks.grant(roles[name]) : tasks[name];
}

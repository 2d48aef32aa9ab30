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

const fr: Words = { guide, tasks, statuses, statusPlurals, details, next, why, page };

export const words = { en, fr } as const satisfies Record<string, Words>;

export type Language = keyof typeof words;

export const languageNames = Object.keys(words) as Language[];

/** The locales for Intl. Both write the day before the month. */
export const locales: Readonly<Record<Language, string>> = { en: "en-GB", fr: "fr" };

/** The name of a task in a language, such as `Add contacts`. */
export function taskIn({ tasks, guide: { roles } }: Words, name: TaskName): string {
  return isRoleName(name) ? tasks.grant(roles[name]) : tasks[name];
}

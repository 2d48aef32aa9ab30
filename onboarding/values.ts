/** The types of the config's values, with their error messages. */
import { z } from "zod";
import { longestComment } from "../guide/index.ts";
import type { OtherNames } from "./otherNames.ts";
import {
  domainPattern,
  domainProblem,
  emailAddressPattern,
  emailAddressProblem,
  normalizeDomain,
} from "./emailAddress.ts";
import { hiddenCharacter, hiddenNote } from "./hiddenCharacters.ts";
import { memberPattern, memberProblem, normalizeMember } from "./members.ts";
import { didYouMean } from "./nearNames.ts";
import { oneOf, show, showFull, trimInvisible } from "./problems.ts";

/**
 * The message for a value that has the wrong type or is missing.
 *
 * @param meant Suggests a valid value for an invalid one.
 */
function expected(what: string, write: string, meant: (input: unknown) => string | undefined = () => undefined) {
  return ({ input }: { readonly input?: unknown }) => {
    if (input === undefined) return `is missing; write ${write}`;
    if (input === null) return `has no value; write one, such as ${write}`;
    return `${show(input)} is not ${what}; write ${meant(input) ?? write}`;
  };
}

/** `a plan` → `plan`: the type's name in editors and in the reference. */
const titleOf = (what: string) => what.replace(/^(an?|the) /, "");

/**
 * A string that `problem` accepts. If YAML has parsed such a string as a number, the message advises to quote it. Other numbers
 * get the same message as the string.
 *
 * @param pattern For the JSON Schema. Never stricter than `problem`.
 */
export function text(what: string, example: string, problem: (value: string) => string | undefined, pattern?: RegExp) {
  // YAML has rounded a larger number, so the original is lost.
  const numberProblem = (input: number) =>
    Number.isSafeInteger(input)
      ? (problem(String(input)) ?? `${String(input)} is a number in YAML; quote it: "${String(input)}"`)
      : `${String(input)} is a number in YAML; write it in quotes, such as ${example}`;
  return z
    .string({
      error: (issue) => (typeof issue.input === "number" ? numberProblem(issue.input) : expected(what, example)(issue)),
    })
    .superRefine((value, context) => {
      const message = problem(value);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    })
    .meta({
      title: titleOf(what),
      ...(pattern && { pattern: pattern.source, patternErrorMessage: `not ${what}; write ${example}` }),
    });
}

/**
 * One of the names in the guide's data.
 *
 * @param others Other names for them.
 */
export function nameOf<const Names extends readonly [string, ...string[]]>(
  what: string,
  names: Names,
  others: OtherNames,
) {
  return z
    .enum(names, {
      error: ({ input }) => {
        if (input === undefined) return `is missing; write ${oneOf(names)}`;
        if (input === null) return `has no value; write ${oneOf(names)}`;
        const isName = typeof input === "string" || typeof input === "number";
        const near = isName ? didYouMean(String(input), names, others) : "";
        const note = typeof input === "string" ? hiddenNote(input) : "";
        return `${show(input)} ${note}is not ${what}${near}; write ${oneOf(names)}`;
      },
    })
    .meta({ title: titleOf(what) });
}

/** Text that is not blank and has no control characters except line breaks and tabs. */
export function words(what: string, example: string) {
  return text(what, show(example), (value) => wordsProblem(value, example), /\S/).meta({ title: "text" });
}

function wordsProblem(value: string, example: string): string | undefined {
  if (value.trim() === "") return `${show(value)} is blank; write ${show(example)}`;
  return /(?![\t\r\n])\p{Cc}/u.test(value)
    ? `${show(value)} has a control character; write a text without it, such as ${show(example)}`
    : undefined;
}

/** The same, on one line. */
export function line(what: string, example: string) {
  const problem = (value: string) =>
    wordsProblem(value, example) ??
    (/[\t\r\n]/.test(value)
      ? `${show(value)} is not one line; write ${showFull(value.trim().replace(/\s*[\t\r\n]\s*/g, " "))}`
      : undefined);
  return text(what, show(example), problem, /\S/).meta({ title: "text" });
}

export const comment = text("a comment", '"A note for the support team"', (value) => {
  if (value.trim() === "") return `${show(value)} is blank; write "A note for the support team"`;
  const { length } = [...value];
  return length > longestComment
    ? `has ${String(length)} characters; write ${String(longestComment)} at most, or several comments`
    : undefined;
});

const caseNamePattern = /^(projects|organizations)\/[^/\s]+\/cases\/[^/\s]+$/;

/** Source: https://cloud.google.com/support/docs/reference/rest/v2/cases#Case */
export const caseName = text(
  "the name of a case",
  '"projects/shop-dev/cases/43595344"',
  (value) =>
    caseNamePattern.test(value) && hiddenCharacter(value) === undefined
      ? undefined
      : `${show(value)} ${hiddenNote(value, hiddenCharacter(value))}is not the name of a case; write ${suggestCaseName(value) ?? 'one such as "projects/shop-dev/cases/43595344"'}`,
  caseNamePattern,
);

/** The project that the URL of a page in the console names. */
export function projectOfUrl(url: string): string | undefined {
  return /[?&]project=([^&#\s/]+)/.exec(url)?.[1];
}

/** The name of a case, from the URL of its page in the console or from its number. */
function suggestCaseName(value: string): string | undefined {
  const [, number] = /^(?:.*\/)?(\d{6,})(?:[?#].*)?$/.exec(value) ?? [];
  if (number === undefined || hiddenCharacter(value) !== undefined) return undefined;
  const project = projectOfUrl(value);
  return project === undefined
    ? `"projects/PROJECT_ID/cases/${number}", or "organizations/NUMBER/cases/${number}"`
    : `"projects/${project}/cases/${number}"`;
}

const trueWords = new Set(["true", "yes", "y", "on", "1", "oui", "vrai"]);
const falseWords = new Set(["false", "no", "n", "off", "0", "non", "faux"]);

/** A boolean. A string such as `"true"` is an error. */
export function flag() {
  return z.boolean({
    error: ({ input }) => {
      if (input === null) return "has no value; write true or false";
      const word = typeof input === "string" || typeof input === "number" ? String(input).trim().toLowerCase() : "";
      const meant = trueWords.has(word) ? "true" : falseWords.has(word) ? "false" : "true or false";
      return `${show(input)} is not true or false; write ${meant}, unquoted`;
    },
  });
}

export function listOf<Element extends z.ZodType>(element: Element, example: string) {
  const isElement = (value: unknown) => element.safeParse(value).success;
  return z.array(element, { error: expected("a list", example, (input) => suggestList(input, isElement)) });
}

/** The list that a value without brackets means: one element, several in one string, or the values or keys of a map. */
function suggestList(input: unknown, isElement: (value: unknown) => boolean): string | undefined {
  const isMap = typeof input === "object" && input !== null && !Array.isArray(input);
  const readings: readonly (readonly unknown[])[] = isMap
    ? [Object.values(input), Object.keys(input)]
    : [[input], typeof input === "string" ? input.split(/ *[,;] *| +|\n/) : []];
  const meant = readings.find((parts) => parts.length > 0 && parts.every(isElement));
  return meant && showFull(meant);
}

export const emailAddress = text(
  "an e-mail address",
  '"security@example.com"',
  emailAddressProblem,
  emailAddressPattern,
)
  .overwrite((value) => value.toLowerCase())
  .meta({ id: "emailAddress" });

export const member = text("a member", '"group:support@example.com"', memberProblem, memberPattern)
  .overwrite(normalizeMember)
  .meta({
    id: "member",
    description:
      "`user:`, `group:` or `serviceAccount:` and an e-mail address, or a `principal://` or `principalSet://`.",
  });

export const projectIdPattern = /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;

/** Source: https://cloud.google.com/resource-manager/docs/creating-managing-projects, "Before you begin" */
export function projectIdProblem(value: string): string | undefined {
  if (projectIdPattern.test(value)) return undefined;
  if (/^[0-9]+$/.test(value)) return `${show(value)} is a project number; write the project's ID, such as "shop-dev"`;
  const hidden = hiddenCharacter(value);
  if (hidden !== undefined) return `${show(value)} has ${hidden}; write a project's ID without it, such as "shop-dev"`;
  const [, prefix = "", rest = ""] = /^(projects\/)?(.*)$/s.exec(value) ?? [];
  const meant = projectIdPattern.test(rest.toLowerCase()) ? showFull(rest.toLowerCase()) : undefined;
  if (prefix !== "")
    return `${show(value)} is a resource name; write the project's ID alone${meant ? `: ${meant}` : ', such as "shop-dev"'}`;
  return `${show(value)} is not a project ID (6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last); write ${meant ?? 'one such as "shop-dev"'}`;
}

export const projectId = text("a project ID", '"shop-dev"', projectIdProblem, projectIdPattern);

export const resourceNumberPattern = /^[1-9][0-9]{0,24}$/;

/** The number of a folder or an organization, which is a string in the API. */
function resourceNumberProblem(collection: "folders" | "organizations", example: string, value: string) {
  const kind = collection.slice(0, -1);
  if (resourceNumberPattern.test(value)) return undefined;
  const [, prefix = "", rest = ""] = new RegExp(`^(${collection}/)?(.*)$`, "s").exec(trimInvisible(value)) ?? [];
  const meant = resourceNumberPattern.test(rest) ? showFull(rest) : undefined;
  if (prefix !== "")
    return `${show(value)} is a resource name; write the ${kind}'s number alone${meant ? `: ${meant}` : `, such as "${example}"`}`;
  return `${show(value)} is not the number of ${kind === "organization" ? "an organization" : "a folder"}; write ${meant ?? `one such as "${example}"`}`;
}

export const folderIdProblem = (value: string) => resourceNumberProblem("folders", "456789012345", value);

export const folderId = text("the number of a folder", '"456789012345"', folderIdProblem, resourceNumberPattern);

export const organizationId = text(
  "the number of an organization",
  '"123456789012"',
  (value) => resourceNumberProblem("organizations", "123456789012", value),
  resourceNumberPattern,
);

export const domain = text("a domain", '"example.com"', domainProblem, domainPattern).overwrite(normalizeDomain);

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

function isKnownLanguage(tag: string): boolean {
  try {
    const [canonical = ""] = Intl.getCanonicalLocales(tag);
    return languageNames.of(canonical) !== undefined;
  } catch {
    return false;
  }
}

/** A BCP-47 tag of a language that exists. Source: google.cloud.essentialcontacts.v1.Contact.language_tag */
export const language = text(
  "a language",
  '"en" or "fr"',
  (value) =>
    isKnownLanguage(value)
      ? undefined
      : `${show(value)} is not a language${suggestLanguage(value)}; write a BCP-47 tag such as "en", "fr" or "pt-BR"`,
  /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/,
).overwrite((value) => (isKnownLanguage(value) ? (Intl.getCanonicalLocales(value)[0] ?? value) : value));

/** A misspelled tag, or a language's name in English, in French or in the language itself. */
function suggestLanguage(value: string): string {
  const tag = trimInvisible(value)
    .replaceAll("_", "-")
    .replace(/\.utf-?8$/i, "");
  if (isKnownLanguage(tag)) return ` (did you mean ${Intl.getCanonicalLocales(tag)[0] ?? tag}?)`;
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const codes = [...letters].flatMap((one) => [...letters].map((other) => one + other)).filter(isKnownLanguage);
  const french = new Intl.DisplayNames("fr", { type: "language", fallback: "none" });
  const others = Object.fromEntries(
    // Skip deprecated codes, such as `iw` for `he`.
    codes
      .filter((code) => Intl.getCanonicalLocales(code)[0] === code)
      .map((code) => [code, [languageNames, french, ownNames(code)].flatMap((names) => names.of(code) ?? [])]),
  );
  return didYouMean(value, Object.keys(others), others);
}

const ownNames = (code: string) => new Intl.DisplayNames(code, { type: "language", fallback: "none" });

export const timeZone = text("a time zone", '"Europe/Paris"', (value) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    if (!/^[+-]/.test(value)) return undefined;
    return `${show(value)} is an offset, which ignores daylight saving time; write an IANA time zone such as "Europe/Paris"`;
  } catch {
    return `${show(value)} is not an IANA time zone${suggestTimeZone(value)}; write one such as "Europe/Paris"`;
  }
});

/** A time zone with a typo, or only its city. */
function suggestTimeZone(value: string): string {
  const zones = Intl.supportedValuesOf("timeZone");
  return didYouMean(value, zones, Object.fromEntries(zones.map((zone) => [zone, [zone.split("/").at(-1) ?? zone]])));
}

/**
 * A map of known keys. Any other key is an error (check.ts suggests the correct one).
 *
 * @param example A complete value in YAML: `{}` if all keys have a default.
 * @param meant Suggests a map for a value that is not one.
 */
export function mapOf<Shape extends z.ZodRawShape>(
  what: string,
  shape: Shape,
  example: string,
  meant: (input: unknown) => string | undefined = () => undefined,
) {
  const keys = `a map of ${oneOf(Object.keys(shape))}`;
  return z.strictObject(shape, {
    error: ({ input }) => {
      if (input === undefined) return `is missing; write ${example}`;
      if (input === null) return `has no value; write ${example}, or ${keys}`;
      const instead = meant(input);
      return `${show(input)} is not ${what}; write ${instead === undefined ? "" : `${instead}, or `}${keys}`;
    },
  });
}

/** A map whose keys the user chooses. For a list of keys, the message suggests a map. */
export function mapByName<Value extends z.ZodType>(
  what: string,
  example: string,
  value: Value,
  isKey: (key: unknown) => boolean,
) {
  const meant = (input: unknown) => {
    const keys: readonly unknown[] = Array.isArray(input) ? input : [input];
    return keys.length > 0 && keys.every(isKey)
      ? `{${keys.map((key) => `${showFull(key)}: {}`).join(", ")}}`
      : undefined;
  };
  return z.record(z.string(), value, {
    error: ({ input }) =>
      input === null
        ? `has no value; write {}, or ${example}`
        : `${show(input)} is not a map of ${what}; write ${meant(input) ?? example}`,
  });
}

export const isText = (problem: (text: string) => string | undefined) => (value: unknown) =>
  typeof value === "string" && problem(value) === undefined;

/** Suggests a map with one key for a valid value of that key. */
export const underKey = (isRight: (value: unknown) => boolean, key: string) => (input: unknown) =>
  isRight(input) ? `{${key}: ${showFull(input)}}` : undefined;

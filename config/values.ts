/** The single values of a config: what each must look like, and what to say of one that does not. */
import { z } from "zod";
import { emailAddressPattern, isEmailAddress } from "./emailAddress.ts";
import { memberPattern, memberProblem, normalizeMember } from "./members.ts";
import { didYouMean, oneOf, show, withoutBlanks } from "./problems.ts";

/** The message of a value that has the wrong type, or is missing. */
function expected(what: string, write: string) {
  return ({ input }: { readonly input?: unknown }) =>
    input === undefined ? `is missing; write ${write}` : `${show(input)} is not ${what}; write ${write}`;
}

/** `a plan` → `plan`: how editors and the reference name a value's type. */
const titleOf = (what: string) => what.replace(/^(an?|the) /, "");

/**
 * A text for which `problem` has nothing to say. A number that YAML made of such a text is told to be quoted; another one
 * is told what the same text is told.
 *
 * @param pattern What JSON Schema can tell an editor of it: never stricter than `problem`.
 */
function text(what: string, example: string, problem: (value: string) => string | undefined, pattern?: RegExp) {
  const numberProblem = (input: number) =>
    problem(String(input)) ?? `${String(input)} is a number in YAML; quote it: "${String(input)}"`;
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

/** One of the names of the guide's data. */
export function nameOf<const Names extends readonly [string, ...string[]]>(what: string, names: Names) {
  return z
    .enum(names, {
      error: ({ input }) => {
        if (input === undefined) return `is missing; write ${oneOf(names)}`;
        const near = typeof input === "string" ? didYouMean(input, names) : "";
        return `${show(input)} is not ${what}${near}; write ${oneOf(names)}`;
      },
    })
    .meta({ title: titleOf(what) });
}

/** Text that is not blank, and has no control character but line breaks and tabs. */
export function words(what: string, example: string) {
  return text(what, show(example), (value) => wordsProblem(value, example), /\S/).meta({ title: "text" });
}

function wordsProblem(value: string, example: string): string | undefined {
  if (value.trim() === "") return `${show(value)} is blank; write ${show(example)}`;
  return /(?![\t\r\n])\p{Cc}/u.test(value)
    ? `${show(value)} has a control character; write it without, such as ${show(example)}`
    : undefined;
}

/** The same on one line. */
export function line(what: string, example: string) {
  const problem = (value: string) =>
    wordsProblem(value, example) ??
    (/[\t\r\n]/.test(value) ? `${show(value)} is not one line; write one such as ${show(example)}` : undefined);
  return text(what, show(example), problem, /\S/).meta({ title: "text" });
}

/** The longest body of a comment, in characters. Source: google/cloud/support/v2/comment.proto */
const longestComment = 12_800;

export const comment = text("a comment", '"A note for the support team"', (value) => {
  if (value.trim() === "") return `${show(value)} is blank; write "A note for the support team"`;
  const { length } = [...value];
  return length > longestComment
    ? `has ${String(length)} characters; write ${String(longestComment)} at most, or several comments`
    : undefined;
});

/** Source: https://cloud.google.com/support/docs/reference/rest/v2/cases#Case */
export const caseName = text(
  "the name of a case",
  '"projects/shop-dev/cases/43595344"',
  (value) =>
    /^(projects|organizations)\/[^/\s]+\/cases\/[^/\s]+$/.test(value)
      ? undefined
      : `${show(value)} is not the name of a case; write one such as "projects/shop-dev/cases/43595344"`,
  /^(projects|organizations)\/[^/\s]+\/cases\/[^/\s]+$/,
);

/** True or false; a text that looks like either is not. */
export function flag() {
  return z.boolean({ error: ({ input }) => `${show(input)} is not true or false; write true or false, unquoted` });
}

/** A list; `null`, a text or a map is not one. */
export function listOf<Element extends z.ZodType>(element: Element, example: string) {
  return z.array(element, { error: expected("a list", example) });
}

export const emailAddress = text(
  "an e-mail address",
  '"security@example.com"',
  (value) => {
    if (isEmailAddress(value)) return undefined;
    const meant = withoutBlanks(value, isEmailAddress);
    return meant === undefined
      ? `${show(value)} is not an e-mail address; write one such as "security@example.com"`
      : `${show(value)} has a blank or an invisible character; write ${show(meant)}`;
  },
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
  if (value.startsWith("projects/"))
    return `${show(value)} is a resource name; write the project's ID alone: ${show(value.slice("projects/".length))}`;
  return `${show(value)} is not a project ID (6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last); write one such as "shop-dev"`;
}

export const projectId = text("a project ID", '"shop-dev"', projectIdProblem, projectIdPattern);

export const resourceNumberPattern = /^[1-9][0-9]{0,24}$/;

/** The number of a folder or an organization, which the API has as text. */
function resourceNumberProblem(collection: "folders" | "organizations", example: string, value: string) {
  const kind = collection.slice(0, -1);
  if (resourceNumberPattern.test(value)) return undefined;
  if (value.startsWith(`${collection}/`))
    return `${show(value)} is a resource name; write the ${kind}'s number alone: ${show(value.slice(collection.length + 1))}`;
  return `${show(value)} is not the number of ${kind === "organization" ? "an organization" : "a folder"}; write one such as "${example}"`;
}

export const folderIdProblem = (value: string) => resourceNumberProblem("folders", "456789012345", value);

export const folderId = text("the number of a folder", '"456789012345"', folderIdProblem, resourceNumberPattern);

export const organizationId = text(
  "the number of an organization",
  '"123456789012"',
  (value) => resourceNumberProblem("organizations", "123456789012", value),
  resourceNumberPattern,
);

const domainPattern = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

export const domain = text(
  "a domain",
  '"example.com"',
  (value) =>
    domainPattern.test(value)
      ? undefined
      : `${show(value)} is not a domain; write the organization's domain, such as "example.com"${/^[0-9]+$/.test(value) ? `, or its number under id: "${value}"` : ""}`,
  domainPattern,
).overwrite((value) => value.toLowerCase());

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
      : `${show(value)} is not a language; write a BCP-47 tag such as "en", "fr" or "pt-BR"`,
  /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/,
).overwrite((value) => (isKnownLanguage(value) ? (Intl.getCanonicalLocales(value)[0] ?? value) : value));

export const timeZone = text("a time zone", '"Europe/Paris"', (value) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    if (!/^[+-]/.test(value)) return undefined;
    return `${show(value)} is an offset, which no summer time changes; write an IANA time zone such as "Europe/Paris"`;
  } catch {
    return `${show(value)} is not an IANA time zone; write one such as "Europe/Paris"`;
  }
});

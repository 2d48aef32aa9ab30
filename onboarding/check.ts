/** The result of a check: the normalized config (or part of it) with its model, or all of its problems. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { notificationCategoryNames, roles } from "../guide/index.ts";
import { withoutCredentialsOf } from "../text/index.ts";
import { otherKeyNames } from "./otherNames.ts";
import { channel } from "./alertsSchema.ts";
import { contactKeyProblem } from "./contactKeys.ts";
import { isEmailAddress } from "./emailAddress.ts";
import { hiddenNote } from "./hiddenCharacters.ts";
import { didYouMean, nearName } from "./nearNames.ts";
import { ConfigError, formatPath, oneOf, show, showKey } from "./problems.ts";
import type { AsWritten, IsUnknown, Problem } from "./problems.ts";
import type { CustomerCareConfig } from "./schema.ts";
import { folderId, folderIdProblem, member, organizationId, projectId, projectIdProblem } from "./values.ts";

export type Checked<Config = CustomerCareConfig> =
  | { readonly config: Config; readonly problems: readonly [] }
  | { readonly config: undefined; readonly problems: readonly Problem[] };

/** Maps the keys of a map to the keys that error messages list. */
export type WrittenKeys = (keys: readonly string[]) => readonly string[];

/** The whole config, or a part of it that a component checks individually. */
export interface Part<Config> {
  readonly schema: z.ZodType<Config>;
  /** The same schema with all keys optional. */
  readonly partial: z.ZodType<Partial<Config>>;
  /** The problems that concern several values, and the model, if the part has one. */
  readonly crossCheck: (rest: Partial<Config>, written: AsWritten) => CrossCheckResult;
}

export interface CrossCheckResult {
  readonly problems: readonly Problem[];
  readonly model?: unknown;
}

/**
 * @param document The config as written.
 * @param isUnknown Whether the value at a path is an Output, which `document` does not contain.
 * @param writtenKeys Maps the keys of a map to the keys that error messages list.
 */
export function checkAs<Config>(
  part: Part<Config>,
  document: unknown,
  isUnknown: IsUnknown = () => false,
  writtenKeys: WrittenKeys = (keys) => keys,
): Checked<Config> {
  const parsed = part.schema.safeParse(document);
  const issues = parsed.error?.issues ?? [];
  const wrongPaths = issues.flatMap((issue) => pathsOf(part, issue));
  const wrong = new Set(wrongPaths.map(formatPath));
  const isAbsent = (path: readonly string[]) => isUnknown(path) || wrong.has(formatPath(path));
  const rest = parsed.success ? parsed.data : withoutProblems(part, document, issues);
  const crossChecked = part.crossCheck(rest, {
    isUnknown: isAbsent,
    isDoubtful: (path) => wrongPaths.some((one) => path.every((key, index) => String(one[index]) === key)),
    keysWritten: (path) => Object.keys(valueAt(document, path) ?? {}).filter((key) => key !== "__proto__"),
  });
  const problems = withoutRepeats([
    ...reservedKeys(document),
    ...issues.flatMap(withinUnion).flatMap((issue) => problemsOf(part, issue, document, writtenKeys)),
    ...crossChecked.problems,
  ]).map(({ message, path, ...rest }) => ({
    ...rest,
    path,
    message: withoutCredentials(message, path, valueAt(document, path)),
  }));
  if (!parsed.success || problems.length > 0) return { config: undefined, problems };
  if (crossChecked.model !== undefined) withModel(parsed.data as object, crossChecked.model);
  return { config: parsed.data, problems: [] };
}

/** The message about the value at a path, without the credentials that someone has written there by mistake. */
function withoutCredentials(message: string, path: readonly PropertyKey[], value: unknown): string {
  return withoutCredentialsOf([path, { [String(path.at(-1))]: value }], message);
}

/** A symbol, so that a copy of the config does not contain the model. */
const modelKey = Symbol("model");

interface AttachedModel {
  readonly model: unknown;
  readonly checkedArgs: unknown;
}

/** Attaches the model to the config or the args that it was parsed from. */
export function withModel<Args extends object>(args: Args, model: unknown): Args {
  const attached: AttachedModel = { model, checkedArgs: copyOf(args) };
  return Object.defineProperty(args, modelKey, { value: attached, configurable: true });
}

/** The attached model; undefined if there is none, or if the program has changed the args since. */
export function modelOf<Model>(args: object | null | undefined): Model | undefined {
  const attached = (args as { readonly [modelKey]?: AttachedModel } | null | undefined)?.[modelKey];
  return attached !== undefined && isDeepStrictEqual(args, attached.checkedArgs)
    ? (attached.model as Model)
    : undefined;
}

/** Copies lists and maps. Other values, such as Outputs, are shared. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  const isMap = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isMap ? Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copyOf(child)])) : value;
}

/** The paths of invalid values and misspelled keys, so that no other check reports them as missing. */
function pathsOf<Config>(part: Part<Config>, issue: z.core.$ZodIssue): PropertyKey[][] {
  if (issue.code !== "unrecognized_keys") return [issue.path];
  const known = keysAt(part, issue.path);
  return issue.keys.map((key) => [...issue.path, nearName(key, known, otherKeyNames) ?? key]);
}

/** The issues of the elements of a list, where a list is one of several types that are allowed. */
function withinUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  const options = issue.code === "invalid_union" ? issue.errors : [];
  const inside = options.find((issues) => issues.length > 0 && issues.every(({ path }) => path.length > 0));
  return inside?.map((one) => ({ ...one, path: [...issue.path, ...one.path] })) ?? [issue];
}

/** `__proto__` is special in JavaScript, and zod ignores it silently. */
function reservedKeys(value: unknown, path: readonly PropertyKey[] = []): Problem[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const childPath = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === "__proto__") return [{ path: childPath, message: `${show(key)} cannot be a key; write another name` }];
    return reservedKeys(child, childPath);
  });
}

function problemsOf<Config>(
  part: Part<Config>,
  issue: z.core.$ZodIssue,
  document: unknown,
  writtenKeys: WrittenKeys,
): Problem[] {
  const contacts = issue.path.indexOf("contacts");
  const contactPath = contacts < 0 ? [] : issue.path.slice(0, contacts + 2).map(String);
  const contactKey = contactPath[contacts + 1];
  // Values under an invalid key are not checked.
  if (contactKey !== undefined && !isContactKey(contactKey)) return [contactKeyProblem(contactPath)];
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: withOwnExample(issue, document) }];
  const known = writtenKeys(keysAt(part, issue.path));
  return issue.keys
    .filter((key) => key !== "__proto__")
    .map((key) => ({ path: [...issue.path, key], message: unknownKey(key, known) }));
}

/**
 * Adapts the example in a message to the config: a key that is not an ID needs one, and a test case needs an existing
 * project.
 */
function withOwnExample({ path, message }: z.core.$ZodIssue, document: unknown): string {
  const [collection, key] = path.map(String);
  const example =
    path.length === 1 && collection === "testCase"
      ? `{${subjectOf(document)}}`
      : path.length !== 2
        ? undefined
        : collection === "projects" && projectIdProblem(key ?? "") !== undefined
          ? '{projectId: "shop-dev"}'
          : collection === "folders" && folderIdProblem(key ?? "") !== undefined
            ? '{folderId: "456789012345"}'
            : undefined;
  return example === undefined ? message : message.replace(/^(has no value; write )\{[^}]*\}/, `$1${example}`);
}

/** The project or organization that an example test case names. */
function subjectOf(document: unknown): string {
  const { projects, organization } = (document ?? {}) as {
    readonly projects?: unknown;
    readonly organization?: unknown;
  };
  const [project] = typeof projects === "object" ? Object.keys(projects ?? {}).sort() : [];
  return project === undefined && organization !== undefined
    ? "organization: true"
    : `project: ${showKey(project ?? "shop-dev")}`;
}

function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const texts = problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
  return problems.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
}

function isContactKey(key: string): boolean {
  return (notificationCategoryNames as string[]).includes(key) || isEmailAddress(key);
}

/** The message for an unknown key. */
export function unknownKey(key: string, known: readonly string[]): string {
  if (key === "administrators")
    return `${roles.administrators.role} can be granted at the organization only; move the members to organization.administrators`;
  if (key === "notifyContacts")
    return "cannot be used with notify; remove one of the two (in TypeScript and in the config: write notify: contacts)";
  return `${show(key)} ${hiddenNote(key)}is not a key here${didYouMean(key, known, otherKeyNames)}; write ${oneOf(known)}`;
}

/** The keys of the map at a path of the schema. */
function keysAt<Config>(part: Part<Config>, path: readonly PropertyKey[]): string[] {
  let at: unknown = part.schema;
  for (const key of path) {
    at = unwrap(at);
    if (at instanceof z.ZodObject) at = (at.shape as Record<PropertyKey, unknown>)[key] ?? at.def.catchall;
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else if (at instanceof z.ZodArray) at = at.element;
  }
  const map = unwrap(at);
  return map instanceof z.ZodObject ? Object.keys(map.shape) : [];
}

function unwrap(type: unknown): unknown {
  return type instanceof z.ZodOptional ? type.unwrap() : type;
}

/** The document without its invalid values, so that the cross checks run on the rest. */
function withoutProblems<Config>(
  part: Part<Config>,
  document: unknown,
  issues: readonly z.core.$ZodIssue[],
): Partial<Config> {
  let rest = compact(document);
  for (let remaining = issues; ;) {
    for (const issue of remaining) {
      const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
      for (const path of paths) rest = without(rest, path);
    }
    rest = compact(rest);
    const parsed = part.partial.safeParse(rest);
    if (parsed.success) return parsed.data;
    // A map without a required value is invalid, so remove the map too.
    remaining = parsed.error.issues.map((issue) =>
      valueAt(rest, issue.path) === undefined ? { ...issue, path: issue.path.slice(0, -1) } : issue,
    );
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

/** Removes the value at a path, in place. A list keeps its indexes until `compact`. */
function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (value === null || typeof value !== "object") return value;
  const map = value as Record<PropertyKey, unknown>;
  if (rest.length > 0) map[key] = without(map[key], rest);
  else if (Array.isArray(value)) map[key] = undefined;
  else delete map[key];
  return value;
}

/** A copy without undefined values. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((element) => element !== undefined).map(compact);
  if (value === null || typeof value !== "object") return value ?? {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== undefined)
      .map(([key, child]) => [key, compact(child)]),
  );
}

const values = { organizationId, folderId, projectId, member, channel };

export type ValueKind = keyof typeof values;

/**
 * Checks one value of a config, for example once an Output is known.
 *
 * @returns The normalized value.
 * @throws ConfigError
 */
export function checkValue(namespace: string, path: readonly PropertyKey[], kind: ValueKind, value: unknown): string {
  const parsed = values[kind].safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    namespace,
    parsed.error.issues.map(({ message }) => ({ path, message: withoutCredentials(message, path, value) })),
  );
}

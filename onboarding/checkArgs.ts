/** Checks a component's args with the config's schema: plain values immediately, Outputs once they are known. */
import * as pulumi from "@pulumi/pulumi";
import { roleNames } from "../guide/index.ts";
import type { Level, RoleName } from "../guide/index.ts";
import { withoutCredentialsOf } from "../text/index.ts";
import type { CustomerCareArgs, OrganizationArgs, ProjectArgs, SupportEventsInput } from "./args.ts";
import { attachmentProblems } from "./attachments.ts";
import { modelOf, unknownKey, withModel } from "./check.ts";
import type { Checked, ValueKind, WrittenKeys } from "./check.ts";
import { checkedInput, isKnownLater } from "./laterValues.ts";
import { check, checkPart, onboardingOf, placeAt, sortedGrants } from "./onboarding.ts";
import type { Onboarding } from "./onboarding.ts";
import type { Place, ServiceHealthAlerts, TestCaseArgs } from "./places.ts";
import { ConfigError, messageOfErrors } from "./problems.ts";
import type { IsUnknown, Problem } from "./problems.ts";
import { channelPlaceholder, ofContacts, recipientsError, serviceHealthKeys } from "./alertsSchema.ts";
import { alertsOf } from "./alerts.ts";
import type { WrittenServiceHealth } from "./alerts.ts";
import { fleetKeys, testCaseKeys } from "./schema.ts";
import { gcpConfigError } from "./stackConfig.ts";
import { supportEventsModel } from "./supportEvents.ts";
import type { SupportEventsModel } from "./supportEvents.ts";

/** Set exactly one of the three. */
export interface ScopeArgs {
  /** The organization's number. */
  readonly organizationId?: pulumi.Input<string> | undefined;
  /** The folder's number. */
  readonly folderId?: pulumi.Input<string> | undefined;
  /** The project's ID. */
  readonly projectId?: pulumi.Input<string> | undefined;
}

/** The model of args, in which an ID or a member can be an Output. */
export type OnboardingOfArgs = Onboarding<pulumi.Input<string>>;

export type PlaceOfArgs = Place<pulumi.Input<string>>;

/** The key of a role's named members. Other languages have it in addition to the config's key. */
export type NamedMembersKey = (role: RoleName) => string;

/** A value that a config cannot contain: an Output, or a map of named members. */
interface ExtractedValue {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The part of the config that the args correspond to. */
interface Part {
  /** The path of the part in a config. Error messages omit it. */
  readonly path: readonly string[];
  readonly check: (document: unknown, isUnknown: IsUnknown, writtenKeys: WrittenKeys) => Checked<object>;
  /** The problems of the test case's attachments. */
  readonly files?: (document: unknown) => readonly Problem[];
  /** Problems with keys that the config has at this path but the component does not take. */
  readonly unknown?: readonly Problem[];
}

const whole: Part = { path: [], check, files: attachmentProblems };

/**
 * Checks the args of CustomerCare, unless they have a model from an earlier check.
 *
 * @returns The normalized args, and their model.
 * @param name The prefix of error messages: the component's name.
 * @throws RunError that names each problem
 */
export function onboardingOfArgs(
  name: string,
  args: CustomerCareArgs | undefined,
  namedMembersKey?: NamedMembersKey,
): { readonly args: CustomerCareArgs; readonly onboarding: OnboardingOfArgs } {
  const known = modelOf<OnboardingOfArgs>(args);
  if (args !== undefined && known !== undefined) return { args, onboarding: known };
  const checked = checkedAs(whole, name, args, namedMembersKey) as CustomerCareArgs;
  const onboarding = onboardingOf<pulumi.Input<string>>(checked);
  return { args: withModel(checked, onboarding), onboarding };
}

/**
 * Checks the args of a component for a single place, with the same schema.
 *
 * @param keys The keys of the level that the component takes.
 */
export function placeOfArgs(
  name: string,
  level: Level,
  args: object,
  keys: readonly (keyof (ProjectArgs & OrganizationArgs))[],
  namedMembersKey?: NamedMembersKey,
): PlaceOfArgs {
  const { taken, unknown } = splitArgs(args, [...keys, "acknowledge"], namedMembersKey);
  const path = level === "organization" ? ["organization"] : [`${level}s`, ""];
  const part: Part = { path, check: (...rest) => checkPart(level, ...rest), unknown };
  const config = checkedAs(part, name, taken, namedMembersKey);
  const place = modelOf<PlaceOfArgs>(config) ?? placeAt<pulumi.Input<string>>(level, [], config);
  return { ...place, grants: sortedGrants(place.grants) };
}

/** Checks the args of the alerts of one project, with the same schema. */
export function serviceHealthOfArgs(name: string, args: object): ServiceHealthAlerts<pulumi.Input<string>> {
  const { taken, unknown } = splitArgs(args, [...serviceHealthKeys, "acknowledge"]);
  const inProject = ["alerts", "serviceHealth"];
  const part: Part = {
    path: ["projects", "", ...inProject],
    check: (document, isUnknown, ...rest) => {
      const { acknowledge = {}, ...serviceHealth } = document as { readonly acknowledge?: unknown };
      const isUnknownInProject: IsUnknown = (path) => isUnknown(path.slice(inProject.length));
      const checked = checkPart("project", { alerts: { serviceHealth }, acknowledge }, isUnknownInProject, ...rest);
      if (checked.config !== undefined)
        return { config: (checked.config as AlertsDocument).alerts.serviceHealth, problems: [] };
      const { notify } = serviceHealth as { readonly notify?: unknown };
      const problems = checked.problems.map(({ path, message, ...one }) => {
        const [key, index, ...below] = path[0] === inProject[0] ? path.slice(inProject.length) : path;
        const written = index === undefined ? notify : (notify as readonly unknown[] | undefined)?.[Number(index)];
        const isOwn = key === "notify" && (index === undefined || written === ofContacts);
        const own = isOwn ? recipientsError(written) : undefined;
        return { ...one, message: own ?? message, path: [key, index, ...below].filter((part) => part !== undefined) };
      });
      return { config: undefined, problems };
    },
    unknown,
  };
  return alertsOf<pulumi.Input<string>>(checkedAs(part, name, taken) as WrittenServiceHealth<pulumi.Input<string>>, []);
}

interface AlertsDocument {
  readonly alerts: { readonly serviceHealth: object };
}

/** Checks the args of a test case, with the same schema. */
export function testCaseOfArgs(name: string, args: object, namedMembersKey?: NamedMembersKey): TestCaseArgs {
  const { taken, unknown } = splitArgs(args, [...testCaseKeys, "acknowledge"], namedMembersKey);
  const part: Part = {
    path: ["testCase"],
    check: (...rest) => checkPart("testCase", ...rest),
    files: (document) => attachmentProblems({ testCase: document }),
    unknown,
  };
  return checkedAs(part, name, taken, namedMembersKey);
}

/** Checks the args of support events, with the same schema. */
export function supportEventsOfArgs(name: string, args: object): SupportEventsModel<pulumi.Input<string>> {
  const { taken, unknown } = splitArgs(args, ["project", "topic", "acknowledge"]);
  const part: Part = {
    path: supportEventsPath,
    check: (...rest) => checkPart("supportEvents", ...rest),
    unknown,
  };
  return supportEventsModel(checkedAs(part, name, taken) as SupportEventsInput);
}

function checkedAs(
  { path: partPath, check: checkDocument, files = () => [], unknown = [] }: Part,
  name: string,
  args: object | undefined,
  namedMembersKey: NamedMembersKey = (role) => role,
): object {
  const extracted: ExtractedValue[] = [];
  const rejected: Problem[] = [];
  const extraction: Extraction = { extracted, rejected, namedMembersKey };
  // A program without types can pass undefined. The check then reports the required keys.
  const document = extractOutputs(args ?? {}, partPath, extraction);
  const below = (path: readonly PropertyKey[]) => [...partPath, ...path];
  const isMissing = (path: readonly string[]) =>
    extracted.some((one) => isSamePath(one.path, below(path))) ||
    rejected.some((problem) => isSamePath(problem.path, below(path)));
  const { config, problems } = checkDocument(document, isMissing, (keys) => writtenKeys(keys, namedMembersKey));
  const named = problems.map((one) => {
    const members = extracted.find(({ path, value }) => isMap(value) && isSamePath(path, below(one.path.slice(0, -1))));
    const message = withoutCredentialsOf(members?.value, one.message);
    return { ...one, message, path: withMemberKey(below(one.path), extracted) };
  });
  // Rejected values were removed from the document, so ignore that they are missing.
  const written = named.filter(({ path }) => !rejected.some((problem) => isSamePath(problem.path, path)));
  const further = files(document).filter(({ path }) => !named.some((problem) => isSamePath(problem.path, path)));
  const reported = [...rejected, ...written, ...further, ...duplicateNames(document, extracted)].map((one) => ({
    ...one,
    path: one.path.slice(partPath.length),
  }));
  const errors = [new ConfigError(name, [...unknown, ...reported]), gcpConfigError()];
  const message = messageOfErrors(errors);
  if (config === undefined || message !== "") throw new pulumi.RunError(message);
  for (const { path, value } of extracted) {
    const own = path.slice(partPath.length);
    setAt(config, own, restoreOutputs(name, own, value));
  }
  return config;
}

/** The keys of a config map, as the args name them. */
function writtenKeys(keys: readonly string[], namedMembersKey: NamedMembersKey): string[] {
  return keys
    .filter((key) => !fleetKeys.includes(key))
    .flatMap((key) => {
      const role = roleNames.find((name) => name === key);
      return role === undefined ? [key] : [...new Set([key, namedMembersKey(role)])];
    });
}

/** Splits args into the keys that a component takes and problems for the others. */
function splitArgs(args: object, keys: readonly string[], namedMembersKey: NamedMembersKey = (role) => role) {
  const entries = Object.entries(withoutUndefined(args));
  return {
    taken: Object.fromEntries(entries.filter(([key]) => keys.includes(key))),
    unknown: entries
      .filter(([key]) => !keys.includes(key))
      .map(([key]): Problem => ({ path: [key], message: unknownKey(key, writtenKeys(keys, namedMembersKey)) })),
  };
}

/** Checks the ID of a place: immediately, or once an Output is known. */
export function checkedId(
  name: string,
  kind: "organizationId" | "folderId" | "projectId",
  id: pulumi.Input<string>,
): pulumi.Input<string> {
  return checkedInput(name, [kind], kind, id);
}

/** The args without undefined values, so that defaults apply. */
export function withoutUndefined<Args extends object>(args: Args | undefined): Args {
  return Object.fromEntries(Object.entries(args ?? {}).filter(([, value]) => value !== undefined)) as Args;
}

/** The role whose members are at or below a path. */
function roleAt([collection, ...rest]: readonly PropertyKey[]): RoleName | undefined {
  const key = collection === "organization" ? rest[0] : rest[1];
  return roleNames.find((name) => name === key);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Whether the value is an instance of a class, such as a resource or a Set. */
function isOfClass(value: unknown): value is object {
  if (!isMap(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}

/** The values that `extractOutputs` removes from args. */
interface Extraction {
  readonly extracted: ExtractedValue[];
  /** Values that are not allowed at their path. */
  readonly rejected: Problem[];
  readonly namedMembersKey: NamedMembersKey;
}

/** A copy of args as a config: without Outputs, and with named members as a list of the known ones. */
function extractOutputs(
  value: unknown,
  path: readonly PropertyKey[],
  extraction: Extraction,
  ancestors: readonly unknown[] = [],
): unknown {
  const { extracted, rejected, namedMembersKey } = extraction;
  if (ancestors.includes(value) && typeof value === "object" && value !== null) {
    rejected.push({ path, message: "contains itself; write only strings, lists and maps" });
    return undefined;
  }
  const within = [...ancestors, value];
  if (isKnownLater(value)) {
    if (mayBeKnownLater(path)) extracted.push({ path: path.map(String), value });
    else if (isRecipient(path)) {
      extracted.push({ path: path.map(String), value });
      // The list keeps its indexes.
      return channelPlaceholder(Number(path.at(-1)));
    } else rejected.push({ path, message: outputProblem(path, namedMembersKey) });
    return isProjectOfEvents(path) ? placeholder : undefined;
  }
  if (isOfClass(value)) {
    rejected.push({ path, message: objectProblem(path, value) });
    return undefined;
  }
  if (Array.isArray(value))
    return value.map((element, index) => extractOutputs(element, [...path, index], extraction, within));
  if (!isMap(value)) return value;
  const role = roleAt(path);
  if (role !== undefined && role === path.at(-1)) {
    extracted.push({ path: path.map(String), value });
    return Object.entries(value).flatMap(([name, member]) => {
      if (isKnownLater(member)) return [];
      // Keep invalid members in the list: error messages find their names by index.
      return [extractOutputs(member, [...path, name], extraction, within)];
    });
  }
  const children = Object.entries(value).map(
    ([key, child]) => [key, extractOutputs(child, [...path, key], extraction, within)] as const,
  );
  return Object.fromEntries(children.filter(([, child]) => child !== undefined));
}

/** Whether the path is that of an ID, which can be an Output. Named members are extracted with their role. */
function mayBeKnownLater(path: readonly PropertyKey[]): boolean {
  const [collection, second, third] = path;
  if (isProjectOfEvents(path)) return true;
  if (path.length === 2) return collection === "organization" && second === "id";
  return (
    path.length === 3 &&
    ((collection === "folders" && third === "folderId") || (collection === "projects" && third === "projectId"))
  );
}

/** Whether the path is an element of the list of who is notified of a project's incidents. */
function isRecipient([collection, , alerts, , key, index]: readonly PropertyKey[]): boolean {
  return collection === "projects" && alerts === "alerts" && key === "notify" && typeof index === "number";
}

const supportEventsPath = ["organization", "supportEvents"];

const isProjectOfEvents = (path: readonly PropertyKey[]) => isSamePath(path, [...supportEventsPath, "project"]);

/** Represents an Output under a required key. */
const placeholder = "known-later";

/** Problems for keys of Outputs that are equal to another ID or member: both would have the same name in the state. */
function duplicateNames(document: unknown, extracted: readonly ExtractedValue[]): Problem[] {
  return extracted.flatMap(({ path, value }): Problem[] => {
    const [collection = "", key = "", idKey = ""] = path;
    if (isMap(value) && !isKnownLater(value)) {
      const known = Object.values(value).filter((member) => typeof member === "string");
      return Object.entries(value).flatMap(([name, member]) =>
        isKnownLater(member) && known.some((one) => one.toLowerCase() === name.toLowerCase())
          ? [{ path: [...path, name], message: "is both the key of an Output and a member; write another key" }]
          : [],
      );
    }
    if (path.length !== 3 || isProjectOfEvents(path) || !isMap(document)) return [];
    const levels = (document[collection] ?? {}) as Record<string, Record<string, unknown>>;
    const [other] = Object.entries(levels).find(([, level]) => level[idKey] === key) ?? [];
    return other === undefined
      ? []
      : [
          {
            path: [collection, key],
            message: `is also the ${idKey} of ${collection}.${other}; write another key, because its own ${idKey} is an Output`,
          },
        ];
  });
}

function outputProblem(path: readonly PropertyKey[], namedMembersKey: NamedMembersKey): string {
  const role = roleAt(path);
  if (path.at(-2) === "notify") return "is under a key; write a list, such as [channel.name]";
  return role === undefined
    ? "is an Output or a Promise; write a plain value: only projectId, folderId, the organization's id, the project of supportEvents, named members and notification channels can be Outputs"
    : `is an Output or a Promise, which needs a name in the state; write it under a key, such as ${namedMembersKey(role)}: { supportBot: … }`;
}

function objectProblem(path: readonly PropertyKey[], value: object): string {
  const key = String(path.at(-1) ?? "");
  if (!pulumi.Resource.isInstance(value))
    return `is an object of the class ${value.constructor.name}; write only strings, lists and maps`;
  const property =
    path.at(-2) === "notify"
      ? "name"
      : { id: "orgId", folderId: "folderId", projectId: "projectId", project: "projectId" }[key];
  return `is a resource; write ${property === undefined ? "one of its properties" : `its ${property}`}`;
}

function restoreOutputs(name: string, path: readonly string[], value: unknown): unknown {
  if (isMap(value) && !isKnownLater(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, checkedInput(name, [...path, key], "member", member)]),
    );
  if (path.at(-2) === "notify")
    return checkedInput(name, [...path.slice(0, -1), Number(path.at(-1))], "channel", value);
  return checkedInput(name, path, kindOf(path.at(-1)), value);
}

function kindOf(key: string | undefined): ValueKind {
  if (key === "id") return "organizationId";
  return key === "project" ? "projectId" : (key as ValueKind);
}

function setAt(config: unknown, path: readonly string[], value: unknown): void {
  const last = path.at(-1) ?? "";
  let at = config as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[last] = value;
}

/** Replaces the index in a problem's path by the member's key: named members are checked as a list of the known ones. */
function withMemberKey(path: readonly PropertyKey[], extracted: readonly ExtractedValue[]): readonly PropertyKey[] {
  const members = extracted.find((one) => isMap(one.value) && isSamePath(one.path, path.slice(0, one.path.length)));
  const index = members === undefined ? undefined : path[members.path.length];
  if (members === undefined || typeof index !== "number") return path;
  const known = Object.entries(members.value as object).filter(([, member]) => !isKnownLater(member));
  return [...members.path, known[index]?.[0] ?? index, ...path.slice(members.path.length + 1)];
}

function isSamePath(one: readonly PropertyKey[], other: readonly PropertyKey[]): boolean {
  return one.length === other.length && one.every((key, index) => String(key) === String(other[index]));
}

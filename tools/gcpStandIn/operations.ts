import { formatDuration, second } from "./clock.ts";
import { detailedDiff } from "./detailedDiff.ts";
import type { DetailedDiff } from "./detailedDiff.ts";
import { InitError, StateError } from "./errors.ts";
import { importedInputs, refreshedInputs } from "./extractInputs.ts";
import { messageOf } from "./googleApiError.ts";
import { metaOf, readMeta, readTimeouts, writeOutputs, readValues } from "./outputs.ts";
import { plan } from "./plan.ts";
import type { Plan } from "./plan.ts";
import type { Provider } from "./provider.ts";
import type { ResourceType, State, Timeouts } from "./resourceType.ts";
import type { Fields } from "./schema.ts";
import { serviceTimeouts } from "./serviceUsage.ts";
import { isProperties, same, withoutUnknowns } from "./values.ts";
import type { Properties, Value } from "./values.ts";

/** The resource of an operation. */
export interface Subject {
  urn: string;
  type: ResourceType;
}

/** What an update and a diff start from. */
export interface Change {
  id: string;
  olds: Properties;
  news: Properties;
  ignoreChanges: string[];
}

/** The options of an operation. */
export interface OperationOptions {
  preview: boolean;
  /** The program's timeout for this operation, in seconds; 0 for none. */
  timeout: number;
  warn: (message: string) => void;
}

/** The result of a diff for the engine. */
export interface Difference {
  changes: boolean;
  replaces: string[];
  diffs: string[];
  stables: string[];
  deleteBeforeReplace: boolean;
  detailedDiff: DetailedDiff;
}

/** The differences between a resource and a program's inputs. */
export function diff(provider: Provider, { urn, type }: Subject, change: Change): Difference {
  const { prior, planned } = planOf(provider, { urn, type }, change);
  const changes = detailedDiff(type.fields, prior ?? {}, planned);
  const top = (path: string): string => path.split(/[.[]/, 1)[0] ?? path;
  const replaces = [...changes].filter(([, kind]) => kind.endsWith("_REPLACE")).map(([path]) => top(path));
  const stables = Object.entries(type.fields)
    .filter(([name, field]) => field.forceNew && !replaces.includes(name))
    .map(([name]) => name);
  return {
    changes: changes.size > 0,
    replaces: replaces.sort(),
    diffs: [...new Set([...changes.keys()].map(top))].sort(),
    stables: stables.sort(),
    deleteBeforeReplace: replaces.length > 0 && type.deleteBeforeReplace === true,
    detailedDiff: changes,
  };
}

/** Creates a resource, or plans to. */
export async function create(
  provider: Provider,
  subject: Subject,
  inputs: Properties,
  options: OperationOptions,
): Promise<{ id: string; properties: Properties }> {
  const { urn, type } = subject;
  const { planned, originals } = planOf(provider, subject, { id: "", olds: {}, news: inputs, ignoreChanges: [] });
  const timeouts = withTimeout(type, "create", options);
  if (options.preview) {
    const meta = metaOf(type.timeouts && timeouts, { _new_extra_shim: originals });
    return { id: "", properties: writeOutputs(type.fields, planned, meta) };
  }
  const meta = metaOf(type.timeouts && timeouts, versionOf(type));
  const made = await type.create(provider, withoutUnknowns(planned), timeouts).catch((error: unknown) => {
    throw error instanceof StateError ? initError(subject, "creating", error, error.state, meta) : asList(error);
  });
  const nothing = `expected non-nil error with nil state during Create of ${urn}`;
  if (!made) throw new Error(nothing);
  const state: State = { id: made.id, values: { ...withEmptyTexts(type.fields, made.values), id: made.id } };
  const read = await finish(provider, subject, state, timeouts, meta, made.isRead === true, "creating");
  if (!read) throw new Error(nothing);
  return { id: read.id, properties: writeOutputs(type.fields, read.values, meta) };
}

/** Updates a resource, or plans to. */
export async function update(
  provider: Provider,
  subject: Subject,
  change: Change,
  options: OperationOptions,
): Promise<Properties> {
  const { urn, type } = subject;
  const { id } = change;
  const { planned, prior = {}, replaces, proposes, originals } = planOf(provider, subject, change);
  if (replaces) {
    throw new Error(
      "internal: expected diff to not require deletion or replacement during Update of " +
        `${urn}. Found delete=false, replace=true. This indicates a bug in provider.`,
    );
  }
  const timeouts = withTimeout(type, "update", options);
  if (options.preview) {
    const meta = proposes ? metaOf(type.timeouts && timeouts, { _new_extra_shim: originals }) : {};
    return writeOutputs(type.fields, planned, meta);
  }
  const meta = metaOf(type.timeouts && timeouts, versionOf(type));
  const state: State = { id, values: withEmptied(type.fields, prior, withoutUnknowns(planned)) };
  const updated = await type
    .update?.(provider, { id, values: prior }, state.values, timeouts)
    .catch((error: unknown) => {
      throw initError(subject, "updating", error, error instanceof StateError ? error.state : state, meta);
    });
  const read = await finish(provider, subject, state, timeouts, meta, updated?.isRead === true, "updating");
  if (!read) {
    throw new Error(
      `Resource provider reported that the resource did not exist while updating ${urn}.\n\n` +
        "This is usually a result of the resource having been deleted outside of Pulumi, and can often be " +
        "fixed by running `pulumi refresh` before updating.",
    );
  }
  return writeOutputs(type.fields, read.values, meta);
}

/** The current state of a resource and its inputs; undefined if it does not exist. */
export async function read(
  provider: Provider,
  { urn, type }: Subject,
  id: string,
  outputs: Properties,
  inputs: Properties,
): Promise<{ id: string; properties: Properties; inputs: Properties } | undefined> {
  const isRefresh = Object.keys(outputs).length > 0;
  const start = isRefresh ? { id, values: readValues(outputs) } : await importState(provider, type, id);
  if (!start) return undefined;
  const meta = isRefresh ? readMeta(outputs) : metaOf(type.timeouts, versionOf(type, "0"));
  const timeouts = readTimeouts(meta, type.timeouts ?? serviceTimeouts);
  const found = await type.read(provider, start, timeouts).catch((error: unknown) => {
    throw wrapList(`refreshing ${urn}`, error);
  });
  if (!found) return undefined;
  const properties = writeOutputs(type.fields, { ...found.values, id: found.id }, meta);
  const now = isRefresh ? refreshedInputs(inputs, properties) : importedInputs(type.fields, properties);
  return { id: found.id, properties, inputs: now };
}

/** Deletes a resource. */
export async function remove(
  provider: Provider,
  { urn, type }: Subject,
  id: string,
  outputs: Properties,
  options: OperationOptions,
): Promise<void> {
  const timeouts = withTimeout(
    type,
    "delete",
    options,
    readTimeouts(readMeta(outputs), type.timeouts ?? serviceTimeouts),
  );
  await type.delete(provider, { id, values: readValues(outputs) }, timeouts).catch((error: unknown) => {
    throw wrapList(`deleting ${urn}`, error);
  });
}

/** An error in the bridge's format, a list with one error. */
export function asList(error: unknown): Error {
  return new Error(`1 error occurred:\n\t* ${messageOf(error)}\n\n`, { cause: error });
}

/** The same with the operation as a prefix. */
export function wrapList(doing: string, error: unknown): Error {
  const list = asList(error);
  return new Error(`${doing}: ${list.message}`, { cause: error });
}

function planOf(provider: Provider, { urn, type }: Subject, { id, olds, news, ignoreChanges }: Change): Plan {
  const prior = id === "" ? undefined : readValues(olds);
  const { decide } = type;
  try {
    return plan({
      fields: type.fields,
      prior,
      inputs: news,
      ignoreChanges,
      ...(decide ? { decide: (planned) => decide(provider, news, planned) } : {}),
    });
  } catch (error) {
    throw wrapList(`diffing ${urn}`, error);
  }
}

/** Reads a created or updated resource. If that fails, the resource is only partially initialized. */
async function finish(
  provider: Provider,
  subject: Subject,
  state: State,
  timeouts: Timeouts,
  meta: Properties,
  isRead: boolean,
  doing: string,
): Promise<State | undefined> {
  if (isRead) return state;
  try {
    const found = await subject.type.read(provider, state, timeouts);
    return found && { ...found, values: withoutEmpties(subject.type.fields, state.values, found.values) };
  } catch (error) {
    throw initError(subject, doing, error, state, meta);
  }
}

function versionOf({ schemaVersion }: ResourceType, otherwise?: string): Properties {
  const version = schemaVersion ?? otherwise;
  return version === undefined ? {} : { schema_version: version };
}

function initError({ urn, type }: Subject, doing: string, error: unknown, state: State, meta: Properties): InitError {
  const { message } = wrapList(`${doing} ${urn}`, error);
  return new InitError(message, state.id, writeOutputs(type.fields, state.values, meta));
}

/** An import finds nothing if the resource does not exist, or if its ID is invalid. */
async function importState(provider: Provider, type: ResourceType, id: string): Promise<State | undefined> {
  try {
    return await type.import(provider, id);
  } catch {
    return undefined;
  }
}

function withTimeout(
  type: ResourceType,
  operation: "create" | "update" | "delete",
  { timeout, warn }: OperationOptions,
  timeouts: Timeouts = type.timeouts ?? serviceTimeouts,
): Timeouts {
  if (timeout === 0) return timeouts;
  if (type.timeouts) return { ...timeouts, [operation]: timeout * second };
  if (operation !== "delete") {
    const ignored = `${operation}=${formatDuration(timeout * second)}`;
    warn(`Resource does not support customTimeouts, ignoring: ${ignored}`);
  }
  return timeouts;
}

/** Terraform's SDK keeps removed strings as empty ones. */
function withEmptied(fields: Fields, prior: Properties, planned: Properties): Properties {
  const emptied = Object.entries(fields).filter(
    ([name, { type }]) => type === "string" && (prior[name] ?? null) !== null && (planned[name] ?? null) === null,
  );
  return { ...planned, ...Object.fromEntries(emptied.map(([name]) => [name, ""])) };
}

/** Terraform's SDK writes missing strings of blocks as empty ones. */
function withEmptyTexts(fields: Fields, values: Properties): Properties {
  const entries = Object.entries(values).map(([name, value]): [string, Value] => {
    const inner = fields[name]?.fields;
    if (inner === undefined) return [name, value];
    if (Array.isArray(value)) return [name, value.map((item) => (isProperties(item) ? filled(inner, item) : item))];
    return [name, isProperties(value) ? filled(inner, value) : value];
  });
  return Object.fromEntries(entries);
}

function filled(fields: Fields, values: Properties): Properties {
  const texts = Object.entries(fields).filter(
    ([name, { type }]) => type === "string" && (values[name] ?? null) === null,
  );
  return { ...withEmptyTexts(fields, values), ...Object.fromEntries(texts.map(([name]) => [name, ""])) };
}

/** An empty map or list that is not in the inputs is absent until a refresh. */
function withoutEmpties(fields: Fields, planned: Properties, found: Properties): Properties {
  const entries = Object.entries(found).map(([name, value]): [string, Value] => {
    const field = fields[name];
    const before = planned[name] ?? null;
    if (field === undefined || field.computed) return [name, value];
    if ((field.type === "map" || field.type === "strings") && before === null && isEmpty(value)) return [name, null];
    return [name, withoutEmptiesIn(field.fields, before, value)];
  });
  return Object.fromEntries(entries);
}

function withoutEmptiesIn(fields: Fields | undefined, planned: Value, found: Value): Value {
  if (fields === undefined) return found;
  if (Array.isArray(found) && Array.isArray(planned))
    return found.map((item, index) => withoutEmptiesIn(fields, planned[index] ?? null, item));
  return isProperties(found) && isProperties(planned) ? withoutEmpties(fields, planned, found) : found;
}

function isEmpty(value: Value): boolean {
  return same(value, {}) || same(value, []);
}

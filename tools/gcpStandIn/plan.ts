import { hasUnknown, isProperties, same, unknownValue } from "./values.ts";

import type { Field, Fields } from "./schema.ts";
import type { Properties, Value } from "./values.ts";

/** The placeholder of Terraform's SDK for an unknown string. */
const unknownOriginal = "74D93920-ED26-11E3-AC10-0800200C9A66";

/** The planned state of a resource. */
export interface Plan {
  /** The state before; undefined for a new resource. */
  prior: Properties | undefined;
  /** The state after, with `unknownValue` for values that the API decides. */
  planned: Properties;
  /** Whether the resource must be replaced. */
  replaces: boolean;
  /** Whether the inputs differ from the state, even if only a missing flag becomes false. */
  proposes: boolean;
  /** The inputs of changed fields that differ from the state, by Terraform's names. */
  originals: Properties;
}

/** The inputs of a plan. */
export interface PlanRequest {
  fields: Fields;
  prior: Properties | undefined;
  inputs: Properties;
  /** The properties whose changes the program ignores. */
  ignoreChanges?: string[];
  /** Values that the resource type sets instead of the inputs. */
  decide?: (planned: Properties) => Properties;
}

/**
 * Plans like Terraform's SDK: comparisons treat a missing string as empty and a missing flag as false, a computed field without
 * an input keeps its value, and if nothing differs, the state does not change at all.
 */
export function plan(request: PlanRequest): Plan {
  const { fields, prior, inputs, ignoreChanges = [], decide } = request;
  const before = prior ?? {};
  const { values, changed, replaces, originals } = planFields(
    fields,
    before,
    inputs,
    prior === undefined,
    ignoreChanges,
    "",
  );
  const decided = decide?.(values) ?? {};
  for (const [name, value] of Object.entries(decided)) {
    if (same(before[name] ?? null, value) || ignoreChanges.includes(name)) continue;
    values[name] = value;
    changed.add(name);
  }
  if (prior === undefined)
    return { prior, planned: { ...values, id: unknownValue }, replaces: false, proposes: true, originals };
  const proposes = Object.entries(fields).some(
    ([name, field]) => field.type === "boolean" && inputs[name] === false && (before[name] ?? null) === null,
  );
  if (changed.size === 0)
    return { prior, planned: { ...withNulls(fields), ...prior }, replaces: false, proposes, originals };
  return { prior, planned: { ...values, id: before["id"] ?? null }, replaces, proposes: true, originals };
}

interface FieldPlans {
  values: Properties;
  changed: Set<string>;
  replaces: boolean;
  originals: Properties;
}

function planFields(
  fields: Fields,
  prior: Properties,
  inputs: Properties,
  isNew: boolean,
  ignored: string[],
  path: string,
): FieldPlans {
  const plans: FieldPlans = { values: {}, changed: new Set(), replaces: false, originals: {} };
  for (const [name, field] of Object.entries(fields)) {
    const before = prior[name] ?? null;
    const given = givenValue(field, inputs[name] ?? null);
    if (ignored.includes(path + name)) {
      plans.values[name] = before;
      continue;
    }
    const inner = planBlocks(field, before, given, { isNew, ignored, path: path + name });
    if (inner !== undefined) {
      plans.values[name] = inner.value;
      if (!inner.changed) continue;
      plans.changed.add(name);
      plans.replaces ||= inner.replaces || field.forceNew === true;
      continue;
    }
    const differs = changes(field, before, given, isNew);
    if (differs) {
      plans.changed.add(name);
      plans.replaces ||= field.forceNew === true;
      if (field.normalize && given !== null) {
        plans.originals[field.attribute] = given === unknownValue ? unknownOriginal : (inputs[name] ?? null);
      }
    }
    plans.values[name] = plannedValue(field, before, given, { differs, isNew, isNested: path !== "" });
  }
  return plans;
}

interface PlanPlace {
  isNew: boolean;
  ignored: string[];
  path: string;
}

interface BlocksPlan {
  value: Value;
  changed: boolean;
  replaces: boolean;
}

/** The plan of a block, or of a list of them; undefined if the inputs have none whose content is known. */
function planBlocks(field: Field, before: Value, given: Value, place: PlanPlace): BlocksPlan | undefined {
  if (field.type === "block" && isProperties(given)) return planBlock(field, before, given, place);
  if (field.type !== "blocks" || !Array.isArray(given) || !given.every(isProperties)) return undefined;
  const olds = Array.isArray(before) ? before : [];
  const plans = given.map((item, index) =>
    planBlock(field, olds[index] ?? null, item, { ...place, path: `${place.path}[${index}]` }),
  );
  return {
    value: plans.map(({ value }) => value),
    changed: olds.length !== given.length || plans.some(({ changed }) => changed),
    replaces: plans.some(({ replaces }) => replaces),
  };
}

/** The computed values of a new block are unknown only in a new resource. */
function planBlock(field: Field, before: Value, given: Properties, { isNew, ignored, path }: PlanPlace): BlocksPlan {
  const prior = isProperties(before) ? before : {};
  const inner = planFields(field.fields ?? {}, prior, given, isNew, ignored, `${path}.`);
  return { value: inner.values, changed: prior !== before || inner.changed.size > 0, replaces: inner.replaces };
}

/** For a computed field, an empty string counts as absent. */
function givenValue(field: Field, value: Value): Value {
  if (field.normalize && typeof value === "string" && value !== unknownValue) return field.normalize(value);
  return field.computed && value === "" ? null : value;
}

/** Whether an input differs from the state. */
function changes(field: Field, before: Value, given: Value, isNew: boolean): boolean {
  if (given === null && field.computed) return isNew;
  if (hasUnknown(given)) return true;
  if (field.suppress && typeof before === "string" && typeof given === "string") {
    return before !== given && !field.suppress(before, given);
  }
  return !same(orZero(field, before), orZero(field, given));
}

function plannedValue(
  field: Field,
  before: Value,
  given: Value,
  { differs, isNew, isNested }: Readonly<Record<"differs" | "isNew" | "isNested", boolean>>,
): Value {
  if (given === null) {
    if (field.computed) return isNew ? unknownValue : before;
    if (field.type === "blocks") return [];
    if (field.type === "map" && differs && !isNew) return {};
    if (field.type === "strings" && !isNew && (differs || isNested)) return [];
    return differs || isNew ? null : before;
  }
  if (!differs && (before !== null || field.type === "map")) return before;
  // A list or a map with an unknown element is unknown.
  if ((field.type === "strings" || field.type === "map") && hasUnknown(given)) return unknownValue;
  return field.type === "boolean" && typeof given === "number" ? given !== 0 : given;
}

function withNulls(fields: Fields): Properties {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
}

function orZero(field: Field, value: Value): Value {
  if (value !== null) return value;
  if (field.type === "boolean") return false;
  if (field.type === "strings" || field.type === "blocks") return [];
  if (field.type === "map") return {};
  return field.type === "string" ? "" : null;
}

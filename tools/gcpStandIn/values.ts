/** The value of a property in the engine's property maps. */
export type Value = null | boolean | number | string | Value[] | Properties;

/** A resource's inputs or outputs, by Pulumi's names. */
export type Properties = { [name: string]: Value };

/** The engine's placeholder for an unknown value. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Whether a value is a map of properties. */
export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value or a part of it is unknown. */
export function hasUnknown(value: Value): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  if (isProperties(value)) return Object.values(value).some(hasUnknown);
  return value === unknownValue;
}

/** A map without unknown values, also in the blocks of lists. */
export function withoutUnknowns(properties: Properties): Properties {
  const entries = Object.entries(properties).map(([name, value]): [string, Value] => [name, knownPart(value)]);
  return Object.fromEntries(entries.filter(([, value]) => !hasUnknown(value)));
}

function knownPart(value: Value): Value {
  if (Array.isArray(value)) return value.map(knownPart);
  return isProperties(value) ? withoutUnknowns(value) : value;
}

/** A value marked as a secret. */
export function secret(value: Value): Value {
  return { [signatureKey]: secretSignature, value };
}

/** A value without secret markers, which this provider does not accept, so the engine keeps them. */
export function withoutSecrets(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isProperties(value)) return value;
  const signature = value[signatureKey];
  if (signature === secretSignature || signature === outputSignature)
    return withoutSecrets(value["value"] ?? unknownValue);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutSecrets(part)]));
}

/** A value as a string; empty for other types. */
export function textOf(value: Value | undefined): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A map without nulls, at each level. */
export function withoutNulls(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, isProperties(value) ? withoutNulls(value) : value]),
  );
}

/** A body without empty values, like Google's Go client. */
export function withoutEmpty(body: Record<string, Value | undefined>): Properties {
  const isEmpty = (value: Value | undefined): boolean =>
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(body).filter((entry): entry is [string, Value] => !isEmpty(entry[1])));
}

/** A body without empty values at each level; undefined if nothing is left. */
export function withoutEmptyParts(value: Value | undefined): Value | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (Array.isArray(value)) {
    const items = value.map(withoutEmptyParts).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isProperties(value)) return value;
  const entries = Object.entries(value).flatMap(([name, part]) => {
    const kept = withoutEmptyParts(part);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Whether two values are deeply equal. */
export function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => same(x, b[i] ?? null));
  if (isProperties(a) && isProperties(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => same(a[name] ?? null, b[name] ?? null));
  }
  return a === b;
}

/**
 * Secrets as the engine hands them to a provider: wrapped, at any depth. They are unwrapped for the case, and what the
 * engine keeps of them is wrapped again. Source: sdk/go/common/resource/properties.go of pulumi/pulumi
 */
import { signature } from "../components/supportCase/properties.ts";

type Properties = Readonly<Record<string, unknown>>;

/** The properties without their wrapping. */
export function unwrapped<Result>(properties: Properties): Result {
  return plain(properties) as Result;
}

/** The keys whose values are secrets, or have one in them. */
export function secretKeys(...all: readonly (Properties | undefined)[]): ReadonlySet<string> {
  return new Set(all.flatMap((properties = {}) => Object.keys(properties).filter((key) => hasSecret(properties[key]))));
}

/** The properties with the values of these keys wrapped whole. */
export function wrapped<Result extends object>(properties: Result, keys: ReadonlySet<string>): Result {
  const entries = Object.entries(properties).map(([key, value]: [string, unknown]) => [
    key,
    keys.has(key) && value !== undefined ? { [signature.key]: signature.secret, value } : value,
  ]);
  return Object.fromEntries(entries) as Result;
}

function isSecret(value: object): value is { readonly value: unknown } {
  return (value as Properties)[signature.key] === signature.secret;
}

function plain(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (isSecret(value)) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plain(child)]));
}

function hasSecret(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return isSecret(value) || Object.values(value).some(hasSecret);
}

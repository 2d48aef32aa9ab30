import type { ResourceValidation } from "@pulumi/policy";
import { sanitized } from "../text/index.ts";

/**
 * A resource in a policy. Reading an unknown property throws. Secrets are not marked, so messages never show values that can
 * be secret, such as e-mail addresses.
 */
export interface Resource {
  readonly type: string;
  /** Such as `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
  readonly urn: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Runs a check on each resource and reports the violations. A check that reads an unknown value reports none.
 *
 * @param check Returns a message for each violation: what and where, the value, and what to write instead.
 */
export function validateResource<Config extends object>(
  check: (resource: Resource, config: Config) => readonly string[],
): ResourceValidation {
  return (args, reportViolation) => {
    const messages = known(() => check(args, args.getConfig<Config>())) ?? [];
    for (const message of messages) reportViolation(sanitized(message));
  };
}

/**
 * The result of `read`, or undefined if it reads an unknown value. The update runs the policies again before it creates the
 * resource, when the value is known.
 */
export function known<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    // The package does not export UnknownValueError.
    if (error instanceof Error && error.constructor.name === "UnknownValueError") return undefined;
    throw error;
  }
}

/** The string that `read` returns, or `otherwise` if it is unknown. */
export function knownText(read: () => unknown, otherwise: string): string {
  const value = known(read);
  return typeof value === "string" ? value : otherwise;
}

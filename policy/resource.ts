import type { ResourceValidation } from "@pulumi/policy";
import { sanitized } from "../text/index.ts";

/**
 * A resource as a policy gets it. A property that only the update will know throws when it is read. One that is a
 * secret is not marked: so no message shows a value of which anything may be a secret, such as an e-mail address.
 */
export interface Resource {
  readonly type: string;
  /** Such as `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
  readonly urn: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/**
 * Runs a check on each resource and reports what it finds. What meets an unknown value finds nothing.
 *
 * @param check Gives a message for each violation: what and where, the value, and what to write instead.
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
 * What the read gives, or nothing if it meets a value that only the update will know. The update runs the policies too,
 * before it makes the resource: it judges what a preview cannot.
 */
export function known<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    // The package throws its UnknownValueError, but keeps it out of its types.
    if (error instanceof Error && error.constructor.name === "UnknownValueError") return undefined;
    throw error;
  }
}

/** The text that the read gives, or other words for it as long as it is unknown. */
export function knownText(read: () => unknown, otherwise: string): string {
  const value = known(read);
  return typeof value === "string" ? value : otherwise;
}

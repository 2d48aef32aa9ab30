import { isProperties } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Properties } from "./values.ts";

/** A function of the provider, such as `getOrganization`. */
export interface InvokedFunction {
  /** The arguments, by Pulumi's names. */
  arguments: string[];
  /** The results, which are not accepted as arguments. */
  results: string[];
  /** Pairs of arguments that exclude each other. */
  conflicts?: [string, string];
  invoke: (provider: Provider, args: Properties) => Promise<Properties>;
}

/** The problems of a function's arguments, with the real plugin's messages. */
export function checkArguments(called: InvokedFunction, args: Properties): string[] {
  const failures: string[] = [];
  for (const name of Object.keys(args).sort()) {
    if (called.arguments.includes(name)) continue;
    if (called.results.includes(name)) {
      const reason = "its value will be decided automatically based on the result of applying this configuration.";
      failures.push(`[${name}] Value for unconfigurable attribute: Can't configure a value for "${name}": ${reason}`);
    } else {
      failures.push(`[${name}] Invalid or unknown key`);
    }
  }
  const [a, b] = called.conflicts ?? [];
  if (a !== undefined && b !== undefined && a in args && b in args) {
    for (const [name, other] of [
      [a, b],
      [b, a],
    ]) {
      failures.push(`[${name}] Conflicting configuration arguments: "${name}": conflicts with ${other}`);
    }
  }
  return failures;
}

/** A string argument; undefined if it is absent or empty. */
export function textArgument(args: Properties, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === "" || isProperties(value) || Array.isArray(value)) {
    return undefined;
  }
  return String(value);
}

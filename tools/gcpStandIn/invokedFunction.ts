import { isProperties } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { Properties } from "./values.ts";

/** A function of the provider, such as `getOrganization`. */
export interface InvokedFunction {
  /** The arguments that a program may give, by Pulumi's names. */
  arguments: string[];
  /** The results that it may not give. */
  results: string[];
  /** Pairs of arguments that exclude each other. */
  conflicts?: [string, string];
  invoke: (provider: Provider, args: Properties) => Promise<Properties>;
}

/** What is wrong with a function's arguments, in the words of the real plugin. */
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

/** A text argument; nothing when it is not given or empty. */
export function textArgument(args: Properties, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || value === null || value === "" || isProperties(value) || Array.isArray(value)) {
    return undefined;
  }
  return String(value);
}

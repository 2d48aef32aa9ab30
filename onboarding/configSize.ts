/**
 * The size limit of a stack's config. The engine passes the config to the program in one environment variable,
 * `PULUMI_CONFIG`. Linux limits its size: above it, the engine fails with "argument list too long" before the program runs.
 *
 * Sources: MAX_ARG_STRLEN of Linux (execve(2), "Limits on size of arguments and environment"); pulumi/pulumi#8680
 */
import { documentPath } from "../text/index.ts";
import type { Problem } from "./problems.ts";

const variable = "PULUMI_CONFIG";

/** The limit includes the name, the equals sign and the terminating null. */
export const largestConfig = 128 * 1024 - `${variable}=`.length - 1;

/** A value as the engine serializes it. */
export function engineText(value: unknown): string {
  return typeof value === "string" ? value : goJson(value);
}

/**
 * The bytes of the variable's value.
 *
 * @param values Under their full keys, such as `customer-care:plan`.
 */
export function configSize(values: Iterable<readonly [fullKey: string, text: string]>): number {
  const entries = [...values].map(([key, text]) => [key.replace(":", ":config:"), text] as const);
  return Buffer.byteLength(goJson(Object.fromEntries(entries)));
}

/** The problem of a config that is too large. Only Linux has this limit. */
export function configSizeProblem(
  namespace: string,
  values: readonly (readonly [fullKey: string, text: string])[],
  platform: string = process.platform,
): Problem | undefined {
  const size = configSize(values);
  if (platform !== "linux" || size <= largestConfig) return undefined;
  const own = values.filter(([key]) => key.startsWith(`${namespace}:`));
  const [largest] = own.sort(([, one], [, other]) => other.length - one.length);
  return {
    path: [largest?.[0].slice(namespace.length + 1) ?? ""],
    message: `${sizeLimitMessage(size)}; move a part of it to another stack, or divide the projects among stacks with care fleet (${documentPath("docs/how-to/fleet.md")})`,
    section: "size",
  };
}

export function sizeLimitMessage(size: number): string {
  return `makes the config ${String(size)} bytes long, and on Linux Pulumi can pass at most ${String(largestConfig)} bytes to a program`;
}

/** JSON with the escapes of Go's encoding/json. */
function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

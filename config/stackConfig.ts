/** The config of the stack that runs, read from the engine and checked under its own keys. */
import * as pulumi from "@pulumi/pulumi";
import { check } from "./check.ts";
import { ConfigError } from "./problems.ts";
import type { Problem } from "./problems.ts";
import type { CustomerCareConfig } from "./schema.ts";

/** @throws RunError that names each problem by its config key */
export function stackConfig(): CustomerCareConfig {
  const namespace = pulumi.getProject();
  const document = new Map<string, unknown>();
  const problems: Problem[] = [];
  for (const [fullKey, text] of Object.entries(pulumi.runtime.allConfig())) {
    if (!fullKey.startsWith(`${namespace}:`)) continue;
    const key = fullKey.slice(namespace.length + 1);
    const value = valueOf(key, text);
    if (isSecret(fullKey)) problems.push({ path: [key], message: secretMessage });
    else if (!isEmpty(value)) document.set(key, value);
  }
  const checked = check(Object.fromEntries(document), ([key]) => problems.some(({ path }) => path[0] === key));
  problems.push(...checked.problems.filter(({ path }) => !problems.some((problem) => problem.path[0] === path[0])));
  if (checked.config === undefined || problems.length > 0)
    throw new pulumi.RunError(new ConfigError(namespace, problems).message);
  return checked.config;
}

const secretMessage =
  "is a secret, but names in the state come from it; write it as plain text (`pulumi config set`, without --secret)";

/** The plan is a text; all else is written as a map or a list, which arrives as JSON. */
function valueOf(key: string, text: string): unknown {
  if (key === "plan") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** `Pulumi.yaml` gives an absent part an empty value: a declared key without a default would be required. */
function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/** The SDK has this function, though not in its types. */
const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };

function isSecret(fullKey: string): boolean {
  return isConfigSecret?.(fullKey) ?? false;
}

/** The config of the stack that runs, read from the engine and checked under its own keys. */
import * as pulumi from "@pulumi/pulumi";
import { checkStackValues } from "./checkStackValues.ts";
import { ConfigError } from "./problems.ts";
import type { CustomerCareConfig } from "./schema.ts";

/** @throws RunError that names each problem by its config key */
export function stackConfig(): CustomerCareConfig {
  const namespace = pulumi.getProject();
  const values = Object.entries(pulumi.runtime.allConfig()).map(
    ([key, text]) => [key, { text, isSecret: isSecret(key) }] as const,
  );
  const checked = checkStackValues(namespace, values);
  if (checked.config === undefined) throw new pulumi.RunError(new ConfigError(namespace, checked.problems).message);
  return checked.config;
}

/** The SDK has this function, though not in its types. */
const { isConfigSecret } = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };

function isSecret(fullKey: string): boolean {
  return isConfigSecret?.(fullKey) ?? false;
}

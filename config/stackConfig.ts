/** The config of the stack that runs, read from the engine and checked under its own keys. */
import * as pulumi from "@pulumi/pulumi";
import { attachmentProblems } from "./attachments.ts";
import { checkGcpValues } from "./checkGcpValues.ts";
import { checkStackValues } from "./checkStackValues.ts";
import { ConfigError } from "./problems.ts";
import type { CustomerCareConfig } from "./schema.ts";
import { secretPaths } from "./stackFile.ts";

/** @throws RunError that names each problem by its config key, those of the gcp provider's config among them */
export function stackConfig(): CustomerCareConfig {
  const namespace = pulumi.getProject();
  const secrets = (key: string) => secretPaths(pulumi.getRootDirectory(), pulumi.getStack(), namespace, key);
  const checked = checkStackValues(namespace, stackValues(), secrets, attachmentProblems);
  const errors = [new ConfigError(namespace, checked.problems), gcpConfigError()];
  const told = errors.filter(({ problems }) => problems.length > 0).map(({ message }) => message);
  if (checked.config === undefined || told.length > 0) throw new pulumi.RunError(told.join("\n"));
  if (checked.config.fleet !== undefined)
    throw new pulumi.RunError(new ConfigError(namespace, [fleetProblem(pulumi.getStack())]).message);
  return checked.config;
}

/** What is wrong with the gcp provider's config of the stack that runs, whatever program runs. */
export function gcpConfigError(): ConfigError {
  return new ConfigError("gcp", checkGcpValues(stackValues()));
}

function stackValues() {
  return Object.entries(pulumi.runtime.allConfig()).map(
    ([key, text]) => [key, { text, isSecret: isConfigSecret(key) }] as const,
  );
}

/** A fleet's file is none of a stack. */
function fleetProblem(stack: string) {
  return {
    path: ["fleet"],
    message: `is for care fleet, which makes stacks of this file; run care fleet preview ${stack}, or pulumi preview --stack ${stack}-00`,
  };
}

/** The SDK has this function, though not in its types. */
const runtime = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };

export function isConfigSecret(fullKey: string): boolean {
  return runtime.isConfigSecret?.(fullKey) ?? false;
}

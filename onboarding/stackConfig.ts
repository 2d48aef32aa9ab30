/** The config of the stack that runs, read from the engine and checked under its own keys. */
import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { attachmentProblems } from "./attachments.ts";
import { checkStackValues } from "./checkStackValues.ts";
import type { StackValue } from "./checkStackValues.ts";
import { ConfigError, show } from "./problems.ts";
import type { Problem } from "./problems.ts";
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

/** The keys of a credential. The engine copies the provider's config into the state, in plain text where it is not a secret. */
const credentials = ["accessToken", "credentials"] as const;

/** The keys of the provider's switches that both the provider and the test case read. */
const flags = ["userProjectOverride"] as const;

/** The keys of lists, which arrive as JSON. */
const lists = ["impersonateServiceAccountDelegates"] as const;

/**
 * What the gcp provider's own config must not be: it reports the rest itself.
 *
 * @param values Under their full keys, such as `gcp:project`. Those of another namespace are passed over.
 */
function checkGcpValues(values: Iterable<readonly [fullKey: string, value: StackValue]>): Problem[] {
  const found = new Map(values);
  const problems: Problem[] = [];
  for (const key of credentials) {
    const value = found.get(`gcp:${key}`);
    if (value === undefined || value.isSecret || value.text.trim() === "") continue;
    // The path of a file gives nothing away.
    if (existsSync(value.text.trim())) continue;
    problems.push({
      path: [key],
      message: `is a credential in plain text, which the stack's state would hold; revoke it, then write another one as a secret, \`pulumi config set --secret gcp:${key}\`, or none: the Application Default Credentials are used`,
    });
  }
  for (const key of flags) {
    const value = found.get(`gcp:${key}`);
    if (value === undefined || ["true", "false", ""].includes(value.text)) continue;
    problems.push({ path: [key], message: `${show(value.text)} is not true or false; write true or false` });
  }
  for (const key of lists) {
    const value = found.get(`gcp:${key}`);
    if (value === undefined || value.text === "" || isListOfTexts(value.text)) continue;
    const got = value.isSecret ? "its value" : show(value.text);
    problems.push({
      path: [key],
      message: `${got} is not a list of texts; write ["name@project-id.iam.gserviceaccount.com"]`,
    });
  }
  return problems;
}

function isListOfTexts(json: string): boolean {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) && list.every((element) => typeof element === "string" && element.trim() !== "");
  } catch {
    return false;
  }
}

/** A stack's config as Pulumi keeps it, texts under keys with a namespace, checked as the document that it stands for. */
import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { attachmentProblems } from "./attachments.ts";
import { withModel } from "./carriedModel.ts";
import type { Checked } from "./check.ts";
import { nearName } from "./nearNames.ts";
import { check, onboardingOf } from "./onboarding.ts";
import { ConfigError, formatPath, show } from "./problems.ts";
import type { Problem } from "./problems.ts";
import { schema } from "./schema.ts";
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
  return withModel(checked.config, onboardingOf(checked.config));
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

export interface StackValue {
  readonly text: string;
  readonly isSecret: boolean;
}

/**
 * @param values Under their full keys, such as `customer-care:plan`. Those of another namespace are passed over, unless its name is
 *   nearly the same.
 * @param secretPaths Where the secrets below a key are, from the config's root.
 * @param others What else is wrong with the document.
 */
export function checkStackValues(
  namespace: string,
  values: Iterable<readonly [fullKey: string, value: StackValue]>,
  secretPaths: (key: string) => readonly Problem["path"][] = (key) => [[key]],
  others: (document: unknown) => readonly Problem[] = () => [],
): Checked {
  const document = new Map<string, unknown>();
  const problems: Problem[] = [];
  for (const [fullKey, { text, isSecret }] of values) {
    const [keyNamespace = ""] = fullKey.split(":", 1);
    const key = fullKey.slice(keyNamespace.length + 1);
    if (keyNamespace !== namespace) {
      // Nobody would read it: nothing would be made of it, without a word.
      if (nearName(keyNamespace, [namespace]) !== undefined)
        problems.push({ path: [key], message: `is written as ${fullKey}; write ${namespace}:${key}` });
      continue;
    }
    const value = valueOf(key, text);
    if (isSecret) problems.push(...secretPaths(key).map((path) => ({ path, message: secretMessage })));
    // A key that nobody reads is wrong, also where nothing is under it.
    else if (!isEmpty(value) || !Object.hasOwn(schema.shape, key)) document.set(key, value);
  }
  const written = Object.fromEntries(document);
  const checked = check(written, ([key]) => problems.some(({ path }) => path[0] === key));
  const places = new Set(checked.problems.map(({ path }) => formatPath(path)));
  const further = others(written).filter(({ path }) => !places.has(formatPath(path)));
  const isSecret = new Set(problems.map(({ path }) => path[0]));
  problems.push(...[...checked.problems, ...further].filter(({ path }) => !isSecret.has(path[0])));
  return checked.config === undefined || problems.length > 0 ? { config: undefined, problems } : checked;
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
export function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/**
 * Reads a stack's config from Pulumi, where each value is a string under a key with a namespace, and checks it as one
 * document.
 */
import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { credentialPath } from "../text/index.ts";
import { attachmentProblems } from "./attachments.ts";
import type { Checked } from "./check.ts";
import { engineText } from "./configSize.ts";
import { nearName } from "./nearNames.ts";
import { check, placesOf } from "./onboarding.ts";
import { ConfigError, formatPath, messageOfErrors, show } from "./problems.ts";
import type { Problem } from "./problems.ts";
import { schema } from "./schema.ts";
import type { CustomerCareConfig } from "./schema.ts";
import { projectDirectory, secretPaths, valuesInFile } from "./stackFile.ts";

/** @throws RunError with each problem and its config key, including the gcp provider's */
export function stackConfig(): CustomerCareConfig {
  const namespace = pulumi.getProject();
  const secrets = (key: string) =>
    secretPaths(projectDirectory(pulumi.getRootDirectory()), pulumi.getStack(), namespace, key);
  const { config, errors } = checkStack({
    namespace,
    stack: pulumi.getStack(),
    values: stackValues(),
    secretPaths: secrets,
    folder: process.cwd(),
  });
  if (config === undefined) throw new pulumi.RunError(messageOfErrors(errors));
  return config;
}

export interface StackToCheck {
  readonly namespace: string;
  readonly stack: string;
  /** By full key, such as `customer-care:plan`. */
  readonly values: readonly (readonly [fullKey: string, value: StackValue])[];
  /** The paths of the secrets below a key. */
  readonly secretPaths: (key: string) => readonly Problem["path"][];
  /** The program's folder, to which the paths of files are relative. */
  readonly folder: string;
}

/** All errors of a stack's config, as the program and `care doctor` report them. Without errors, the config. */
export function checkStack({ namespace, stack, values, secretPaths: secrets, folder }: StackToCheck): {
  readonly config: CustomerCareConfig | undefined;
  readonly errors: readonly ConfigError[];
} {
  const files = (document: unknown) => attachmentProblems(document, folder);
  const { config, problems } = checkStackValues(namespace, values, secrets, files);
  const ofFleet = problems.length === 0 && config?.fleet !== undefined ? [fleetProblem(stack)] : [];
  const errors = [
    new ConfigError(namespace, [...problems, ...ofFleet]),
    new ConfigError("gcp", checkGcpValues(values, folder)),
  ].filter((error) => error.problems.length > 0);
  return { config: errors.length === 0 ? config : undefined, errors };
}

/**
 * Finds the contacts in the configs of the program's other stacks, because a stack keeps a contact that its config has. Reads each
 * file once.
 *
 * @param directory The program's directory, which has the files of its stacks.
 * @returns Whether the config of a stack has a contact at `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. False also if the
 * stack has no file, or if its config is not valid or lists only the folder of the project
 */
export function contactsOfStacks(directory: string, namespace: string) {
  const configs = new Map<string, CustomerCareConfig | undefined>();
  const configOf = (stack: string) => {
    if (!configs.has(stack)) configs.set(stack, configInFile(directory, stack, namespace));
    return configs.get(stack);
  };
  return (stack: string, { email, resource }: { readonly email: string; readonly resource: string }): boolean => {
    const config = configOf(stack);
    if (config === undefined) return false;
    // The config of an organization can name its domain only.
    const organization = config.organization?.id ?? /^organizations\/(\d+)$/.exec(resource)?.[1];
    return placesOf(config, organization).some(
      (place) => place.resource === resource && place.contacts.some((contact) => contact.email === email.toLowerCase()),
    );
  };
}

function configInFile(directory: string, stack: string, namespace: string): CustomerCareConfig | undefined {
  const values = valuesInFile(directory, stack, namespace).map(
    ([key, value]) => [key, { text: engineText(value), isSecret: false }] as const,
  );
  return checkStackValues(namespace, values).config;
}

/** The problems of the gcp provider's config in the current stack. */
export function gcpConfigError(): ConfigError {
  return new ConfigError("gcp", checkGcpValues(stackValues(), process.cwd()));
}

function stackValues() {
  return Object.entries(pulumi.runtime.allConfig()).map(
    ([key, text]) => [key, { text, isSecret: isConfigSecret(key) }] as const,
  );
}

/** The file of a fleet does not configure a stack. */
function fleetProblem(stack: string) {
  return {
    path: ["fleet"],
    message: `configures a fleet, not a stack; run care fleet preview ${stack}, or pulumi preview --stack ${stack}-00`,
  };
}

/** The SDK's types do not include this function. */
const runtime = pulumi.runtime as { isConfigSecret?: (key: string) => boolean };

export function isConfigSecret(fullKey: string): boolean {
  return runtime.isConfigSecret?.(fullKey) ?? false;
}

/** The keys of credentials. The engine copies the provider's config into the state, in plain text unless it is a secret. */
const credentialKeys = ["accessToken", "credentials"] as const;

/** The provider's flags that the test case also reads. */
const flagKeys = ["userProjectOverride"] as const;

/** Lists, which Pulumi passes as JSON. */
const listKeys = ["impersonateServiceAccountDelegates"] as const;

/**
 * The problems of the gcp provider's config that the provider does not report.
 *
 * @param values By full key, such as `gcp:project`. Other namespaces are ignored.
 * @param folder The program's folder, to which the path of a key file is relative.
 */
function checkGcpValues(values: Iterable<readonly [fullKey: string, value: StackValue]>, folder: string): Problem[] {
  const found = new Map(values);
  const problems: Problem[] = [];
  for (const key of credentialKeys) {
    const value = found.get(`gcp:${key}`);
    if (value === undefined || value.text.trim() === "") continue;
    const message = credentialProblem(key, value, folder);
    if (message !== undefined) problems.push({ path: [key], message });
  }
  for (const key of flagKeys) {
    const value = found.get(`gcp:${key}`);
    if (value === undefined || ["true", "false", ""].includes(value.text)) continue;
    problems.push({ path: [key], message: `${show(value.text)} is not true or false; write true or false` });
  }
  for (const key of listKeys) {
    const value = found.get(`gcp:${key}`);
    if (value === undefined || value.text === "" || isListOfTexts(value.text)) continue;
    const got = value.isSecret ? "its value" : show(value.text);
    problems.push({
      path: [key],
      message: `${got} is not a list of strings; write ["name@project-id.iam.gserviceaccount.com"]`,
    });
  }
  return problems;
}

function credentialProblem(
  key: (typeof credentialKeys)[number],
  { text, isSecret }: StackValue,
  folder: string,
): string | undefined {
  // Source: measured with the gcp plugin 9.35.0. In its other keys and variables with a path, the plugin expands ~.
  if (key === "credentials" && text.startsWith("~"))
    return `${isSecret ? "its value" : show(text)} begins with ~, which the gcp provider does not expand in this key; write the whole path, or set GOOGLE_CREDENTIALS`;
  if (isSecret) return undefined;
  const path = credentialPath(text, folder);
  if (path !== undefined && existsSync(path)) return undefined;
  return pathForm.test(text)
    ? `${show(text)} is not the path of a file; write the path of an existing one`
    : `is a credential in plain text, which the stack's state would contain; revoke it, then set another one with \`pulumi config set --secret gcp:${key}\`, or set none to use the Application Default Credentials`;
}

/** A path, which no credential looks like. */
const pathForm = /^\s*(~|\.{0,2}[/\\]|[A-Z]:[/\\])[^\n]*$|^[^{\n]*\.json\s*$/i;

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
 * @param values By full key, such as `customer-care:plan`. Other namespaces are ignored, unless they look like a typo.
 * @param secretPaths The paths of the secrets below a key.
 * @param others Further checks of the document.
 */
export function checkStackValues(
  namespace: string,
  values: Iterable<readonly [fullKey: string, value: StackValue]>,
  secretPaths: (key: string) => readonly Problem["path"][] = (key) => [[key]],
  others: (document: unknown) => readonly Problem[] = () => [],
): Checked {
  const document = new Map<string, unknown>();
  const problems: Problem[] = [];
  const all = new Map(values);
  const isSet = (key: string) => {
    const own = all.get(`${namespace}:${key}`);
    return own !== undefined && (own.isSecret || !isEmpty(valueOf(key, own.text)));
  };
  for (const [fullKey, { text, isSecret }] of all) {
    const [keyNamespace = ""] = fullKey.split(":", 1);
    const key = fullKey.slice(keyNamespace.length + 1);
    if (keyNamespace !== namespace) {
      // Without an error, a key in a misspelled namespace would be ignored silently. So would a key in the namespace of the
      // repository's own stack files, if `pulumi new` gave the project another name.
      const isOfRepository = keyNamespace === "customer-care" && Object.hasOwn(schema.shape, key) && !isSet(key);
      if (isOfRepository || nearName(keyNamespace, [namespace]) !== undefined)
        problems.push({ path: [key], message: `is written as ${fullKey}; write ${namespace}:${key}` });
      continue;
    }
    const value = valueOf(key, text);
    if (isSecret) problems.push(...secretPaths(key).map((path) => ({ path, message: secretMessage })));
    // An unknown key is an error even if it is empty.
    else if (!isEmpty(value) || !Object.hasOwn(schema.shape, key)) document.set(key, value);
  }
  const written = Object.fromEntries(document);
  const checked = check(written, ([key]) => problems.some(({ path }) => path[0] === key));
  const places = new Set(checked.problems.map(({ path }) => formatPath(path)));
  const further = others(written).filter(({ path }) => !places.has(formatPath(path)));
  const reportedKeys = new Set(problems.map(({ path }) => path[0]));
  problems.push(...[...checked.problems, ...further].filter(({ path }) => !reportedKeys.has(path[0])));
  return checked.config === undefined || problems.length > 0 ? { config: undefined, problems } : checked;
}

const secretMessage =
  "is a secret, but names in the state come from it; write it as plain text (`pulumi config set`, without --secret)";

/** The plan is a string. Pulumi passes maps and lists as JSON. */
function valueOf(key: string, text: string): unknown {
  if (key === "plan") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** `Pulumi.yaml` sets absent sections to empty values, because Pulumi requires declared keys without a default. */
export function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

import { readFileSync } from "node:fs";

import { credentialPath } from "../../text/index.ts";
import { parseDuration, second } from "./clock.ts";
import { loopbackUrl } from "./endpoint.ts";
import { isProperties, same } from "./values.ts";

import type { Batching } from "./batcher.ts";
import type { Properties, Value } from "./values.ts";

/** The Google APIs that the plugin calls, with the settings of their custom endpoints. */
export const apis = {
  cloudBilling: { key: "cloudBillingCustomEndpoint", variable: "GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT" },
  cloudSupport: { key: "cloudSupportCustomEndpoint", variable: "GOOGLE_CLOUD_SUPPORT_CUSTOM_ENDPOINT" },
  essentialContacts: { key: "essentialContactsCustomEndpoint", variable: "GOOGLE_ESSENTIAL_CONTACTS_CUSTOM_ENDPOINT" },
  monitoring: { key: "monitoringCustomEndpoint", variable: "GOOGLE_MONITORING_CUSTOM_ENDPOINT" },
  pubsub: { key: "pubsubCustomEndpoint", variable: "GOOGLE_PUBSUB_CUSTOM_ENDPOINT" },
  resourceManager: { key: "resourceManagerCustomEndpoint", variable: "GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT" },
  resourceManagerV3: { key: "resourceManagerV3CustomEndpoint", variable: "GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT" },
  serviceUsage: { key: "serviceUsageCustomEndpoint", variable: "GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT" },
} as const;

/** The name of one of those APIs. */
export type Api = keyof typeof apis;

/** The provider's configuration, read from its inputs and the environment. */
export interface Configuration {
  token: string;
  project: string | undefined;
  billingProject: string | undefined;
  userProjectOverride: boolean;
  /** The quota project in the environment, which Google's client library reads. */
  quotaProject: string | undefined;
  batching: Batching;
  requestTimeout: number;
  pollInterval: number;
  requestReason: string | undefined;
  deletionPolicy: string | undefined;
  /** The settings that change the labels of resources. */
  labelSettings: string[];
  endpoints: Partial<Record<Api, string>>;
}

/** Reads the configuration. The engine can send values as JSON strings. */
export function readConfiguration(inputs: Properties, environment: NodeJS.ProcessEnv): Configuration {
  const fromEnvironment = (...names: string[]): string | undefined =>
    names.map((name) => environment[name]).find((value) => value !== undefined && value !== "");
  const text = (key: string, ...names: string[]): string | undefined => {
    const value = inputs[key];
    return value === undefined || value === null || value === "" ? fromEnvironment(...names) : scalarText(value);
  };
  return {
    token: readToken(inputs, text, fromEnvironment),
    project: text("project", ...projectVariables),
    billingProject: text("billingProject", "GOOGLE_BILLING_PROJECT"),
    userProjectOverride: readUserProjectOverride(inputs["userProjectOverride"] ?? null, environment),
    quotaProject: fromEnvironment("GOOGLE_CLOUD_QUOTA_PROJECT"),
    batching: readBatching(inputs["batching"] ?? null),
    requestTimeout: readDuration("request_timeout", text("requestTimeout")) ?? 120 * second,
    pollInterval: readDuration("poll_interval", text("pollInterval")) ?? 10 * second,
    requestReason: text("requestReason", "CLOUDSDK_CORE_REQUEST_REASON"),
    deletionPolicy: text("deletionPolicy"),
    labelSettings: readLabelSettings(inputs),
    endpoints: readEndpoints(text),
  };
}

/** The environment variables that name the project. */
export const projectVariables = ["GOOGLE_PROJECT", "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT", "CLOUDSDK_CORE_PROJECT"];

/** Parses a value that can be a JSON string. @throws Error for invalid JSON */
export function parsed(value: Value): Value {
  if (typeof value !== "string" || value === "") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    throw new Error(`invalid character '${value.slice(0, 1)}' looking for beginning of value`);
  }
}

type ReadText = (key: string, ...variables: string[]) => string | undefined;

function readToken(
  inputs: Properties,
  text: ReadText,
  fromEnvironment: (...names: string[]) => string | undefined,
): string {
  if (text("impersonateServiceAccount", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT") !== undefined) {
    throw new Error(unsupported("impersonateServiceAccount (or GOOGLE_IMPERSONATE_SERVICE_ACCOUNT)"));
  }
  if (inputs["externalCredentials"]) throw new Error(unsupported("externalCredentials"));
  const configured = text("accessToken");
  if (configured === undefined && text("credentials") !== undefined) throw new Error(unsupported("credentials"));
  const token = configured ?? fromEnvironment("GOOGLE_OAUTH_ACCESS_TOKEN");
  if (token === undefined) {
    throw new Error(
      "no access token: set gcp:accessToken (as a secret) or the environment variable GOOGLE_OAUTH_ACCESS_TOKEN. " +
        "The stand-in for the gcp plugin takes only access tokens, those of the local Google Cloud",
    );
  }
  if (/^~[^/\\]/.test(token)) throw new Error("Error loading access token: cannot expand user-specific home dir");
  const path = credentialPath(token, undefined, fromEnvironment("HOME"));
  return path === undefined ? token : readFileSync(path, "utf8");
}

function unsupported(what: string): string {
  return `${what}: the stand-in for the gcp plugin takes only access tokens; the real plugin is needed for this`;
}

function readEndpoints(text: ReadText): Partial<Record<Api, string>> {
  const endpoints: Partial<Record<Api, string>> = {};
  for (const [api, { key, variable }] of Object.entries(apis) as [Api, (typeof apis)[Api]][]) {
    const endpoint = text(key, variable);
    if (endpoint === undefined) continue;
    loopbackUrl(endpoint, `gcp:${key} (or ${variable})`);
    endpoints[api] = endpoint;
  }
  return endpoints;
}

function readBatching(value: Value): Batching {
  const given = parsed(value);
  const batching: Batching = { enabled: true, sendAfter: 3 * second };
  if (!isProperties(given)) return batching;
  const { enableBatching = null, sendAfter = null } = given;
  if (enableBatching !== null) batching.enabled = readFlag(enableBatching);
  if (sendAfter !== null && sendAfter !== "") {
    const milliseconds = parseDuration(scalarText(sendAfter));
    if (milliseconds === undefined) {
      throw new Error(`unable to parse duration from 'send_after' value ${JSON.stringify(sendAfter)}`);
    }
    batching.sendAfter = milliseconds;
  }
  return batching;
}

function readLabelSettings(inputs: Properties): string[] {
  const { defaultLabels = null, addPulumiAttributionLabel = null } = inputs;
  const given: Record<string, boolean> = {
    defaultLabels: !same(parsed(defaultLabels) ?? {}, {}),
    addPulumiAttributionLabel: addPulumiAttributionLabel !== null && !readFlag(addPulumiAttributionLabel),
    pulumiAttributionLabelAdditionStrategy: (inputs["pulumiAttributionLabelAdditionStrategy"] ?? null) !== null,
  };
  return Object.keys(given).filter((setting) => given[setting]);
}

function readDuration(attribute: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) throw new Error(`could not parse ${attribute} value: ${JSON.stringify(text)}`);
  return milliseconds === 0 ? undefined : milliseconds;
}

/** A value in the configuration, even an empty one, has precedence over the environment. */
function readUserProjectOverride(configured: Value, { USER_PROJECT_OVERRIDE: flag = "" }: NodeJS.ProcessEnv): boolean {
  if (configured !== null) return readFlag(configured);
  if (["1", "t", "T", "TRUE", "true", "True"].includes(flag)) return true;
  if (["", "0", "f", "F", "FALSE", "false", "False"].includes(flag)) return false;
  throw new Error(`1 error occurred:\n\t* strconv.ParseBool: parsing ${JSON.stringify(flag)}: invalid syntax\n\n`);
}

function readFlag(value: Value): boolean {
  const flag = parsed(value);
  return flag === true || flag === 1 || flag === "true";
}

function scalarText(value: Value): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

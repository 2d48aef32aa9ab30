/** The APIs of Google that the acceptance calls and records, and its own requests to them. */
import { GoogleError, readGoogleSettings } from "../../google/index.ts";
import type { Binding, GoogleRequest, GoogleSettings, Transport } from "../../google/index.ts";

/** An error of the user, without a stack trace. */
export class AcceptanceError extends Error {}

/** The variable with the endpoint of each API, as the gcp provider and google/ read it, its host's name and its version. */
const variables = [
  ["GOOGLE_RESOURCE_MANAGER_CUSTOM_ENDPOINT", "cloudresourcemanager", "v1"],
  ["GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT", "cloudresourcemanager", "v3"],
  ["GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT", "serviceusage", "v1"],
  ["GOOGLE_ESSENTIAL_CONTACTS_CUSTOM_ENDPOINT", "essentialcontacts", "v1"],
  ["GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT", "cloudbilling", "v1"],
  ["GOOGLE_CLOUD_SUPPORT_CUSTOM_ENDPOINT", "cloudsupport", "v2"],
  ["GOOGLE_ORG_POLICY_CUSTOM_ENDPOINT", "orgpolicy", "v2"],
  ["GOOGLE_SERVICE_HEALTH_CUSTOM_ENDPOINT", "servicehealth", "v1"],
  ["GOOGLE_RECOMMENDER_CUSTOM_ENDPOINT", "recommender", "v1"],
] as const;

/** Such as `cloudsupport`. */
export type ApiName = (typeof variables)[number][1];

/** The address of each API, without a version. */
export type Addresses = Readonly<Record<string, string>>;

/** Google's, or those of the custom endpoints in the environment. */
export function addressesOf(environment: NodeJS.ProcessEnv): Addresses {
  return Object.fromEntries(
    variables.map(([variable, api]) => {
      const custom = environment[variable];
      return [api, custom ? custom.replace(/(\/v\d[^/]*)?\/*$/, "") : `https://${api}.googleapis.com`];
    }),
  );
}

/** The variables with which the program and the gcp plugin call the APIs at one address, each below its name. */
export function endpointsAt(address: string): Record<string, string> {
  return Object.fromEntries(variables.map(([variable, api, version]) => [variable, `${address}/${api}/${version}/`]));
}

/** The caller's own settings, with the project as quota project. */
export function settingsOf(project: string, environment: NodeJS.ProcessEnv): GoogleSettings {
  const config = new Map([
    ["gcp:userProjectOverride", "true"],
    ["gcp:billingProject", project],
  ]);
  return readGoogleSettings((key) => config.get(key), environment);
}

export interface Reply {
  readonly status: number;
  /** The name of Google's error, such as `NOT_FOUND`. */
  readonly error: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Ask = (
  api: ApiName,
  method: GoogleRequest["method"],
  /** With its version, such as `v2/projects/shop-dev/cases`. */
  path: string,
  more?: Pick<GoogleRequest, "query" | "body" | "reply">,
) => Promise<Reply>;

/** Sends requests, and returns Google's errors as replies. */
export function askWith(transport: Transport, addresses: Addresses, signal?: AbortSignal): Ask {
  return async (api, method, path, more = {}) => {
    signal?.throwIfAborted();
    try {
      const body = await transport.request<Reply["body"]>({
        method,
        baseUrl: `${addresses[api] ?? ""}/`,
        path,
        ...more,
      });
      return { status: 200, error: "", body };
    } catch (error) {
      if (!(error instanceof GoogleError) || error.status === undefined) throw error;
      return { status: error.status, error: error.reason ?? error.code ?? "", body: {} };
    }
  };
}

/** A policy that can be written back: with an etag, so that a write cannot undo the changes of others. */
export interface WritablePolicy {
  readonly etag: string;
  readonly bindings: readonly Binding[];
}

/**
 * @param place Such as `projects/care-sandbox`.
 * @throws AcceptanceError
 */
export async function readPolicy(ask: Ask, place: string): Promise<WritablePolicy> {
  const body = { options: { requestedPolicyVersion: 3 } };
  const reply = await ask("cloudresourcemanager", "POST", `v3/${place}:getIamPolicy`, { body });
  const { etag, bindings = [] } = reply.body as Partial<WritablePolicy>;
  if (reply.status === 200 && typeof etag === "string" && etag !== "") return { ...reply.body, etag, bindings };
  throw new AcceptanceError(`The policy of ${place} cannot be read: ${String(reply.status)} ${reply.error}.`);
}

/** The bindings without the member in these roles. */
export function withoutMember(
  bindings: readonly Binding[],
  member: string,
  roles: readonly string[],
): readonly Binding[] {
  return bindings
    .map((binding) =>
      roles.includes(binding.role)
        ? { ...binding, members: binding.members?.filter((other) => other !== member) ?? [] }
        : binding,
    )
    .filter(({ members = [] }) => members.length > 0);
}

/**
 * The Organization Policy API, v2: the effective policy of a constraint on a resource.
 *
 * Source: https://cloud.google.com/resource-manager/docs/reference/orgpolicy/rest/v2/projects.policies
 */
import { apiBaseUrl } from "./endpoint.ts";
import { projectOf } from "./pages.ts";
import type { Transport } from "./transport.ts";

/** A rule of a list constraint, or of a managed one, which is enforced with parameters. */
export interface PolicyRule {
  readonly enforce?: boolean;
  /** Such as `{ allowedDomains: ["@example.com"] }`. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The rule applies only if the condition is true. */
  readonly condition?: object;
  readonly allowAll?: boolean;
  readonly denyAll?: boolean;
  readonly values?: { readonly allowedValues?: readonly string[]; readonly deniedValues?: readonly string[] };
}

/** The policy that is merged from the resource and its ancestors. */
export interface EffectivePolicy {
  readonly spec?: { readonly rules?: readonly PolicyRule[] };
}

export interface OrgPolicyApi {
  /**
   * Requires `orgpolicy.policy.get`.
   * @param resource `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`.
   * @param constraint Such as `gcp.restrictServiceUsage`.
   */
  getEffectivePolicy(resource: string, constraint: string): Promise<EffectivePolicy>;
}

export function orgPolicyApi(transport: Transport): OrgPolicyApi {
  const { orgPolicyCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("orgpolicy", "v2", universeDomain, orgPolicyCustomEndpoint);
  return {
    getEffectivePolicy: (resource, constraint) =>
      transport.request({
        method: "GET",
        baseUrl,
        path: `${resource}/policies/${constraint}:getEffectivePolicy`,
        project: projectOf(resource),
      }),
  };
}

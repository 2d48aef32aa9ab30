/** What the tests of refusals share: the seed's organization and projects, the operator's roles, and the keys of a stack. */
import assert from "node:assert/strict";
import type { Cloud } from "../../../tools/localCloud/index.ts";

export const organizationName = "organizations/123456789012";
export const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";

export const organizationOf = (cloud: Cloud) => cloud.state.organizations.get(organizationName) ?? assert.fail();
export const projectOf = (cloud: Cloud, id: string) => cloud.state.projects.get(id) ?? assert.fail();

export function withdraw(cloud: Cloud, ...roles: string[]): void {
  for (const binding of organizationOf(cloud).policy.bindings)
    if (roles.includes(binding.role)) binding.members = binding.members.filter((member) => member !== operator);
}

export interface Obstacle {
  readonly what: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly plant?: (cloud: Cloud) => void;
  readonly gcp?: Readonly<Record<string, string>>;
  /** The finding's id. */
  readonly finding: string;
  /** The preview's error. */
  readonly message: RegExp;
  /** Whether the guide demands it, and the local cloud does without. */
  readonly isOfGuide?: true;
}

export const quota = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };

/** The keys of a stack. */
export const keysOf = ({ config, gcp = quota }: Pick<Obstacle, "config" | "gcp">) => ({
  ...gcp,
  "customer-care:plan": "enhanced",
  ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`customer-care:${key}`, value])),
});

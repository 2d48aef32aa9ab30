/** A scenario of `care doctor`, and the configs and faults that several scenarios use. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Cloud } from "../../../../tools/localCloud/index.ts";
import { shippedFile } from "../../../support/environments/index.ts";
import type { ShippedStack } from "../../../support/environments/index.ts";
import type { Given } from "../../../support/examination.ts";

export const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";
export const organizationName = "organizations/123456789012";

/** Everything in the guide, at the three levels. */
export const healthy = {
  plan: "enhanced",
  organization: {
    domain: "example.com",
    administrators: ["group:support-admins@example.com"],
    contacts: { security: ["security@example.com"] },
  },
  folders: { "456789012345": { editors: ["group:shop-leads@example.com"] } },
  projects: {
    "shop-dev": { editors: ["user:ada@example.com"], contacts: { technical: ["shop-oncall@example.com"] } },
    "pay-dev": {},
  },
  testCase: { project: "shop-dev" },
};

/** A stack's file, as it comes. */
export function shipped(stack: ShippedStack) {
  const { config } = parse(readFileSync(shippedFile(stack), "utf8")) as { config: Record<string, unknown> };
  const of = (namespace: string) => Object.entries(config).filter(([key]) => key.startsWith(`${namespace}:`));
  return {
    own: Object.fromEntries(of("customer-care").map(([key, value]) => [key.replace(/^.*:/, ""), value])),
    gcp: Object.fromEntries(of("gcp").map(([key, value]) => [key, String(value)])),
  };
}

export const oneProject = { plan: "enhanced", projects: { "shop-dev": {} } };

export interface Scenario {
  readonly when: string;
  readonly given: Given;
  /** The fault in the cloud. */
  readonly plant?: (cloud: Cloud) => void;
  /** `level id where` of all that is found. */
  readonly found: readonly string[];
  /** The text of the first of them, and how it is fixed. */
  readonly what?: RegExp;
  readonly remedy?: string;
}

export const organizationOf = (cloud: Cloud) => cloud.state.organizations.get(organizationName) ?? assert.fail();
export const projectOf = (cloud: Cloud, id: string) => cloud.state.projects.get(id) ?? assert.fail();

/** Takes a role from the operator at the organization. */
export function withdraw(cloud: Cloud, ...roles: string[]) {
  for (const binding of organizationOf(cloud).policy.bindings)
    if (roles.includes(binding.role)) binding.members = binding.members.filter((member) => member !== operator);
}

export const deployedCase = {
  kind: "case",
  urn: "",
  type: "",
  name: "",
  resource: "projects/shop-dev",
  thing: "projects/shop-dev/cases/1",
} as const;

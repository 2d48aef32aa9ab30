/** A complete, valid config; changes to it in one place, and the errors for them. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { plans } from "../../guide/index.ts";
import type { Plan } from "../../guide/index.ts";
import { check, ConfigError } from "../../onboarding/index.ts";

/** Loosely typed, since it is there to be spoilt. */
type LooseMap = Record<string, unknown>;

export interface LooseConfig extends LooseMap {
  plan: string;
  organization: LooseMap;
  folders: Record<string, LooseMap>;
  projects: Record<string, LooseMap>;
  testCase: LooseMap;
}

export type Change = (config: LooseConfig) => unknown;

export function goodConfig(): LooseConfig {
  return {
    plan: "enhanced",
    organization: {
      id: "123456789012",
      administrators: ["group:support-admins@example.com"],
      editors: ["group:sre@example.com"],
      contacts: { security: ["security@example.com"] },
    },
    folders: { "456789012345": { contactViewers: ["group:shop-leads@example.com"] } },
    projects: { "shop-dev": { editors: ["user:ada@example.com"] }, "pay-dev": {} },
    testCase: { project: "shop-dev" },
  };
}

export function changed(change: Change): LooseConfig {
  const config = goodConfig();
  change(config);
  return config;
}

/** The errors for the user of a stack, a line for each problem. */
export function errorsOf(document: unknown): string[] {
  const { problems } = check(document);
  return problems.length === 0 ? [] : new ConfigError("customer-care", problems).message.split("\n");
}

/** Faults by their description: the change that causes each, and its error. */
export type Faults = Record<string, readonly [change: Change, error: string]>;

/** Tests that each fault alone causes its one error. */
export function eachAlone(faults: Faults): void {
  for (const [what, [change, error]] of Object.entries(faults))
    it(what, () => assert.deepEqual(errorsOf(changed(change)), [`customer-care:${error}`]));
}

/** The keys of each map, as an error lists them. */
export const keys = {
  config: "plan, valueAddedServices, organization, folders, projects, testCase, acknowledge, fleet or shard",
  organization: "domain, id, administrators, editors, contactAdministrators, contactViewers, contacts or supportEvents",
  folder: "folderId, editors, contactAdministrators, contactViewers, contacts or everyProject",
  project: "projectId, services, alerts, editors, contactAdministrators, contactViewers or contacts",
  testCase:
    "project, organization, classification, displayName, description, errorMessage, priority, channel, language, " +
    "businessImpact, vmInstances, thirdPartyAuthorization, timeZone, subscriberEmailAddresses, " +
    "comments, attachments, escalation, adopt, closeOnDestroy, ignoreCases, keepOpen or realCase",
};

/** The plans, as an error lists them. */
export const planList = "basic, standard, enhanced or premium";

/** The plans with a feature, as an error lists them, such as `Enhanced or Premium Support`. */
export function supportWith(isIncluded: (plan: Plan) => boolean): string {
  const names = Object.values<Plan>(plans).flatMap((plan) => (isIncluded(plan) ? [plan.displayName] : []));
  return `${names.join(", ").replace(/, ([^,]*)$/, " or $1")} Support`;
}

/** The categories, as an error lists them. */
export const categories =
  "all, suspension, security, technical, billing, legal, product-updates or technical-incidents";

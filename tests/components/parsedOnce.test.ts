/** A config, and a component's args, are parsed once, and their model is built once, whatever comes of them. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare, EssentialContacts, ProjectServices, withEveryProject } from "../../components/index.ts";
import type { CustomerCareArgs } from "../../components/index.ts";
import { notificationCategoryNames } from "../../guide/index.ts";
import { check, stackConfig, withAlertAddresses } from "../../onboarding/index.ts";
import { folder, organization, project, schema, testCase } from "../../onboarding/schema.ts";
import { resources, useMocks } from "./mocks.ts";

const ids = Array.from({ length: 100 }, (_, index) => `shop-${String(index).padStart(3, "0")}`);
const projects = Object.fromEntries(
  ids.map((id) => [id, { contacts: { security: ["security@example.com"] }, editors: ["user:ada@example.com"] }]),
);
const args: CustomerCareArgs = { plan: "enhanced", projects, testCase: { project: "shop-000" } };

/** Creates what the config of a stack contains. */
async function deployConfig(config: object): Promise<void> {
  const before = { ...pulumi.runtime.allConfig() };
  const texts = Object.entries(config).map(([key, value]: [string, unknown]): [string, string] => [
    `customer-care:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts));
  try {
    new CustomerCare("care", await withEveryProject("care", stackConfig()));
  } finally {
    pulumi.runtime.setAllConfig(before);
  }
  const made = await resources();
  assert.equal(made.filter(({ type }) => type === "gcp:essentialcontacts/contact:Contact").length, 100);
}

beforeEach(() => useMocks());
afterEach(() => vi.restoreAllMocks());

describe("a stack's config, or a component's args", () => {
  function counted() {
    const spies = [schema, organization, folder, project, testCase].map((one) => vi.spyOn(one, "safeParse"));
    // Only the model filters these names: once for each of its contacts.
    const { mock: contacts } = vi.spyOn(notificationCategoryNames, "filter");
    return () => ({
      parses: spies.reduce((sum, { mock }) => sum + mock.calls.length, 0),
      contactsOfModels: contacts.calls.length,
    });
  }

  it("is parsed once, and its model is built once, for 100 projects with a contact each and a test case", async () => {
    const counts = counted();
    await deployConfig(args);
    assert.deepEqual(counts(), { parses: 1, contactsOfModels: 100 });
  });

  it("is parsed and built once for a CustomerCare of a landing zone", async () => {
    const counts = counted();
    new CustomerCare("care", await withEveryProject("care", args));
    await resources();
    assert.deepEqual(counts(), { parses: 1, contactsOfModels: 100 });
  });

  it("is parsed and built once for a component used alone, by its part", async () => {
    const counts = counted();
    new EssentialContacts("audit", { projectId: "shop-dev", contacts: { legal: ["legal@example.com"] } });
    new ProjectServices("shop", { projectId: "shop-dev" });
    await resources();
    assert.deepEqual(counts(), { parses: 2, contactsOfModels: 1 });
  });

  it("has the contacts of a folder once, for the folder and for the alerts of everyProject", () => {
    const counts = counted();
    const contacts = { technical: ["oncall@example.com"] };
    const everyProject = { alerts: { serviceHealth: { notify: "contacts" } } };
    const { config } = check({ plan: "basic", folders: { "456789012345": { contacts, everyProject } } });
    const { folders } = withAlertAddresses(config ?? assert.fail());
    assert.deepEqual(folders?.["456789012345"]?.everyProject?.alerts?.serviceHealth.notify, ["oncall@example.com"]);
    assert.deepEqual(counts(), { parses: 1, contactsOfModels: 1 });
  });

  it("is parsed again if the program has changed it since", async () => {
    const checked = await withEveryProject("care", args);
    (checked.projects as Record<string, object>)["shop-live"] = {};
    (checked.projects as Record<string, object>)["Shop"] = {};
    assert.throws(() => new CustomerCare("care", checked), /care:projects\.Shop: "Shop" is not a project ID/);
  });
});

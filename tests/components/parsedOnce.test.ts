/** A config, and a component's args, are parsed once, whatever comes of them. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, vi } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare, EssentialContacts, ProjectServices, withEveryProject } from "../../components/index.ts";
import type { CustomerCareArgs } from "../../components/index.ts";
import { stackConfig } from "../../onboarding/index.ts";
import { folder, organization, project, schema, testCase } from "../../onboarding/schema.ts";
import { resources, useMocks } from "./mocks.ts";

const ids = Array.from({ length: 100 }, (_, index) => `shop-${String(index).padStart(3, "0")}`);
const projects = Object.fromEntries(
  ids.map((id) => [id, { contacts: { security: ["security@example.com"] }, editors: ["user:ada@example.com"] }]),
);
const args: CustomerCareArgs = { plan: "enhanced", projects, testCase: { project: "shop-000" } };

describe("the schema", () => {
  beforeEach(() => useMocks());
  afterEach(() => vi.restoreAllMocks());

  function counted() {
    const spies = [schema, organization, folder, project, testCase].map((one) => vi.spyOn(one, "safeParse"));
    return () => spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  }

  it("parses a stack's config once, for 100 projects and a test case", async () => {
    const parses = counted();
    const before = { ...pulumi.runtime.allConfig() };
    const texts = Object.entries(args).map(([key, value]: [string, unknown]): [string, string] => [
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
    assert.equal(parses(), 1);
  });

  it("parses the args of a CustomerCare once", async () => {
    const parses = counted();
    new CustomerCare("care", args);
    await resources();
    assert.equal(parses(), 1);
  });

  it("parses the args of a component used alone once, by its part", async () => {
    const parses = counted();
    new EssentialContacts("audit", { projectId: "shop-dev", contacts: { legal: ["legal@example.com"] } });
    new ProjectServices("shop", { projectId: "shop-dev" });
    await resources();
    assert.equal(parses(), 2);
  });

  it("parses args again that a program has changed since", async () => {
    const checked = await withEveryProject("care", args);
    (checked.projects as Record<string, object>)["shop-live"] = {};
    (checked.projects as Record<string, object>)["Shop"] = {};
    assert.throws(() => new CustomerCare("care", checked), /care:projects\.Shop: "Shop" is not a project ID/);
  });
});

/** Programs with each component pass their unit tests with Pulumi's mocks, as people usually write them. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import {
  CustomerCare,
  EssentialContacts,
  ProjectServices,
  SupportAccess,
  TestSupportCase,
} from "../../components/index.ts";

type Mocks = pulumi.runtime.Mocks;
type Inputs = Record<string, unknown>;

/** What people write, from Pulumi's documentation and from its examples. */
const newResources: Readonly<Record<string, Mocks["newResource"]>> = {
  "the inputs": (args) => ({ id: `${args.name}_id`, state: args.inputs as Inputs }),
  "a copy of the inputs": (args) => ({ id: `${args.name}-id`, state: { ...(args.inputs as Inputs) } }),
  nothing: (args) => ({ id: `${args.name}_id`, state: {} }),
  "no ID": (args) => ({ id: undefined, state: args.inputs as Inputs }),
  "an ID for all": (args) => ({ id: "12345", state: { ...(args.inputs as Inputs), name: args.name } }),
};

const calls: Readonly<Record<string, Mocks["call"]>> = {
  "the arguments": (args) => args.inputs as Inputs,
  "the whole call": (args) => args,
  nothing: () => ({}),
};

/** A landing zone that creates the projects that it onboards, by each property that could be meant as an ID. */
function program(): pulumi.Output<unknown>[] {
  const folder = new gcp.organizations.Folder("shop", { displayName: "Shop", parent: "organizations/123456789012" });
  const project = new gcp.organizations.Project("shop-dev", { projectId: "shop-dev", name: "Shop development" });
  const bots = ["one", "two"].map((name) => new gcp.serviceaccount.Account(name, { accountId: `${name}-bot` }));
  const members = Object.fromEntries(
    bots.map(({ email }, index) => [`bot${String(index)}`, pulumi.interpolate`serviceAccount:${email}`]),
  );
  const care = new CustomerCare("care", {
    plan: "enhanced",
    organization: {
      domain: "example.com",
      administrators: ["group:admins@example.com"],
      contacts: { security: ["security@example.com"] },
    },
    folders: {
      shop: { folderId: folder.folderId, editors: ["group:leads@example.com"] },
      shopById: { folderId: folder.id, contacts: { legal: ["legal@example.com"] } },
    },
    projects: {
      "shop-dev": { projectId: project.projectId, editors: members, contacts: { technical: ["oncall@example.com"] } },
      byId: { projectId: project.id },
      byNumber: { projectId: project.number, contactViewers: members },
    },
    testCase: { project: "shop-dev" },
  });
  const place = { projectId: project.projectId };
  const services = new ProjectServices("alone", place);
  const access = new SupportAccess("alone", { ...place, editors: members });
  const contacts = new EssentialContacts("alone", { folderId: folder.name, contacts: { legal: ["l@example.com"] } });
  const testCase = new TestSupportCase("alone", { ...place, keepOpen: true });
  const { caseName, state, consoleLink } = testCase;
  return [
    care.checklist,
    care.testCase?.caseName ?? assert.fail(),
    services.projectId,
    services.services,
    access.resourceName,
    contacts.resourceName,
    caseName,
    state,
    consoleLink,
    care.urn,
  ];
}

const promiseOf = <Value>(output: pulumi.Output<Value>) =>
  (output as unknown as { promise(): Promise<Value | undefined> }).promise();

describe("a unit test with Pulumi's mocks", () => {
  for (const [state, newResource] of Object.entries(newResources))
    for (const [reply, call] of Object.entries(calls))
      for (const preview of [undefined, true])
        it(`that return ${state}, and for a call ${reply}, passes${preview ? " as a preview" : ""}`, async () => {
          await pulumi.runtime.setMocks({ newResource, call }, undefined, undefined, preview);
          const values = await Promise.all(program().map(promiseOf));
          await pulumi.runtime.disconnect();
          if (preview === undefined) assert.ok(values.every((value) => value !== undefined));
        });

  it("reads what the component registers: its case has the place, and its name and state", async () => {
    const registered: { type: string; inputs: Inputs }[] = [];
    await pulumi.runtime.setMocks({
      newResource: (args) => {
        registered.push({ type: args.type, inputs: args.inputs as Inputs });
        return { id: `${args.name}_id`, state: args.inputs as Inputs };
      },
      call: (args) => args.inputs as Inputs,
    });
    const { caseName, state } = new TestSupportCase("case", { projectId: "shop-dev" });
    assert.deepEqual(await Promise.all([caseName, state].map(promiseOf)), ["projects/shop-dev/cases/mocked", "CLOSED"]);
    await pulumi.runtime.disconnect();
    const [supportCase] = registered.filter(({ type }) => type.endsWith(":SupportCase"));
    assert.equal(supportCase?.inputs["parent"], "projects/shop-dev");
  });

  it("still refuses a wrong config at once", async () => {
    await pulumi.runtime.setMocks({ newResource: () => ({ id: "x", state: {} }), call: () => ({}) });
    assert.throws(
      () => new TestSupportCase("case", { projectId: "projects/shop-dev" }),
      /write the project's ID alone/,
    );
  });
});

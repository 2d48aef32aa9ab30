/** What CustomerCare declares: names, kinds, parents, in a program and in a landing zone that knows ids only later. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { CustomerCare } from "../../components/index.ts";
import type { CustomerCareArgs } from "../../components/index.ts";
import { planNames } from "../../guide/index.ts";
import { resources, useMocks } from "./mocks.ts";
import { withoutSection } from "../support/section.ts";

const planList = `${planNames.slice(0, -1).join(", ")} or ${planNames.at(-1) ?? ""}`;

const args: CustomerCareArgs = {
  plan: "enhanced",
  organization: {
    id: "123456789012",
    administrators: ["group:admins@example.com"],
    contacts: { security: ["security@example.com"] },
  },
  folders: { "456789012345": { editors: ["group:leads@example.com"] } },
  projects: {
    "shop-dev": {
      editors: ["user:ada@example.com"],
      contacts: { "Oncall@example.com": { categories: ["legal", "all"] } },
    },
    payments: { projectId: "pay-dev", services: [] },
  },
  testCase: { project: "shop-dev" },
};

const knownLater =
  "is an Output or a Promise; write a plain value: only projectId, folderId, the organization's id, the project of supportEvents, named members and notification channels can be Outputs";

/** A careless program's own object in place of an ID; the mocks never get it. */
const someResource = Object.create(pulumi.Resource.prototype, { __pulumiResource: { value: true } }) as pulumi.Resource;

const line = ({ type, name }: { type: string; name: string }) => `${type} ${name}`;

describe("CustomerCare", () => {
  beforeEach(() => useMocks());

  it("names each child from its meaning", async () => {
    new CustomerCare("care", args);
    assert.deepEqual(
      (await resources()).map(line),
      [
        "customer-care:index:CustomerCare care",
        "gcp:folder/iAMMember:IAMMember care/folders/456789012345/editors/group:leads@example.com",
        "customer-care:index:SupportAccess care",
        "customer-care:index:EssentialContacts care",
        "gcp:organizations/iAMMember:IAMMember care/organization/administrators/group:admins@example.com",
        "gcp:essentialcontacts/contact:Contact care/organization/security@example.com",
        "customer-care:index:ProjectServices care/projects/pay-dev",
        "customer-care:index:ProjectServices care/projects/shop-dev",
        "gcp:projects/service:Service care/projects/shop-dev/cloudsupport.googleapis.com",
        "gcp:projects/iAMMember:IAMMember care/projects/shop-dev/editors/user:ada@example.com",
        "gcp:projects/service:Service care/projects/shop-dev/essentialcontacts.googleapis.com",
        "gcp:essentialcontacts/contact:Contact care/projects/shop-dev/oncall@example.com",
        "gcp:projects/service:Service care/projects/shop-dev/servicehealth.googleapis.com",
        "customer-care:index:TestSupportCase care/testCase",
        "pulumi-nodejs:dynamic/customercare:SupportCase care/testCase",
        "pulumi:index:Stash care/testCase",
      ].sort((one, other) => (key(one) < key(other) ? -1 : 1)),
    );
  });

  it("grants by member alone, never by binding or policy, and never disables a service", async () => {
    new CustomerCare("care", args);
    const all = await resources();
    assert.ok(!all.some(({ type }) => /IAM(Binding|Policy|AuditConfig)/.test(type)));
    const services = all.filter(({ type }) => type === "gcp:projects/service:Service");
    assert.equal(services.length, 3);
    for (const { inputs } of services) assert.equal(inputs["disableOnDestroy"], false);
  });

  it("writes a contact's categories in the API's order, each once", async () => {
    new CustomerCare("care", args);
    const contact = (await resources()).find(({ name }) => name === "care/projects/shop-dev/oncall@example.com");
    assert.deepEqual(contact?.inputs, {
      parent: "projects/shop-dev",
      email: "oncall@example.com",
      notificationCategorySubscriptions: ["ALL", "LEGAL"],
      languageTag: "en",
    });
  });

  it("creates nothing for a part that is absent", async () => {
    new CustomerCare("care", { plan: "basic" });
    assert.deepEqual((await resources()).map(line), ["customer-care:index:CustomerCare care"]);
  });

  it("finds the organization by its domain", async () => {
    new CustomerCare("care", {
      plan: "standard",
      organization: { domain: "example.com", editors: ["group:sre@example.com"] },
    });
    const grant = (await resources()).find(({ type }) => type === "gcp:organizations/iAMMember:IAMMember");
    assert.deepEqual(grant?.inputs, {
      orgId: "123456789012",
      role: "roles/cloudsupport.techSupportEditor",
      member: "group:sre@example.com",
    });
  });

  it("takes Outputs where a landing zone has them, and names its resources for them all the same", async () => {
    new CustomerCare("care", {
      plan: "enhanced",
      organization: { id: pulumi.output("123456789012") },
      folders: { shop: { folderId: pulumi.output("456789012345"), editors: ["group:leads@example.com"] } },
      projects: {
        shop: {
          projectId: pulumi.output("shop-dev"),
          editors: { deployer: pulumi.output("serviceAccount:Deploy@shop-dev.iam.gserviceaccount.com") },
        },
      },
      testCase: { project: "shop" },
    });
    const all = await resources();
    const inputs = (name: string) => all.find((one) => one.name === name)?.inputs;
    assert.deepEqual(inputs("care/projects/shop/editors/deployer"), {
      project: "shop-dev",
      role: "roles/cloudsupport.techSupportEditor",
      member: "serviceAccount:deploy@shop-dev.iam.gserviceaccount.com",
    });
    assert.deepEqual(inputs("care/folders/shop/editors/group:leads@example.com"), {
      folder: "folders/456789012345",
      role: "roles/cloudsupport.techSupportEditor",
      member: "group:leads@example.com",
    });
    assert.equal(all.find(({ type }) => type.endsWith(":SupportCase"))?.inputs["parent"], "projects/shop-dev");
  });

  it("takes a project under any name, that of a role too", async () => {
    new CustomerCare("care", { plan: "enhanced", projects: { editors: { projectId: "shop-dev", services: [] } } });
    assert.deepEqual((await resources()).map(line), [
      "customer-care:index:CustomerCare care",
      "customer-care:index:ProjectServices care/projects/shop-dev",
    ]);
  });

  it("can be created twice in one program", async () => {
    new CustomerCare("one", args);
    new CustomerCare("two", args);
    const names = (await resources()).map(line);
    assert.equal(new Set(names).size, names.length);
    assert.equal(names.length, 32);
  });

  it("gives the checklist with the case, as rows", async () => {
    const { checklist } = new CustomerCare("care", args);
    const rows = await new Promise<readonly { row: string; where: string; status: string }[]>((resolve) => {
      checklist.apply(resolve);
    });
    await resources();
    const rowsAt = (where: string) =>
      rows.filter((row) => row.where === where).map(({ row, status }) => `${row} ${status}`);
    assert.deepEqual(rowsAt("projects/pay-dev").slice(0, 3), [
      "G2 project see the link",
      "G2 services not configured",
      "G3 editor not configured",
    ]);
    assert.ok(rowsAt("projects/shop-dev").includes("G4 test case done"));
  });

  for (const [what, wrong, message] of [
    ["an unknown plan", { ...args, plan: "gold" }, `care:plan: "gold" is not a plan; write ${planList}`],
    ["no args", undefined, `care:plan: is missing; write ${planList}`],
    [
      "a key that it does not have, and lists those that it has",
      { ...args, region: "europe" },
      'care:region: "region" is not a key here; write plan, valueAddedServices, organization, folders, projects, testCase or acknowledge',
    ],
    [
      "a member under a name",
      { ...args, projects: { "shop-dev": { editors: { lead: "lead@example.com" } } } },
      'care:projects.shop-dev.editors.lead: "lead@example.com" has no kind; write "user:lead@example.com" or "group:lead@example.com"',
    ],
    [
      "Outputs where names in the state come from the value, each once",
      {
        plan: "enhanced",
        projects: {
          "shop-dev": {
            editors: ["user:ada@example.com", pulumi.output("user:bob@example.com")],
            contacts: { security: [Promise.resolve("security@example.com")] },
          },
          "pay-dev": { editors: pulumi.output(["user:ada@example.com"]) },
        },
        testCase: { project: "shop-dev", displayName: pulumi.output("Test issue") },
      },
      [
        "care:projects.shop-dev.editors[1]: is an Output or a Promise, which needs a name in the state; write it under a key, such as editors: { supportBot: … }",
        `care:projects.shop-dev.contacts.security[0]: ${knownLater}`,
        "care:projects.pay-dev.editors: is an Output or a Promise, which needs a name in the state; write it under a key, such as editors: { supportBot: … }",
        `care:testCase.displayName: ${knownLater}`,
      ].join("\n"),
    ],
    [
      "a value that is no plain data, which it would ignore",
      {
        plan: "enhanced",
        projects: { "shop-dev": { editors: new Set(["user:ada@example.com"]) }, shop: { projectId: someResource } },
        folders: new Map([["456789012345", {}]]),
      },
      [
        "care:projects.shop-dev.editors: is an object of the class Set; write only strings, lists and maps",
        "care:projects.shop.projectId: is a resource; write its projectId",
        "care:folders: is an object of the class Map; write only strings, lists and maps",
      ].join("\n"),
    ],
  ] as const)
    it(`refuses ${what} at once, by the component's name`, async () => {
      assert.throws(
        () => new CustomerCare("care", wrong as unknown as CustomerCareArgs),
        (error: unknown) => pulumi.RunError.isInstance(error) && withoutSection(error.message, "config") === message,
      );
      assert.deepEqual(await resources(), []);
    });
});

/** The order of `resources()`. */
const key = (text: string) => text.split(" ").reverse().join(" ");

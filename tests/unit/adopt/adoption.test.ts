/** What `care adopt` reports for each resource: it exists, it does not exist, or its existence is unknown. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { nextCommands } from "../../../care/adopt/commands.ts";
import { needsPerson } from "../../../care/adopt/adoption.ts";
import { jsonOf } from "../../../care/adopt/json.ts";
import { textOf } from "../../../care/adopt/text.ts";
import type { Managed, ManagedKind } from "../../../care/stack/managed.ts";
import { check } from "../../../onboarding/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { adopting, here, inBrief } from "./adopting.ts";
import { endLimitsWithoutReply } from "../../support/timeLimits.ts";

const organizationName = "organizations/123456789012";

let cloud: Cloud;
beforeAll(async () => void (cloud = await startCloud()));
afterAll(() => cloud.close());
beforeEach(() => cloud.reset());

function add(parent: string, id: number, email: string, categories = ["SECURITY"]) {
  const name = `${parent}/contacts/${String(id)}`;
  cloud.state.contacts.set(name, {
    name,
    email,
    notificationCategorySubscriptions: categories,
    languageTag: "en",
    validationState: "VALID" as const,
    validateTime: "2026-01-01T00:00:00Z",
  });
}

function assertNamesNoPermission(adoption: Awaited<ReturnType<typeof adopting>>): void {
  assert.doesNotMatch(textOf(adoption, here), /it takes/);
  assert.ok(adoption.notRead.length > 0);
  for (const { permission } of jsonOf(adoption, here).notRead) assert.equal(permission, null);
}

const threeLevels = {
  plan: "enhanced",
  organization: { id: "123456789012", editors: ["user:ada@example.com"], contacts: { security: ["a@example.com"] } },
  folders: { "456789012345": { editors: ["user:bob@example.com"], contacts: { security: ["b@example.com"] } } },
  projects: { "shop-dev": { services: [], editors: ["user:cy@example.com"] } },
};

describe("a member with a blank in its name", () => {
  it("is there, and left to the first update, as no import can name it", async () => {
    const member = "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/group/Support Leads";
    const config = {
      plan: "enhanced",
      projects: { "shop-dev": { services: [], editors: [member, "user:ada@example.com"] } },
    };
    const project = cloud.state.projects.get("shop-dev") ?? assert.fail();
    project.policy.bindings.push({
      role: "roles/cloudsupport.techSupportEditor",
      members: [member, "user:ada@example.com"],
    });
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(inBrief(adoption), [
      `blank-in-name projects/shop-dev roles/cloudsupport.techSupportEditor for ${member}`,
      "found projects/shop-dev roles/cloudsupport.techSupportEditor for user:ada@example.com",
    ]);
    assert.deepEqual(
      adoption.file?.resources.flatMap(({ id = [] }) => id),
      ["shop-dev roles/cloudsupport.techSupportEditor user:ada@example.com"],
    );
    assert.match(textOf(adoption, here), /create +[^]*Support\s+Leads/);
    assert.equal(needsPerson(adoption), false);
  });
});

describe("what may not be read", () => {
  it("is not known, and no absence is claimed, where a permission is missing at one level", async () => {
    const refusal = { code: 403, status: "PERMISSION_DENIED" as const, message: "The caller does not have permission" };
    cloud.faults.add({
      match: { rpc: "GetIamPolicy", path: "folders/", times: 9 },
      effect: { error: refusal },
    });
    const adoption = await adopting(cloud, { config: threeLevels });
    assert.deepEqual(inBrief(adoption), [
      `found ${organizationName} roles/cloudsupport.techSupportEditor for user:ada@example.com`,
      `missing ${organizationName} contact a@example.com`,
      "not-read folders/456789012345 roles/cloudsupport.techSupportEditor for user:bob@example.com",
      "missing folders/456789012345 contact b@example.com",
      "missing projects/shop-dev roles/cloudsupport.techSupportEditor for user:cy@example.com",
    ]);
    assert.deepEqual(
      adoption.notRead.map(({ what, where, permission }) => [what, where, permission]),
      [["the grants", "folders/456789012345", "resourcemanager.folders.getIamPolicy"]],
    );
    assert.equal(needsPerson(adoption), true);
    assert.match(textOf(adoption, here), /unread +folders\/456789012345\n +the grants could not be read: [^]*403/);
  });

  it("is everything for a caller without permissions, and there is nothing to import", async () => {
    const adoption = await adopting(cloud, { config: threeLevels, caller: "nobody" });
    assert.deepEqual([...new Set(adoption.outcomes.map(({ status }) => status))], ["not-read"]);
    assert.equal(adoption.file, undefined);
  });

  it("are contacts where the API is off on the quota project", async () => {
    cloud.state.projects.get("ops-admin")?.services.delete("essentialcontacts.googleapis.com");
    const adoption = await adopting(cloud, { config: threeLevels });
    assert.deepEqual(
      adoption.outcomes.filter(({ resource }) => resource.thing.kind === "contact").map(({ status }) => status),
      ["not-read", "not-read"],
    );
  });

  const byDomain = {
    plan: "enhanced",
    organization: {
      domain: "example.org",
      editors: ["user:ada@example.com"],
      contacts: { security: ["a@example.com"] },
    },
    folders: { "456789012345": { editors: ["user:bob@example.com"] } },
  };
  const unknown = [
    "not-read example.org roles/cloudsupport.techSupportEditor for user:ada@example.com",
    "not-read example.org contact a@example.com",
    "missing folders/456789012345 roles/cloudsupport.techSupportEditor for user:bob@example.com",
  ];
  const permission = "resourcemanager.organizations.get";

  it("is an organization that the caller does not see: all of it is unknown, and nothing of it is claimed", async () => {
    const adoption = await adopting(cloud, { config: byDomain });
    assert.deepEqual(inBrief(adoption), unknown);
    assert.deepEqual(
      adoption.notRead.map((reading) => [reading.where, reading.permission, reading.error?.message]),
      [["example.org", permission, 'no organization with the domain "example.org" is visible to the caller']],
    );
    assert.equal(needsPerson(adoption), true);
  });

  it("is an organization whose number the caller may not look for: so are its grants and contacts", async () => {
    const config = { ...byDomain, organization: { ...byDomain.organization, domain: "example.com" } };
    const refusal = { code: 403, status: "PERMISSION_DENIED" as const, message: "The caller does not have permission" };
    cloud.faults.add({ match: { rpc: "SearchOrganizations", times: 9 }, effect: { error: refusal } });
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(
      inBrief(adoption),
      unknown.map((line) => line.replace("example.org", "example.com")),
    );
    const text = textOf(adoption, here);
    assert.match(
      text,
      /^unknown +example\.com\n +roles\/cloudsupport\.techSupportEditor for user:ada@example\.com\n +contact/m,
    );
    assert.match(text, /^unread +example\.com\n[^]*\n +it takes resourcemanager\.organizations\.get$/m);
    assert.match(
      text,
      /^0 to import; 1 to create; 2 not known\. There is nothing to import of what\s+could\s+be\s+read\.\s+Some/m,
    );
  });

  it("includes an API that does not reply: it is called twice, and the other APIs count as read", async (t) => {
    cloud.faults.add({ match: { rpc: "ListContacts", times: 999 }, effect: "hang-before-effect" });
    endLimitsWithoutReply(cloud, "ListContacts", 10_000, t);
    const adoption = await adopting(cloud, { config: threeLevels });
    assert.deepEqual(
      adoption.outcomes.map(({ status, resource }) => `${status} ${resource.thing.kind}`),
      ["found grant", "not-read contact", "missing grant", "not-read contact", "missing grant"],
    );
    const asked = cloud.requests.filter(({ rpc }) => rpc === "ListContacts").length;
    assert.ok(asked <= 4, String(asked));
    assertNamesNoPermission(adoption);
  });

  it("names a permission only where one is missing: not where the quota project or the API refuses", async () => {
    for (const [code, status, reason] of [
      [403, "PERMISSION_DENIED", "USER_PROJECT_DENIED"],
      [403, "PERMISSION_DENIED", "SERVICE_DISABLED"],
      [403, "PERMISSION_DENIED", "SECURITY_POLICY_VIOLATED"],
      [400, "FAILED_PRECONDITION", undefined],
    ] as const) {
      const error = { code, status, message: "No", ...(reason && { reason }) };
      cloud.faults.add({ match: { rpc: "ListContacts", times: 9 }, effect: { error } });
      assertNamesNoPermission(await adopting(cloud, { config: threeLevels }));
      cloud.faults.clear();
    }
    const refusal = { code: 403, status: "PERMISSION_DENIED" as const, message: "No" };
    cloud.faults.add({ match: { rpc: "ListContacts", times: 9 }, effect: { error: refusal } });
    const adoption = await adopting(cloud, { config: threeLevels });
    assert.match(textOf(adoption, here), /it takes essentialcontacts\.contacts\.list/);
    assert.equal(jsonOf(adoption, here).notRead[0]?.permission, "essentialcontacts.contacts.list");
  });

  it("is refused as a whole where the credential is not accepted", async () => {
    await assert.rejects(adopting(cloud, { config: threeLevels, caller: "unheard-of" }), /401/);
  });
});

describe("every project below a folder", () => {
  const config = {
    plan: "enhanced",
    folders: { "456789012345": { everyProject: { services: [], editors: ["user:cy@example.com"] } } },
  };
  const editor = "roles/cloudsupport.techSupportEditor for user:cy@example.com";
  it("is looked at, those that are going excepted", async () => {
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(
      inBrief(adoption),
      ["pay-dev", "pay-prod", "shop-dev", "shop-prod", "shop-staging"].map((id) => `missing projects/${id} ${editor}`),
    );
  });
  it("is not known where the folder may not be read", async () => {
    const adoption = await adopting(cloud, { config, caller: "nobody" });
    assert.deepEqual(
      [adoption.outcomes, adoption.notRead.map(({ what, where }) => `${what} ${where}`), needsPerson(adoption)],
      [[], ["the projects below the folder folders/456789012345"], true],
    );
  });
});

describe("a contact", () => {
  const config = {
    plan: "enhanced",
    projects: { "shop-dev": { services: [], contacts: { security: ["a@example.com"] } } },
  };
  const parent = "projects/100000000001";

  it("is found by the project's ID, not by the number that Google has in its name", async () => {
    add(parent, 7, "a@example.com");
    const { outcomes } = await adopting(cloud, { config });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      [["found", "projects/shop-dev/contacts/7"]],
    );
  });

  it("in other letters cannot be taken, and is not among the rest", async () => {
    add(parent, 7, "A@Example.com");
    const { outcomes, left, file } = await adopting(cloud, { config });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      [["address-differs", undefined]],
    );
    assert.deepEqual([left, file], [[], undefined]);
  });

  it("that exists twice, in different letters, is imported in the config's", async () => {
    add(parent, 7, "A@example.com");
    add(parent, 8, "a@example.com");
    const { outcomes, left } = await adopting(cloud, { config });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      [["found", "projects/shop-dev/contacts/8"]],
    );
    assert.deepEqual(
      left.map((one) => one.kind === "contact" && one.email),
      ["A@example.com"],
    );
  });

  it("with its categories in another order differs in that alone, which needs no person", async () => {
    add(parent, 7, "a@example.com", ["LEGAL", "SECURITY"]);
    const both = { security: ["a@example.com"], legal: ["a@example.com"] };
    const adoption = await adopting(cloud, {
      config: { plan: "enhanced", projects: { "shop-dev": { services: [], contacts: both } } },
    });
    assert.deepEqual(inBrief(adoption), ["differs projects/shop-dev contact a@example.com order"]);
    assert.equal(needsPerson(adoption), false);
  });

  it("is found among thousands, page by page", async () => {
    for (let id = 2; id < 2500; id++) add(organizationName, id, `person-${String(id)}@example.com`);
    add(organizationName, 2500, "a@example.com");
    const { outcomes, left } = await adopting(cloud, {
      config: { plan: "enhanced", organization: { id: "123456789012", contacts: { security: ["a@example.com"] } } },
    });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      [["found", `${organizationName}/contacts/2500`]],
    );
    assert.equal(left.length, 2499);
  });
});

describe("the text", () => {
  it("shows what a terminal would obey, whoever wrote it", async () => {
    add("projects/100000000001", 1, "security@example.com");
    add("projects/100000000001", 2, "zoe\u202e@example.com\u001b[2J");
    const project = cloud.state.projects.get("shop-dev") ?? assert.fail();
    const condition = { title: "", description: "", expression: 'request.time\n\u009b1A < timestamp("2027")' };
    const members = ["user:cy@example.com"];
    project.policy.bindings.push({ role: "roles/cloudsupport.techSupportEditor", members, condition });
    const config = {
      plan: "enhanced",
      projects: {
        "shop-dev": {
          services: [],
          editors: ["user:ada@example.com"],
          contacts: { security: ["security@example.com"] },
        },
      },
    };
    const text = textOf(await adopting(cloud, { config }), here);
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}]/u);
    assert.match(text, /^ +contact zoe\\u\{202e\}@example\.com\\u\{1b\}\[2J$/m);
    assert.match(text, /if request\.time\\n\\u\{9b\}1A < /);
  });
});

describe("a grant", () => {
  const member = "user:contractor@partner.example";
  it("under a condition is another one than the config's", async () => {
    const config = { plan: "enhanced", organization: { id: "123456789012", editors: [member] } };
    const adoption = await adopting(cloud, { config });
    assert.deepEqual(inBrief(adoption), [
      `missing ${organizationName} roles/cloudsupport.techSupportEditor for ${member}`,
    ]);
    assert.ok(
      adoption.left.some((one) => one.kind === "grant" && one.member === member && one.condition !== undefined),
    );
  });

  it("is found for any kind of member, whatever is in its name", async () => {
    const members = [
      "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/attribute.team/on:call+é",
      "serviceAccount:shop-dev.svc.id.goog[prod/on-call]",
      "user:o'neill+support@example.com",
    ];
    cloud.state.projects
      .get("shop-dev")
      ?.policy.bindings.push({ role: "roles/cloudsupport.techSupportEditor", members });
    const { outcomes } = await adopting(cloud, {
      config: { plan: "enhanced", projects: { "shop-dev": { services: [], editors: members } } },
    });
    assert.deepEqual(
      outcomes.map(({ status, id }) => [status, id]),
      members.map((one) => ["found", `shop-dev roles/cloudsupport.techSupportEditor ${one}`]),
    );
  });
});

describe("what a stack has already", () => {
  const config = { plan: "enhanced", projects: { "shop-dev": { services: [], editors: ["user:ada@example.com"] } } };
  const claim = {
    resource: "projects/shop-dev" as const,
    thing: "roles/cloudsupport.techSupportEditor user:ada@example.com",
    urn: "urn:pulumi:prod::customer-care::a$b::c/user:ada@example.com",
  };
  it("is not imported, whether it is this stack or another", async () => {
    const own = await adopting(cloud, { config, states: { claims: [claim] } });
    assert.deepEqual(
      own.outcomes.map(({ status }) => status),
      ["in-stack"],
    );
    const others = await adopting(cloud, { config, states: { others: [{ name: "prod", claims: [claim] }] } });
    assert.deepEqual(
      others.outcomes.map(({ status, holders }) => [status, holders]),
      [["in-other-stack", [{ stack: "prod", urn: claim.urn }]]],
    );
  });
  it("is reported with the command by which each of the others forgets it", async () => {
    const others = ["prod", "a stack"].map((name) => ({ name, claims: [claim] }));
    const adoption = await adopting(cloud, { config, states: { others } });
    const [resource] = jsonOf(adoption, { ...here, cwd: "../program" }).resources;
    assert.equal(
      resource?.remedy,
      ["prod", "'a stack'"]
        .map((name) => `pulumi state delete '${claim.urn}' --stack ${name} --cwd ../program`)
        .join(" && "),
    );
    assert.match(
      textOf(adoption, here).replace(/\s+/g, " "),
      /stacks prod and a stack have it: .*docs\/how-to\/adopt\.md.* beginning with pulumi state delete 'urn:\S+' --stack prod &&/,
    );
  });
  it("is not known of a stack whose state cannot be read", async () => {
    const adoption = await adopting(cloud, { config, states: { others: [{ name: "prod", claims: undefined }] } });
    assert.deepEqual([adoption.unreadStacks, needsPerson(adoption)], [["prod"], true]);
  });
});

describe("what the stack has and the config does not", () => {
  const config = { plan: "enhanced", projects: { "shop-dev": { services: [], editors: ["user:ada@example.com"] } } };
  const role = "roles/cloudsupport.techSupportEditor";
  const managed = (kind: ManagedKind, resource: string, thing: string): Managed => ({
    kind,
    resource,
    thing,
    type: `type of ${kind}`,
    name: `customer-care/${thing}`,
    urn: `urn:pulumi:dev::customer-care::a$b::customer-care/${thing}`,
  });
  const states = (...all: readonly Managed[]) => ({ states: { managed: all } });

  it("is deleted by the next update, and is not left to others", async () => {
    cloud.state.projects.get("shop-dev")?.policy.bindings.push({ role, members: ["user:zoe@example.com"] });
    const adoption = await adopting(cloud, {
      config,
      ...states(
        managed("grant", "projects/shop-dev", `${role} user:ada@example.com`),
        managed("grant", "projects/shop-dev", `${role} user:zoe@example.com`),
        managed("service", "projects/pay-dev", "cloudsupport.googleapis.com"),
        managed("contact", "folders/456789012345", "leads@example.com"),
        managed("case", "projects/shop-dev", "projects/shop-dev/cases/43595345"),
      ),
    });
    assert.deepEqual(
      adoption.deletions.map(({ kind, resource, thing }) => `${kind} ${resource} ${thing}`),
      [
        `grant projects/shop-dev ${role} user:zoe@example.com`,
        "service projects/pay-dev cloudsupport.googleapis.com",
        "contact folders/456789012345 leads@example.com",
        "case projects/shop-dev projects/shop-dev/cases/43595345",
      ],
    );
    assert.ok(!adoption.left.some((one) => one.kind === "grant" && one.member === "user:zoe@example.com"));
    assert.equal(needsPerson(adoption), true);
    const text = textOf(adoption, here);
    assert.match(text, /^delete +projects\/shop-dev\n/m);
    assert.match(text, /; 4 to delete/);
    assert.match(text, /^ +pulumi state delete 'urn:\S+ user:zoe@example\.com' --stack dev$/m);
  });

  it("needs nobody where it is a service alone, which stays enabled", async () => {
    const adoption = await adopting(cloud, {
      config,
      ...states(managed("service", "projects/shop-dev", "cloudsupport.googleapis.com")),
    });
    assert.deepEqual([adoption.deletions.length, needsPerson(adoption)], [1, false]);
    assert.equal(jsonOf(adoption, here).deletions[0]?.remedy, null);
  });

  it("is not judged by a project's number, nor where the config's part is not known", async () => {
    const contact = managed("contact", "projects/100000000001", "security@example.com");
    const byNumber = {
      plan: "enhanced",
      projects: { "shop-dev": { services: [], contacts: { security: ["security@example.com"] } } },
    };
    assert.deepEqual((await adopting(cloud, { config: byNumber, ...states(contact) })).deletions, []);
    const everyProject = { plan: "enhanced", folders: { "456789012345": { everyProject: { services: [] } } } };
    const unread = { config: everyProject, caller: "nobody", ...states(contact) };
    assert.deepEqual((await adopting(cloud, unread)).deletions, []);
  });
});

describe("an open case that may be the test case", () => {
  const config = (more: object = {}) => ({
    plan: "enhanced",
    projects: { "shop-dev": { services: [] } },
    testCase: { project: "shop-dev", displayName: "Instances restart at night", ...more },
  });
  const gcp = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
  it("is suggested, with the command that adopts it", async () => {
    const adoption = await adopting(cloud, { config: config(), gcp });
    assert.deepEqual(
      adoption.cases.map(({ name, madeBy }) => [name, madeBy]),
      [["projects/shop-dev/cases/43595344", undefined]],
    );
    assert.match(
      textOf(adoption, here),
      /\n +pulumi config set --path 'customer-care:testCase\.adopt' projects\/shop-dev\/cases\/43595344 --stack dev\n/,
    );
    assert.equal(needsPerson(adoption), false);
  });
  it("is suggested with the keys to remove from the config, which is then valid and matches the existing case", async () => {
    const testCase = {
      keepOpen: true,
      timeZone: "Europe/Paris",
      subscriberEmailAddresses: ["shop-oncall@example.com"],
      priority: "P2",
      comments: ["Seen again"],
    };
    const given = config(testCase);
    const adoption = await adopting(cloud, { config: given, gcp });
    const [found] = jsonOf(adoption, { ...here, cwd: "../program" }).cases;
    const of = "--stack dev --cwd ../program";
    assert.deepEqual(found?.commands, [
      `pulumi config rm --path 'customer-care:testCase.timeZone' ${of}`,
      `pulumi config rm --path 'customer-care:testCase.keepOpen' ${of}`,
      `pulumi config rm --path 'customer-care:testCase.subscriberEmailAddresses' ${of}`,
      `pulumi config set --path 'customer-care:testCase.adopt' projects/shop-dev/cases/43595344 ${of}`,
    ]);
    assert.equal(
      found?.remark,
      '"Instances restart at night" is open; to adopt it instead of creating another, remove timeZone and keepOpen, ' +
        "which do not work with adopt, and subscriberEmailAddresses, which the case has with other values; add it again later; " +
        "pulumi up adds the config's comments to it",
    );
  });
  it("is adopted by commands that leave a config without a mistake, whatever the config asked of its own case", async () => {
    const testCase = {
      classification: "Technical Issue > Compute > Compute Engine",
      description: "a",
      errorMessage: "b",
      channel: "email",
      language: "ja",
      businessImpact: "c",
      vmInstances: "d",
      thirdPartyAuthorization: false,
      timeZone: "Europe/Paris",
      keepOpen: false,
      realCase: false,
      priority: "P4",
    };
    const adoption = await adopting(cloud, { config: config(testCase), gcp });
    const document: { testCase: Record<string, unknown> } = config(testCase);
    for (const command of jsonOf(adoption, here).cases.flatMap(({ commands }) => commands)) {
      const [, verb, key = "", value] =
        /^pulumi config (\w+) --path 'customer-care:testCase\.(\w+)' (\S+)/.exec(command) ?? [];
      if (verb === "rm") delete document.testCase[key];
      else document.testCase[key] = value;
      assert.deepEqual(check(document).problems, [], command);
    }
    assert.deepEqual(document.testCase, {
      project: "shop-dev",
      displayName: "Instances restart at night",
      adopt: "projects/shop-dev/cases/43595344",
    });
  });
  it("is only named where another stack has created it, which is refused", async () => {
    const one = cloud.state.cases.get("43595344") ?? assert.fail();
    const suggested = async (stack: string) => {
      one.description = `It happens.\n\nPulumi stack organization/customer-care/${stack}, resource customer-care/testCase, 1`;
      return jsonOf(await adopting(cloud, { config: config(), gcp }), here).cases.map((found) => [
        found.madeBy,
        found.commands.length,
      ]);
    };
    assert.deepEqual(await suggested("prod"), [["organization/customer-care/prod", 0]]);
    assert.deepEqual(await suggested("dev"), [["organization/customer-care/dev", 1]]);
  });
  it("is found with another title too where this stack has created it, as an earlier release can have another default", async () => {
    const one = cloud.state.cases.get("43595344") ?? assert.fail();
    const found = async (stack: string) => {
      one.description = `It happens.\n\nPulumi stack organization/customer-care/${stack}, resource customer-care/testCase, 1`;
      const { cases } = await adopting(cloud, { config: config({ displayName: "A later default" }), gcp });
      return cases.map(({ name, otherwise }) => [name, otherwise]);
    };
    assert.deepEqual(await found("dev"), [["projects/shop-dev/cases/43595344", ["displayName"]]]);
    assert.deepEqual(await found("prod"), []);
  });
  it("is not looked for once one is adopted, nor where the stack has its own", async () => {
    const adopted = config({ adopt: "projects/shop-dev/cases/43595344" });
    assert.deepEqual((await adopting(cloud, { config: adopted, gcp })).cases, []);
    const urn =
      "urn:pulumi:dev::customer-care::customer-care:index:CustomerCare$customer-care:index:TestSupportCase$pulumi-nodejs:dynamic/customercare:SupportCase::customer-care/testCase";
    assert.deepEqual((await adopting(cloud, { config: config(), gcp, states: { urns: new Set([urn]) } })).cases, []);
  });
  it("is another one if only its words are alike", async () => {
    const other = config({ displayName: "Instances restart" });
    assert.deepEqual((await adopting(cloud, { config: other, gcp })).cases, []);
  });
});

describe("what to run next", () => {
  it("names the file and the folder as they are seen from where the command was run", async () => {
    cloud.state.projects.get("shop-dev")?.services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
    const adoption = await adopting(cloud, { config: { plan: "enhanced", projects: { "shop-dev": {} } } });
    assert.deepEqual(nextCommands(adoption, { cwd: "../a program", file: "/tmp/a file.json" }), [
      "pulumi import --file '/tmp/a file.json' --protect=false --generate-code=false --stack dev --cwd '../a program'",
      "pulumi preview --stack dev --cwd '../a program'",
    ]);
    assert.deepEqual(nextCommands(adoption, here), []);
  });
  it("is no import where there is nothing to import, and the file has an empty list", async () => {
    const config = { plan: "enhanced", projects: { "shop-dev": { services: [], editors: ["user:cy@example.com"] } } };
    const adoption = await adopting(cloud, { config });
    assert.match(textOf(adoption, here), /\. There is nothing to import\.\n\npulumi preview --stack dev\n$/);
    assert.match(
      textOf(adoption, { ...here, file: "adopt.json" }).replace(/\s+/g, " "),
      /\. There is nothing to import: adopt\.json has an empty list of resources\. pulumi preview --stack dev $/,
    );
  });
});

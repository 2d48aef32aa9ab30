/** What Google would refuse is an error of the doctor and of the preview, and of nothing else: each kind that the local cloud enforces. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import type { jsonOf } from "../../care/doctor/examine.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { care } from "../support/care.ts";
import { commandLine } from "../support/commandLine.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { examined } from "../support/examination.ts";
import { writesSince } from "../support/writes.ts";

const organizationName = "organizations/123456789012";
const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";

const organizationOf = (cloud: Cloud) => cloud.state.organizations.get(organizationName) ?? assert.fail();
const projectOf = (cloud: Cloud, id: string) => cloud.state.projects.get(id) ?? assert.fail();

function withdraw(cloud: Cloud, ...roles: string[]): void {
  for (const binding of organizationOf(cloud).policy.bindings)
    if (roles.includes(binding.role)) binding.members = binding.members.filter((member) => member !== operator);
}

interface Obstacle {
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

const quota = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
const someContact = { contacts: { security: ["a@partner.example"] } };

const obstacles: readonly Obstacle[] = [
  {
    what: "a contact that exists",
    config: { organization: { domain: "example.com", contacts: { legal: ["Legal@example.com"] } } },
    finding: "contact-exists",
    message:
      /^customer-care:organization\.contacts: the contact legal@example\.com of organizations\/123456789012 already exists .*; run care adopt --stack test, .* pulumi import/m,
  },
  {
    what: "a contact that the policy of domains does not allow",
    config: { projects: { "shop-dev": someContact } },
    plant: (cloud) => void (organizationOf(cloud).allowedContactDomains = ["@example.com"]),
    finding: "contact-domain-restricted",
    message:
      /^customer-care:projects\.shop-dev\.contacts: the policy essentialcontacts\.allowedContactDomains of projects\/shop-dev does not allow contacts of @partner\.example \(got a@partner\.example\)/m,
  },
  {
    what: "a contact that the managed policy of domains does not allow",
    config: { folders: { "456789012345": someContact } },
    plant: (cloud) => void (organizationOf(cloud).managedContactDomains = ["@example.com"]),
    finding: "contact-domain-restricted",
    message:
      /^customer-care:folders\.456789012345\.contacts: the policy essentialcontacts\.managed\.allowedContactDomains/m,
  },
  {
    what: "a member of an organization that is not allowed",
    config: { projects: { "shop-dev": { editors: ["user:a@partner.example"] } } },
    plant: (cloud) => {
      const own = organizationOf(cloud);
      own.allowedPolicyMemberDomains = ["C0123abcd"];
      const other = { ...own, name: "organizations/2", id: "2", displayName: "partner.example" };
      cloud.state.organizations.set(other.name, { ...other, directoryCustomerId: "C0999" });
    },
    finding: "member-restricted",
    message:
      /^customer-care:projects\.shop-dev: the policy iam\.allowedPolicyMemberDomains of projects\/shop-dev does not/m,
  },
  {
    what: "a service account of another organization, by the managed policy of members",
    config: { projects: { "shop-dev": { editors: ["serviceAccount:x@other-prj.iam.gserviceaccount.com"] } } },
    plant: (cloud) => {
      const own = organizationOf(cloud);
      const principal = `//cloudresourcemanager.googleapis.com/${organizationName}`;
      own.allowedPolicyMembers = { allowedMemberSubjects: [], allowedPrincipalSets: [principal] };
      const other = { ...own, name: "organizations/2", id: "2", displayName: "partner.example" };
      cloud.state.organizations.set(other.name, { ...other, directoryCustomerId: "C0999" });
      const project = { ...projectOf(cloud, "shop-prod"), projectId: "other-prj", projectNumber: "200000000001" };
      cloud.state.projects.set("other-prj", { ...project, name: "projects/200000000001", parent: "organizations/2" });
      const email = "x@other-prj.iam.gserviceaccount.com";
      const name = `projects/other-prj/serviceAccounts/${email}`;
      cloud.state.serviceAccounts.set(email, { name, email, policy: project.policy });
    },
    finding: "member-restricted",
    message:
      /^customer-care:projects\.shop-dev: the policy iam\.managed\.allowedPolicyMembers of projects\/shop-dev does not/m,
  },
  {
    what: "a policy that has no room",
    config: { projects: { "shop-dev": { editors: ["user:a@example.com"] } } },
    plant: (cloud) => {
      const members = Array.from({ length: 1500 }, (_, index) => `user:m${String(index)}@example.com`);
      projectOf(cloud, "shop-dev").policy.bindings = [{ role: "roles/viewer", members }];
    },
    finding: "policy-full",
    message:
      /^customer-care:projects\.shop-dev: with 1 more, the policy of projects\/shop-dev would have 1501 members/m,
  },
  {
    what: "a permission to enable services that the caller lacks",
    config: { projects: { "shop-dev": {} } },
    plant: (cloud) => {
      withdraw(cloud, "roles/serviceusage.serviceUsageAdmin");
      projectOf(cloud, "ops-admin").policy.bindings.push({
        role: "roles/serviceusage.serviceUsageConsumer",
        members: [operator],
      });
    },
    finding: "permission-missing",
    message:
      /^customer-care:projects\.shop-dev: to enable services at projects\/shop-dev, this caller lacks serviceusage\.services\.enable/m,
  },
  {
    what: "a permission to make contacts that the caller lacks",
    config: { projects: { "shop-dev": { contacts: { security: ["security@example.com"] } } } },
    plant: (cloud) => withdraw(cloud, "roles/essentialcontacts.admin", "roles/resourcemanager.organizationAdmin"),
    finding: "permission-missing",
    message: /^customer-care:projects\.shop-dev: to manage contacts at projects\/shop-dev, this caller lacks /m,
  },
  {
    what: "a quota project that is not there",
    config: { projects: { "shop-dev": { contacts: { security: ["security@example.com"] } } } },
    gcp: { "gcp:userProjectOverride": "true", "gcp:billingProject": "nosuch-prj" },
    finding: "quota-project-denied",
    message: /^gcp:billingProject \(or GOOGLE_BILLING_PROJECT\): the caller cannot use the quota project "nosuch-prj"/m,
  },
  {
    what: "a project without billing",
    config: { projects: { "legacy-dev": {} } },
    isOfGuide: true,
    finding: "billing-disabled",
    message: /^customer-care:projects\.legacy-dev: the project "legacy-dev" has no billing account/m,
  },
  {
    what: "a project that is marked for deletion",
    config: { projects: { "gone-dev": {} } },
    finding: "project-not-active",
    message: /^customer-care:projects\.gone-dev: the project "gone-dev" is marked for deletion/m,
  },
  {
    what: "a project that does not exist",
    config: { projects: { "shop-live": {} } },
    finding: "project-not-visible",
    message: /^customer-care:projects\.shop-live: the project "shop-live" does not exist \(this caller would see it\)/m,
  },
];

/** The keys of a stack. */
const keysOf = ({ config, gcp = quota }: Pick<Obstacle, "config" | "gcp">) => ({
  ...gcp,
  "customer-care:plan": "enhanced",
  ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`customer-care:${key}`, value])),
});

describe("an update that Google would refuse", () => {
  let run: LocalRun;
  beforeAll(async () => {
    run = await localRun({ name: "refusals", config: keysOf({ config: {} }) });
  });
  beforeEach(() => run.cloud.reset());
  afterAll(() => run.close());

  for (const [index, { what, config, plant, gcp, finding, message, isOfGuide }] of obstacles.entries())
    it(`for ${what} is an error of the doctor and of the preview, and nothing is created`, async (t) => {
      const { cloud } = run;
      plant?.(cloud);
      await run.setConfig(keysOf({ config, ...(gcp && { gcp }) }));

      const byDoctor = await examined(cloud, { config: { plan: "enhanced", ...config }, gcp: gcp ?? quota });
      const errors = byDoctor.filter(({ level }) => level === "error").map(({ id }) => id);
      assert.deepEqual([...new Set(errors)], [finding], JSON.stringify(byDoctor, undefined, 2));

      for (const operation of ["preview", "up"] as const) {
        const first = cloud.requests.length;
        const { failed, messages } = await run[operation]();
        assert.equal(failed, true, `${operation}: ${messages.join("\n")}`);
        assert.match(messages.join("\n"), message);
        assert.deepEqual(writesSince(cloud, first), [], operation);
      }

      if (isOfGuide === true) return;
      const unchecked = await localRun({
        name: `refusalsUnchecked-${String(index)}`,
        cloud,
        program: join(import.meta.dirname, "programs", "unchecked.ts"),
        config: keysOf({ config, ...(gcp && { gcp }) }),
      });
      t.onTestFinished(() => unchecked.close());
      if (gcp !== undefined)
        unchecked.setEnvironment({ USER_PROJECT_OVERRIDE: "true", GOOGLE_BILLING_PROJECT: gcp["gcp:billingProject"] });
      assert.equal((await unchecked.up()).failed, true, "without the check, Google refuses it");
    });
});

describe("a caller with whom no update can work", () => {
  const config = {
    projects: { "shop-dev": { editors: ["user:a@example.com"], contacts: { legal: ["l@example.com"] } } },
  };
  const callers = [
    {
      what: "a person's credential without a quota project",
      token: "local-ada-token",
      messages: [
        /^gcp:billingProject: Google requires a quota project for contacts and support cases with a user's credentials, .*PROJECT_ID$/,
      ],
      isRefusedInPreview: true,
    },
    {
      what: "a credential that Google does not accept",
      token: "expired",
      messages: [/^credentials: Google rejects them, because they have expired or are invalid; run gcloud auth/],
      isRefusedInPreview: true,
    },
    {
      what: "a caller who sees no place",
      token: "local-nobody-token",
      messages: [/^customer-care: this caller cannot see any place of the config \(projects\/shop-dev\)/],
      inUpdate: [
        /^customer-care:projects\.shop-dev: the project "shop-dev" does not exist, or this caller has no role on it/,
      ],
      isRefusedInPreview: false,
    },
  ];
  for (const { what, token, messages, inUpdate = messages, isRefusedInPreview } of callers)
    it(`as ${what}, is reported in the preview, and nothing is created`, async (t) => {
      const run = await localRun({
        name: `refusals-${token}`,
        config: keysOf({ config, gcp: {} }),
        credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: token },
      });
      t.onTestFinished(() => run.close());
      for (const [operation, expected] of [
        ["preview", messages],
        ["up", inUpdate],
      ] as const) {
        const outcome = await run[operation]();
        const lines = outcome.messages.join("\n").split("\n");
        assert.equal(outcome.failed, operation === "up" || isRefusedInPreview, lines.join("\n"));
        for (const line of expected) assert.equal(lines.filter((one) => line.test(one)).length, 1, lines.join("\n"));
        assert.deepEqual(writesSince(run.cloud, 0), []);
      }
      const { deployment } = (await run.stack.exportStack()) as { deployment: { resources?: { type: string }[] } };
      assert.deepEqual(
        (deployment.resources ?? []).filter(({ type }) => type.startsWith("gcp:")),
        [],
      );
    });
});

describe("a caller with whom no change of a deployed stack can work", () => {
  const projects = { "shop-dev": { editors: ["user:a@example.com"], contacts: { legal: ["l@example.com"] } } };
  const testCase = { project: "shop-dev", keepOpen: true };
  const deployed = { projects, testCase };
  const edits = {
    "a contact gets a category": {
      projects: {
        "shop-dev": { ...projects["shop-dev"], contacts: { "l@example.com": { categories: ["legal", "billing"] } } },
      },
      testCase,
    },
    "the case gets a title": { projects, testCase: { ...testCase, displayName: "Another title" } },
    "the contact is removed": { projects: { "shop-dev": { editors: ["user:a@example.com"] } }, testCase },
    "the case is removed": { projects },
    "the contact, the grant and the case are removed": { projects: { "shop-dev": {} } },
    "everything is removed": {},
  };
  const callers = [
    ["a person's credential without a quota project", "local-ada-token", /gcp:billingProject: Google requires a quota/],
    ["a credential that Google does not accept", "expired", /credentials: Google rejects them/],
  ] as const;
  for (const [what, token, sentence] of callers)
    it(`as ${what}, is warned of it, and each change is refused in the preview`, async (t) => {
      const run = await localRun({ name: `refusalsDeployed-${token}`, config: keysOf({ config: deployed, gcp: {} }) });
      t.onTestFinished(() => run.close());
      const up = await run.up();
      assert.equal(up.failed, false, up.messages.join("\n"));
      run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: token });
      const first = run.cloud.requests.length;
      const said = ({ messages }: { readonly messages: readonly string[] }) =>
        messages
          .join("\n")
          .split("\n")
          .filter((line) => sentence.test(line)).length;

      const preview = await run.preview();
      assert.equal(preview.failed, false, preview.messages.join("\n"));
      assert.equal(said(preview), 1, preview.messages.join("\n"));
      for (const [edit, config] of Object.entries(edits)) {
        await run.setConfig(keysOf({ config, gcp: {} }));
        for (const operation of ["preview", "up"] as const) {
          const outcome = await run[operation]();
          assert.equal(outcome.failed, true, `${operation}: ${edit}`);
          assert.equal(said(outcome), 1, `${operation}: ${edit}: ${outcome.messages.join("\n")}`);
        }
      }
      assert.deepEqual(writesSince(run.cloud, first), []);
    });

  it("needs a quota project once, if one contact is new and another is deployed", async (t) => {
    const contacts = (emails: readonly string[]) => ({ projects: { "shop-dev": { contacts: { legal: emails } } } });
    const run = await localRun({
      name: "refusalsNewAndDeployed",
      config: keysOf({ config: contacts(["l@example.com"]), gcp: {} }),
    });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" });
    await run.setConfig(keysOf({ config: contacts(["l@example.com", "new@example.com"]), gcp: {} }));
    for (const operation of ["preview", "up"] as const) {
      const first = run.cloud.requests.length;
      const { failed, messages } = await run[operation]();
      assert.equal(failed, true, operation);
      assert.equal(messages.join("\n").split("requires a quota project").length, 2, messages.join("\n"));
      const asked = run.cloud.requests.slice(first).filter(({ path }) => /tokeninfo|userinfo/.test(path));
      assert.ok(asked.length <= 1, JSON.stringify(asked));
    }
  });

  it("has one error for all resources that it concerns", async (t) => {
    const all = (categories: readonly string[]) => ({
      projects: Object.fromEntries(
        ["shop-dev", "pay-dev"].map((project) => [
          project,
          { contacts: { [`${project}@example.com`]: { categories } } },
        ]),
      ),
    });
    const run = await localRun({ name: "refusalsOnce", config: keysOf({ config: all(["legal"]), gcp: {} }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "expired" });
    await run.setConfig(keysOf({ config: all(["legal", "billing"]), gcp: {} }));
    for (const words of [["preview"], ["up", "--yes", "--skip-preview", "--continue-on-error"]]) {
      const { code, text } = await commandLine(run, ...words);
      assert.notEqual(code, 0, text);
      // Before the diagnostics, the command line also writes each error as it comes.
      const [, diagnostics = ""] = text.split("Diagnostics:");
      assert.equal(diagnostics.split("credentials: Google rejects them").length, 2, text);
    }
  });

  it("a contact that somebody has deleted is not changed: the preview names the command that creates it again", async (t) => {
    const run = await localRun({ name: "refusalsGoneContact", config: keysOf({ config: { projects } }) });
    t.onTestFinished(() => run.close());
    assert.equal((await run.up()).failed, false);
    run.cloud.state.contacts.clear();
    await run.setConfig(keysOf({ config: { projects: edits["a contact gets a category"].projects } }));
    const first = run.cloud.requests.length;
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, true, operation);
      assert.match(
        messages.join("\n"),
        /the contact l@example\.com of .* was deleted outside of Pulumi; run pulumi up --refresh/,
      );
    }
    assert.deepEqual(writesSince(run.cloud, first), []);
    const { stdout } = await care(run, ["doctor", "--json"]);
    const { findings } = JSON.parse(stdout) as ReturnType<typeof jsonOf>;
    assert.deepEqual(
      findings.filter(({ level }) => level === "error").map(({ id, where, remedy }) => [id, where, remedy]),
      [["contact-gone", "projects/shop-dev", "run pulumi up --refresh, which creates it again"]],
    );
    const refreshed = await run.pulumi("up", "--refresh", "--yes", "--skip-preview");
    assert.equal(refreshed.failed, false, refreshed.messages.join("\n"));
    assert.equal([...run.cloud.state.contacts.values()].length, 1);
  });

  it("is not asked about the contacts of a component with a provider of its own: that provider's caller is", async (t) => {
    const config = (categories: readonly string[]) => ({
      "own:token": "local-operator-token",
      "own:categories": categories,
    });
    const run = await localRun({
      name: "refusalsOwnProvider",
      projectName: "own-provider",
      program: join(import.meta.dirname, "programs", "contactsProvider.ts"),
      config: config(["legal"]),
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: "expired" },
    });
    t.onTestFinished(() => run.close());
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    await run.setConfig(config(["legal", "billing"]));
    const changed = await run.up();
    assert.equal(changed.failed, false, changed.messages.join("\n"));

    run.cloud.state.contacts.clear();
    await run.setConfig(config(["legal"]));
    const first = run.cloud.requests.length;
    const preview = await run.preview();
    assert.equal(preview.failed, true);
    assert.match(
      preview.messages.join("\n"),
      /l@example\.com of .* was deleted outside of Pulumi; run pulumi up --refresh/,
    );
    const asked = run.cloud.requests.slice(first).filter(({ rpc }) => rpc === "GetContact");
    assert.deepEqual([...new Set(asked.map(({ status }) => status))], [404]);
  });

  it("is needed by a new test case alone, too", async (t) => {
    const config = { projects: { "shop-dev": { services: [] } }, testCase };
    const run = await localRun({
      name: "refusalsCaseAlone",
      config: keysOf({ config, gcp: {} }),
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" },
    });
    t.onTestFinished(() => run.close());
    projectOf(run.cloud, "shop-dev").services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, true, operation);
      assert.match(messages.join("\n"), /^gcp:billingProject: Google requires a quota project/m);
    }
    assert.deepEqual(writesSince(run.cloud, 0), []);
  });
});

describe("what an update creates", () => {
  const contact = { organization: { id: "123456789012", contacts: { legal: ["legal@example.com"] } } };
  const exists =
    /customer-care:organization\.contacts: the contact legal@example\.com of organizations\/123456789012 already exists/;

  it("is looked up before it is created, and never again", async (t) => {
    const run = await localRun({
      name: "refusalsAsked",
      config: keysOf({
        config: {
          organization: { id: "123456789012", contacts: { security: ["security@example.com"] } },
          projects: { "shop-dev": { editors: ["user:ada@example.com"] } },
        },
      }),
    });
    t.onTestFinished(() => run.close());
    const asked = (first: number) =>
      run.cloud.requests
        .slice(first)
        .map(({ rpc }) => rpc)
        .filter((rpc) => /^(TestIamPermissions|GetIamPolicy|ListContacts|GetEffectivePolicy)$/.test(rpc))
        .sort();
    assert.equal((await run.preview()).failed, false);
    const perConstraint = Array.from({ length: 5 }, () => "GetEffectivePolicy");
    assert.deepEqual(asked(0), [
      ...perConstraint,
      "GetIamPolicy",
      "ListContacts",
      "TestIamPermissions",
      "TestIamPermissions",
    ]);
    const up = await run.up();
    assert.equal(up.failed, false, up.messages.join("\n"));
    const first = run.cloud.requests.length;
    const { failed, messages, steps } = await run.preview();
    assert.deepEqual([failed, messages, steps, asked(first)], [false, [""], [], []]);

    // One that others create meanwhile, at a place that the stack has something at: the engine comes to it alone.
    await run.setConfig(
      keysOf({
        config: {
          organization: { id: "123456789012", contacts: { all: ["security@example.com", "legal@example.com"] } },
          projects: { "shop-dev": { editors: ["user:ada@example.com"] } },
        },
      }),
    );
    for (const operation of ["preview", "up"] as const) {
      const outcome = await run[operation]();
      assert.equal(outcome.failed, true, operation);
      assert.match(outcome.messages.join("\n"), exists);
    }
    const destroy = await run.pulumi("destroy", "--run-program", "--yes");
    assert.equal(destroy.failed, false, destroy.messages.join("\n"));
  });

  it("is not refused where transforms of a parent import it", async (t) => {
    const run = await localRun({
      name: "refusalsImported",
      program: join(import.meta.dirname, "programs", "importing.ts"),
      config: keysOf({ config: contact }),
    });
    t.onTestFinished(() => run.close());
    const refused = await run.preview();
    assert.equal(refused.failed, true);
    assert.match(refused.messages.join("\n"), exists);
    const [there = assert.fail()] = [...run.cloud.state.contacts.values()];
    await run.setConfig({
      ...keysOf({
        config: {
          organization: {
            ...contact.organization,
            contacts: { "legal@example.com": { categories: ["legal", "suspension"] } },
          },
        },
      }),
      "importing:contact": there.name,
    });
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, false, messages.join("\n"));
    }
    assert.deepEqual([...run.cloud.state.contacts.keys()].length, 1);
  });

  it("is created where the contacts cannot be listed; where one exists, Google's refusal comes with the way on", async (t) => {
    const run = await localRun({ name: "refusalsUnread", config: keysOf({ config: contact }) });
    t.onTestFinished(() => run.close());
    run.cloud.faults.add({ match: { rpc: "ListContacts", times: 99 }, effect: { error: { code: 403 } } });
    const preview = await run.preview();
    assert.equal(preview.failed, false, preview.messages.join("\n"));
    const { failed, messages } = await run.up();
    assert.equal(failed, true);
    assert.match(
      messages.join("\n"),
      /^customer-care\/organization\/legal@example\.com: the contact legal@example\.com of organizations\/123456789012 already exists .*; run care adopt --stack test/m,
    );
  });

  it("needs no quota project of a person where nothing in the config demands one, and the doctor finds no error", async (t) => {
    const config = { projects: { "shop-dev": { editors: ["user:lead@example.com"] } } };
    const run = await localRun({
      name: "refusalsPerson",
      config: keysOf({ config, gcp: {} }),
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" },
    });
    t.onTestFinished(() => run.close());
    const findings = await examined(run.cloud, { config: { plan: "enhanced", ...config }, caller: "ada" });
    assert.deepEqual(
      findings.filter(({ level }) => level !== "information"),
      [],
    );
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, false, messages.join("\n"));
    }
  });

  it("is no error in the preview of a caller who changes nothing, and one of that caller's update", async (t) => {
    const run = await localRun({
      name: "refusalsViewer",
      config: keysOf({ config: { projects: { "shop-dev": { editors: ["user:ada@example.com"] } } } }),
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: "local-auditor-token" },
    });
    t.onTestFinished(() => run.close());
    const preview = await run.preview();
    assert.deepEqual([preview.failed, preview.messages], [false, [""]]);
    const up = await run.up();
    assert.equal(up.failed, true);
    assert.match(
      up.messages.join("\n"),
      /^customer-care:projects\.shop-dev: to grant roles at projects\/shop-dev, this caller lacks /m,
    );
    assert.deepEqual(writesSince(run.cloud, 0), []);
  });

  it("may need a role that the same update grants the caller first", async (t) => {
    const run = await localRun({
      name: "refusalsGranted",
      config: keysOf({
        config: {
          projects: {
            "shop-dev": { contactAdministrators: [operator], contacts: { security: ["security@example.com"] } },
          },
        },
      }),
    });
    t.onTestFinished(() => run.close());
    withdraw(run.cloud, "roles/essentialcontacts.admin", "roles/resourcemanager.organizationAdmin");
    projectOf(run.cloud, "shop-dev").policy.bindings.push({
      role: "roles/resourcemanager.projectIamAdmin",
      members: [operator],
    });
    for (const operation of ["preview", "up"] as const) {
      const { failed, messages } = await run[operation]();
      assert.equal(failed, false, messages.join("\n"));
    }
  });
});

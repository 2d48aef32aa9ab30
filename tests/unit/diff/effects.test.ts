/** No step passes as if it had no effect: what `care diff` does not know by name comes first, and is of a kind of its own. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { recordedInputs, fixed, supportCaseTypes, unknownValue } from "../../../components/supportCase/properties.ts";
import { caseProperties } from "../../../care/diff/testCase.ts";
import { jsonOf } from "../../../care/diff/json.ts";
import { fewestCharacters, markdownOf } from "../../../care/diff/markdown.ts";
import { namedDiffs } from "../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../care/diff/readPreviews.ts";
import { testCaseDefaults } from "../../../guide/index.ts";
import { visible } from "../../../text/index.ts";
import { document, step, types } from "../../support/previews/steps.ts";
import type { StepOptions, WrittenStep } from "../../support/previews/steps.ts";

const diffsOf = (...steps: readonly WrittenStep[]) =>
  namedDiffs(
    readPreviews(document(steps), "test.json").map((preview) => ({ preview, stack: undefined, place: "test.json" })),
  );

const changesOf = (...steps: readonly WrittenStep[]) =>
  (jsonOf(diffsOf(...steps)).stacks[0]?.changes ?? []).map(({ kinds, text }) => ({ kinds, text }));

const grant = { project: "shop-dev", role: "roles/cloudsupport.techSupportEditor", member: "user:ada@example.com" };
const listed: Readonly<Record<string, Record<string, unknown>>> = {
  [types.projectGrant]: grant,
  [types.folderGrant]: { ...grant, project: undefined, folder: "456789012345" },
  [types.organizationGrant]: { ...grant, project: undefined, orgId: "123456789012" },
  "gcp:projects/iAMBinding:IAMBinding": { project: "shop-dev", role: "roles/logging.viewer", members: ["user:a@b.c"] },
  "gcp:projects/iAMPolicy:IAMPolicy": { project: "shop-dev", policyData: '{"bindings":[]}' },
  [types.contact]: {
    email: "a@example.com",
    notificationCategorySubscriptions: ["LEGAL"],
    parent: "projects/shop-dev",
  },
  [types.service]: { project: "shop-dev", service: "cloudsupport.googleapis.com", disableOnDestroy: false },
  [types.supportCase]: {
    parent: "projects/shop-dev",
    testCase: true,
    displayName: "Test",
    subscriberEmailAddresses: [],
  },
  [supportCaseTypes.packaged]: { parent: "projects/shop-dev", testCase: true, displayName: "Test" },
};

/** Names that no sentence knows, some of which another kind of resource has. */
const unlistedName = fc
  .oneof(
    fc.constantFrom(
      "attachment",
      "Escalation",
      "watchers",
      "comments2",
      "escalations",
      "deletion",
      "constructor",
      "toString",
    ),
    fc.string({ minLength: 1, maxLength: 12 }).filter((name) => !name.startsWith("__")),
  )
  .filter(
    (name) => !caseProperties.includes(name) && !Object.values(listed).some((inputs) => Object.hasOwn(inputs, name)),
  )
  .filter((name) => !["condition", "etag", "languageTag", "disableDependentServices", "deletionPolicy"].includes(name));

const value = fc.oneof(
  ...[fc.string({ minLength: 1 }), fc.constant(true), fc.integer({ min: 1 }), fc.array(fc.string(), { minLength: 1 })],
  ...[fc.constant("[secret]"), fc.constant(unknownValue), fc.record({ path: fc.constant("/etc/passwd") })],
);

/** A step in which the property appears, changes or goes. */
function steps(type: string, name: string, one: unknown, other: unknown): StepOptions[] {
  const inputs = listed[type] ?? {};
  const beforeOutputs = { ...inputs, name: "projects/shop-dev/cases/1", state: "NEW" };
  const having = { ...inputs, [name]: one };
  return [
    { before: inputs, beforeOutputs, after: having },
    { before: having, beforeOutputs, after: inputs },
    ...(JSON.stringify(one) === JSON.stringify(other)
      ? []
      : [{ before: having, beforeOutputs, after: { ...inputs, [name]: other } }]),
  ];
}

describe("a property that no sentence knows", () => {
  const isFirst = (written: WrittenStep, name: string) => {
    const diffs = diffsOf(written);
    const [stack] = jsonOf(diffs).stacks;
    // A resource that is replaced by itself may be lost, which comes before all else.
    const [first] = (stack?.changes ?? []).filter(({ kinds }) => !kinds.includes("perhaps-conflict"));
    assert.ok(first?.kinds.includes("unknown"), JSON.stringify(written));
    assert.match(first?.text ?? "", /does not know the effect of these changes:/);
    const markdown = markdownOf(diffs, 65_000);
    assert.match(markdown, /### Look at these first\n\n(- \*\*Perhaps a conflict.*\n)?- \*\*.*Unknown effect/, name);
    assert.doesNotMatch(markdown, /Nothing changes|No resource changes/);
    assert.match(markdownOf(diffs, fewestCharacters), /Unknown effect|left out|too many/);
  };

  it("comes first in an update, whichever kind of resource has it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(listed)), unlistedName, value, value, (type, name, one, other) => {
        for (const options of steps(type, name, one, other)) isFirst(step("update", type, options), name);
      }),
    );
  });

  it("comes first in a creation, an import, a replacement and a deletion, too", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(listed)), unlistedName, value, (type, name, one) => {
        const inputs = listed[type] ?? {};
        const having = { ...inputs, [name]: one };
        isFirst(step("create", type, { after: having }), name);
        isFirst(step("import", type, { after: having }), name);
        isFirst(step("delete", type, { before: having }), name);
        isFirst(step("replace", type, { before: inputs, after: having, replaceReasons: [name] }), name);
      }),
    );
  });

  it("of any other type comes first, by its type, its name and its properties", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((name) => !name.startsWith("__")),
        value,
        fc.constantFrom("create", "import", "update", "replace", "delete"),
        fc.constantFrom("gcp:storage/bucket:Bucket", "command:local:Command", "pulumi-nodejs:dynamic:Resource"),
        (name, one, op, type) => {
          const states = {
            ...(["create", "import"].includes(op) ? {} : { before: { location: "EU" } }),
            ...(op === "delete" ? {} : { after: { location: "EU", [name]: one } }),
          };
          const [change] = changesOf(step(op, type, { ...states, name: "backup" }));
          assert.equal(change?.kinds[0], "unknown");
          assert.match(change.text, new RegExp(`^${type}: 1 \\w+: backup`));
          if (op !== "update" && op !== "replace") return;
          assert.ok(change.text.includes(name === "location" ? "location" : cut(name)), change.text);
          assert.match(change.text, / becomes |does not show why/);
        },
      ),
    );
  });

  it("of any other type is counted, by its type", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        value,
        fc.constantFrom("create", "update", "replace", "delete"),
        (name, one, op) => {
          const [change] = changesOf(
            step(op, "gcp:storage/bucket:Bucket", {
              before: { location: "EU" },
              after: { location: "EU", [name]: one },
            }),
          );
          assert.match(change?.text ?? "", /^gcp:storage\/bucket:Bucket: 1 /);
        },
      ),
    );
  });
});

/** As the sentences show a text. */
const cut = (text: string) => [...visible(text)].slice(0, 200).join("");

const config = { "customer-care:organization": '{"domain":"example.com"}' };

/** The reports where the organization is example.com. */
function changesAtHome(...all: readonly WrittenStep[]) {
  const [preview] = readPreviews(document(all, { config }), "test.json");
  const named = namedDiffs([{ preview: preview ?? assert.fail(), stack: undefined, place: "test.json" }]);
  const [stack] = jsonOf(named).stacks;
  return (stack?.changes ?? []).map(({ kinds, text }) => ({ kinds, text }));
}

describe("text of a case", () => {
  const guides = { ...testCaseDefaults, parent: "projects/shop-dev", testCase: true, subscriberEmailAddresses: [] };
  const beforeOutputs = { ...guides, name: "projects/shop-dev/cases/1", state: "NEW" };
  const field = fc.constantFrom("displayName", "description", "errorMessage", "businessImpact", "vmInstances");
  const written = fc.oneof(fc.string({ minLength: 1 }), fc.constant("db password is hunter2"));

  it("leaves the organization where it is not the guide's, in a case that is created, replaced, taken over or changed", () => {
    fc.assert(
      fc.property(field, written, (name, own) => {
        fc.pre(own !== guides[name as keyof typeof guides]);
        const after = { ...guides, [name]: own };
        for (const one of [
          step("create", types.supportCase, { after }),
          step("create", types.supportCase, {
            after: { parent: guides.parent, adopt: "projects/a/cases/1", [name]: own },
          }),
          step("replace", types.supportCase, { before: guides, beforeOutputs, after, replaceReasons: [name] }),
          step("update", types.supportCase, { before: guides, beforeOutputs, after }),
          step("update", types.supportCase, {
            before: after,
            beforeOutputs: after,
            after: { ...after, [name]: `${own}2` },
          }),
        ]) {
          const [change] = changesAtHome(one);
          assert.ok(change?.kinds.includes("external"), JSON.stringify(one));
          assert.ok(change?.text.includes(cut(own)), change?.text);
        }
      }),
    );
  });

  it("does where it is a secret or not known yet", () => {
    for (const hidden of ["[secret]", unknownValue])
      assert.deepEqual(
        changesAtHome(step("create", types.supportCase, { after: { ...guides, errorMessage: hidden } }))[0]?.kinds,
        ["external"],
      );
  });

  it("stays where it is the guide's, or was sent already", () => {
    assert.deepEqual(changesAtHome(step("create", types.supportCase, { after: guides }))[0]?.kinds, []);
    const own = { ...guides, description: "Our own" };
    const changed = { before: own, beforeOutputs: { ...beforeOutputs, ...own }, after: { ...own, priority: "P3" } };
    assert.deepEqual(changesAtHome(step("update", types.supportCase, { ...changed }))[0]?.kinds, ["case-close"]);
  });

  it("goes to an agent where an update turns the case into a real one", () => {
    const open = { ...guides, keepOpen: true };
    for (const testCase of [false, "[secret]", unknownValue]) {
      const [change] = changesAtHome(
        step("update", types.supportCase, { before: open, beforeOutputs, after: { ...open, testCase } }),
      );
      assert.deepEqual(change?.kinds, ["external", "real-case"]);
      assert.match(change.text, /a real one, which a support agent gets/);
    }
  });
});

describe("somebody of another domain", () => {
  const domain = fc.oneof(
    fc.domain(),
    fc.constantFrom("evil.com", "sub.example.com", "example.com.evil.com", "xexample.com", "example.co"),
  );
  const wherever = fc.constantFrom(
    ...[types.projectGrant, types.folderGrant, types.organizationGrant],
    ...["gcp:storage/bucketIAMMember:BucketIAMMember", "gcp:serviceaccount/iAMMember:IAMMember"],
  );
  const role = fc.constantFrom(
    "roles/cloudsupport.techSupportEditor",
    "roles/logging.viewer",
    "roles/owner",
    "[secret]",
  );
  const kindsOf = (...all: readonly WrittenStep[]) => changesAtHome(...all)[0]?.kinds ?? [];

  it("gets a role first, and as what leaves the organization; one of its own domain does not", () => {
    fc.assert(
      fc.property(wherever, role, fc.constantFrom("user", "group", "domain"), domain, (type, given, kind, other) => {
        fc.pre(other.toLowerCase() !== "example.com");
        const at = (where: string) => ({
          project: "shop-dev",
          role: given,
          member: kind === "domain" ? `domain:${where}` : `${kind}:eve@${where}`,
        });
        const [away, home] = [at(other), at("example.com")];
        assert.ok(kindsOf(step("create", type, { after: away })).includes("external"), other);
        assert.ok(kindsOf(step("update", type, { before: home, after: away })).includes("external"), other);
        assert.ok(!kindsOf(step("create", type, { after: home })).includes("external"));
        assert.ok(!kindsOf(step("delete", type, { before: away })).includes("external"));
      }),
    );
  });

  it("becomes a contact, or gets more notifications, first", () => {
    fc.assert(
      fc.property(domain, (other) => {
        fc.pre(other.toLowerCase() !== "example.com");
        const contact = { parent: "projects/shop-dev", notificationCategorySubscriptions: ["LEGAL"] };
        const [away, home] = [
          { ...contact, email: `eve@${other}` },
          { ...contact, email: "ada@example.com" },
        ];
        const more = { ...away, notificationCategorySubscriptions: ["LEGAL", "SECURITY"] };
        for (const one of [
          step("create", types.contact, { after: away }),
          step("replace", types.contact, { before: home, after: away, replaceReasons: ["email"] }),
          step("update", types.contact, { before: home, after: away }),
          step("update", types.contact, { before: away, after: more }),
        ])
          assert.ok(kindsOf(one).includes("external"), JSON.stringify(one));
        assert.deepEqual(kindsOf(step("create", types.contact, { after: home })), []);
      }),
    );
  });

  it("is whoever is everyone, and perhaps a service account or whom the preview does not show", () => {
    const editor = (member: unknown) => ({ project: "p", role: "roles/cloudsupport.techSupportEditor", member });
    for (const member of [
      "allUsers",
      "allAuthenticatedUsers",
      "principalSet://goog/public:all",
      "[secret]",
      unknownValue,
    ])
      assert.deepEqual(kindsOf(step("create", types.projectGrant, { after: editor(member) })), ["external"]);
    const account = "serviceAccount:ci@other-project.iam.gserviceaccount.com";
    assert.deepEqual(kindsOf(step("create", types.projectGrant, { after: editor(account) })), ["external"]);
  });

  it("is recognized by the domain that another stack of the project has in its config", () => {
    const stackOf = (name: string, more: object, ...all: readonly WrittenStep[]) => {
      const [preview] = readPreviews(document(all, { ...more }), `${name}.json`);
      return { preview: preview ?? assert.fail(), stack: name, place: `${name}.json` };
    };
    const devWith = (member: string) =>
      stackOf("dev", {}, step("create", types.projectGrant, { after: { ...grant, member } }));
    const [own, other] = [devWith("user:ada@example.com"), devWith("user:ada@example.org")];
    const org = stackOf("org", { config }, step("same", types.service, { before: {}, after: {} }));
    const kinds = (diffs: ReturnType<typeof namedDiffs>) => diffs.map(({ changes }) => changes[0]?.kinds);
    assert.deepEqual(kinds(namedDiffs([own, org])), [[], undefined]);
    assert.deepEqual(kinds(namedDiffs([other, org])), [["external"], undefined]);
    // Without it, no member can be classified.
    assert.deepEqual(kinds(namedDiffs([other])), [[]]);
  });
});

describe("a resource outside of the guide that gives access", () => {
  for (const [type, after, kinds] of [
    ["gcp:cloudidentity/groupMembership:GroupMembership", { preferredMemberKey: { id: "spy@evil.com" } }, ["external"]],
    [
      "gcp:storage/bucketAccessControl:BucketAccessControl",
      { role: "OWNER", entity: "allUsers" },
      ["external", "privileged-grant"],
    ],
    [
      "gcp:storage/bucketAccessControl:BucketAccessControl",
      { role: "READER", entity: "user-spy@evil.com" },
      ["external"],
    ],
    ["gcp:bigquery/datasetAccess:DatasetAccess", { role: "READER", userByEmail: "spy@evil.com" }, ["external"]],
    [
      "google-native:cloudresourcemanager/v1:ProjectIamPolicy",
      { bindings: [{ role: "roles/owner", members: ["user:spy@evil.com"] }] },
      ["external", "privileged-grant"],
    ],
    [
      "google-native:storage/v1:BucketIamMember",
      { role: "roles/owner", member: "user:ada@example.com" },
      ["privileged-grant"],
    ],
    ["some:new/thing:Thing", { members: ["group:spies@evil.com"] }, ["external"]],
    [
      "some:new/thing:Thing",
      { policy: '{"bindings":[{"role":"roles/owner","members":["user:spy@evil.com"]}]}' },
      ["external", "privileged-grant"],
    ],
    ["gcp:orgpolicy/policy:Policy", { name: "organizations/1/policies/iam.allowedPolicyMemberDomains" }, []],
    ["gcp:projects/iAMAuditConfig:IAMAuditConfig", { service: "allServices" }, []],
  ] as const)
    it(`comes first with its properties: ${type} ${Object.keys(after).join(", ")}`, () => {
      const [change] = changesAtHome(step("create", type, { after, name: "it" }));
      assert.deepEqual(change?.kinds, ["unknown", ...kinds]);
      for (const name of Object.keys(after)) if (name !== "policy") assert.ok(change.text.includes(name), change.text);
    });
});

describe("a service that may be disabled later", () => {
  for (const service of ["cloudsupport.googleapis.com", "run.googleapis.com"])
    it(`comes first: ${service}`, () => {
      const before = { project: "shop-dev", service, disableOnDestroy: false };
      for (const name of ["disableOnDestroy", "disableDependentServices", "another"]) {
        const after = { ...before, [name]: true };
        for (const one of [
          step("update", types.service, { before, after }),
          step("create", types.service, { after }),
        ]) {
          const [change] = changesAtHome(one);
          assert.equal(change?.kinds[0], "unknown");
          assert.ok(change?.text.includes(name), change?.text);
        }
      }
      assert.deepEqual(changesAtHome(step("create", types.service, { after: before }))[0]?.kinds, []);
    });
});

describe("an update that shows no reason", () => {
  for (const [type, inputs] of Object.entries(listed))
    it(`of ${type} is reported as such first`, () => {
      const beforeOutputs = { ...inputs, name: "projects/shop-dev/cases/1", state: "NEW" };
      const whole = { ...inputs, keepOpen: true };
      const options = type.includes("SupportCase")
        ? { before: whole, beforeOutputs: { ...beforeOutputs, ...whole }, after: whole }
        : { before: inputs, after: inputs };
      const [change] = changesOf(step("update", type, options));
      assert.ok(change?.kinds.includes("unknown"), JSON.stringify(change));
      assert.match(change?.text ?? "", /the preview does not show why/);
    });
});

describe("a case's properties", () => {
  it("are those that the resource has", () => {
    for (const name of [...Object.keys(recordedInputs({ version: 1 } as never)), ...fixed])
      assert.ok(caseProperties.includes(name), name);
  });
});

describe("an addition to a case", () => {
  const inputs = {
    parent: "projects/shop-dev",
    displayName: "Down",
    priority: "P4",
    channel: "email",
    language: "en",
    testCase: true,
    keepOpen: true,
    subscriberEmailAddresses: [],
  };
  const outputs = { ...inputs, name: "projects/shop-dev/cases/1", state: "NEW" };
  const additions = {
    comments: ["See the log"],
    attachments: [{ path: "/etc/passwd", filename: "passwd", sha256: "00" }],
    escalation: { reason: "technicalExpertise", justification: "nobody answers" },
  };
  const words =
    /gets the comment See the log.*gets the file \/etc\/passwd.*is escalated \(the agent does not have the expertise: nobody answers\)/;

  it("is named first where the case is open already", () => {
    const [change] = changesOf(
      step("update", types.supportCase, { before: inputs, beforeOutputs: outputs, after: { ...inputs, ...additions } }),
    );
    assert.deepEqual(change?.kinds, ["external"]);
    assert.match(change.text, words);
  });

  it("is named where the case is new, replaced or taken over", () => {
    const after = { ...inputs, ...additions, subscriberEmailAddresses: ["eve@evil.example"] };
    for (const written of [
      step("create", types.supportCase, { after }),
      step("replace", types.supportCase, { before: inputs, beforeOutputs: outputs, after, replaceReasons: ["parent"] }),
      step("create", types.supportCase, {
        after: {
          ...additions,
          subscriberEmailAddresses: ["eve@evil.example"],
          parent: "projects/shop-dev",
          adopt: "projects/shop-dev/cases/2",
        },
      }),
    ]) {
      const [change] = changesOf(written);
      assert.ok(change?.kinds.includes("external"));
      assert.match(change?.text ?? "", words);
      assert.match(change?.text ?? "", /is also written to eve@evil\.example/);
    }
  });

  it("is not named again once it is done, and is where a value of it is a secret", () => {
    const done = {
      ...outputs,
      comments: ["See  the log"],
      attachments: [{ filename: "passwd", sha256: "00" }],
      escalated: true,
    };
    const before = { ...inputs, ...additions };
    const [change] = changesOf(
      step("update", types.supportCase, { before, beforeOutputs: done, after: { ...before, priority: "P3" } }),
    );
    assert.deepEqual(change?.kinds, []);
    assert.doesNotMatch(change.text, /comment|file|escalated/);
    for (const hidden of [{ comments: "[secret]" }, { comments: ["[secret]"] }, { attachments: unknownValue }]) {
      const [secret] = changesOf(
        step("update", types.supportCase, { before, beforeOutputs: done, after: { ...before, ...hidden } }),
      );
      assert.deepEqual(secret?.kinds, ["external"]);
      assert.match(secret.text, /\(a secret\)|\(known after the update\)/);
    }
  });

  const subscribed = (address: string, config: object = {}) => {
    const after = { ...inputs, subscriberEmailAddresses: [address] };
    const written = document([step("update", types.supportCase, { before: inputs, beforeOutputs: outputs, after })], {
      config,
    });
    const [preview] = readPreviews(written, "test.json");
    assert.ok(preview);
    const [stack] = namedDiffs([{ preview, stack: undefined, place: "test.json" }]);
    return [stack?.changes[0]?.kinds, stack?.changes[0]?.perhaps];
  };
  it("leaves the organization with a subscriber of another domain, as far as the domain is known", () => {
    const config = { "customer-care:organization": '{"domain":"Example.com"}' };
    assert.deepEqual(subscribed("ada@example.com", config), [[], []]);
    for (const address of ["eve@evil.example", "eve@sub.example.com", "example.com", "eve@example.com.evil.example"])
      assert.deepEqual(subscribed(address, config), [["external"], []], address);
    assert.deepEqual(subscribed("[secret]", config), [["external"], ["external"]]);
    for (const other of [
      {},
      { "customer-care:organization": '{"id":"1"}' },
      { "customer-care:organization": "[secret]" },
    ])
      assert.deepEqual(subscribed("ada@example.com", other), [["external"], ["external"]]);
  });

  it("is reported for a case that is adopted, which is no test case, closed as configured", () => {
    const adopted = { parent: "projects/shop-dev", adopt: "projects/shop-dev/cases/2", keepOpen: false };
    const [made] = changesOf(step("create", types.supportCase, { after: { ...adopted, closeOnDestroy: true } }));
    assert.match(
      made?.text ?? "",
      /^The case projects\/shop-dev\/cases\/2 is taken over for .* is closed when it leaves/,
    );
    const beforeOutputs = { ...adopted, name: adopted.adopt, state: "NEW" };
    for (const [closeOnDestroy, kinds] of [
      [true, ["case-close"]],
      [undefined, []],
      ["[secret]", ["case-close"]],
    ] as const)
      assert.deepEqual(
        changesOf(step("delete", types.supportCase, { before: { ...adopted, closeOnDestroy }, beforeOutputs }))[0]
          ?.kinds,
        kinds,
      );
  });
});

describe("a contact that was imported", () => {
  const after = { ...listed[types.contact], notificationCategorySubscriptions: ["LEGAL", "SECURITY"] };
  const kindsWith = (deletionPolicy: string) =>
    changesOf(step("update", types.contact, { before: { ...listed[types.contact], deletionPolicy }, after })).flatMap(
      ({ kinds }) => kinds,
    );

  it("has the plugin's default in its inputs, without which nothing changes", () => {
    assert.ok(!kindsWith("DELETE").includes("unknown"));
    assert.ok(kindsWith("PREVENT").includes("unknown"));
  });
});

describe("a step that is nothing in Google Cloud", () => {
  const component = (op: string) => {
    const written = step(op, "customer-care:index:CustomerCare", { before: {}, after: {} });
    const state = { ...written.newState, custom: false, type: "", inputs: {} };
    return { ...written, oldState: state, newState: state };
  };
  it("is not reported as no change at all", () => {
    for (const op of ["create", "update", "delete"]) {
      const markdown = markdownOf(diffsOf(component(op)), 65_000);
      assert.match(markdown, /No resource changes in Google Cloud\. Only components change/);
    }
    const life = step("replace", "customer-care:index:TestSupportCase$pulumi:index:Stash", { before: {}, after: {} });
    assert.match(markdownOf(diffsOf(life), 65_000), /`pulumi:index:Stash`: 1 replaced/);
  });

  it("names what a provider's config changes in", () => {
    const provider = (before: object, after: object) =>
      changesOf(step("update", "pulumi:providers:gcp", { before: { ...before }, after: { ...after } }))[0];
    const change = provider({ version: "9.34.0" }, { version: "9.35.0", impersonateServiceAccount: "a@b.c" });
    assert.deepEqual(change?.kinds, ["unknown"]);
    assert.match(change.text, /impersonateServiceAccount becomes a@b\.c/);
    assert.deepEqual(provider({ version: "9.34.0" }, { version: "9.35.0" })?.kinds, []);
  });
});

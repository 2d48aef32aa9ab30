/** No step passes as if it had no effect: what `care diff` does not know by name comes first, and is of a kind of its own. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { echoOf, fixed } from "../../../components/supportCase/properties.ts";
import { caseProperties } from "../../../care/diff/testCase.ts";
import { jsonOf } from "../../../care/diff/json.ts";
import { fewestCharacters, markdownOf } from "../../../care/diff/markdown.ts";
import { namedDiffs } from "../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../care/diff/readPreviews.ts";
import { supportCaseTypes } from "../../../components/supportCase/types.ts";
import { unknownValue } from "../../../components/engineValues.ts";
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
    assert.match(first?.text ?? "", /does not know the effect of this:/);
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

describe("an update that shows no reason", () => {
  for (const [type, inputs] of Object.entries(listed))
    it(`of ${type} says so first`, () => {
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
    for (const name of [...Object.keys(echoOf({ version: 1 } as never)), ...fixed])
      assert.ok(caseProperties.includes(name), name);
  });
});

describe("what is added to a case", () => {
  const inputs = {
    ...{ parent: "projects/shop-dev", displayName: "Down", priority: "P4", channel: "email", language: "en" },
    ...{ testCase: true, keepOpen: true, subscriberEmailAddresses: [] },
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

  it("is said of a case that is taken over, which is no test case, closed as its config says", () => {
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

describe("a step that is nothing in Google Cloud", () => {
  const component = (op: string) => {
    const written = step(op, "customer-care:index:CustomerCare", { before: {}, after: {} });
    const state = { ...written.newState, custom: false, type: "", inputs: {} };
    return { ...written, oldState: state, newState: state };
  };
  it("is not told as if nothing changed", () => {
    for (const op of ["create", "update", "delete"]) {
      const markdown = markdownOf(diffsOf(component(op)), 65_000);
      assert.match(markdown, /No resource changes in Google Cloud; components do/);
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

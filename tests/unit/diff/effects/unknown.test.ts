/** No step passes as if it had no effect: what `care diff` does not know by name comes first, and is of a kind of its own. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { recordedInputs, fixed, unknownValue } from "../../../../components/supportCase/properties.ts";
import { caseProperties } from "../../../../care/diff/testCase.ts";
import { jsonOf } from "../../../../care/diff/json.ts";
import { fewestCharacters, markdownOf } from "../../../../care/diff/markdown.ts";
import { step, types } from "../../../support/previews/steps.ts";
import type { StepOptions, WrittenStep } from "../../../support/previews/steps.ts";
import { changesAtHome, changesOf, cut, diffsOf, listed } from "./changes.ts";

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
  .filter(
    (name) =>
      !["condition", "etag", "languageTag", "disableDependentServices", "deletionPolicy", "enabled"].includes(name),
  );

const value = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.constant(true),
  fc.integer({ min: 1 }),
  fc.array(fc.string(), { minLength: 1 }),
  fc.constant("[secret]"),
  fc.constant(unknownValue),
  fc.record({ path: fc.constant("/etc/passwd") }),
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

/** Whatever a step plans otherwise than it was reviewed is found, and nothing else is. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { toString } from "mdast-util-to-string";
import { unknownValue } from "../../../components/supportCase/properties.ts";
import { readPreviews } from "../../../care/diff/readPreviews.ts";
import { reviewedSteps, unreviewedSteps } from "../../../care/diff/reviewed.ts";
import { readRecording } from "../../support/previews/recordings.ts";
import { scenarios } from "../../support/previews/scenarios.ts";
import { document, step, types, written } from "../../support/previews/steps.ts";
import type { WrittenStep } from "../../support/previews/steps.ts";

const previewOf = (text: string) => readPreviews(text, "test.json")[0] ?? assert.fail();

const differences = (fresh: string, reviewed: string) =>
  unreviewedSteps(previewOf(fresh), reviewedSteps([previewOf(reviewed)])).map(({ sentence }) =>
    toString({ type: "paragraph", children: [...sentence] }),
  );

type Path = readonly (string | number)[];

/** The leaves of a value, by their paths. */
function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return children.length === 0 ? [path] : children.flatMap(([key, child]) => leaves(child, [...path, key]));
}

/** A copy in which the value at the path is another one. */
function changed(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return JSON.stringify(value) === JSON.stringify(other) ? [other, other] : other;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = changed(copy[key], rest, other);
  return copy;
}

const text = fc.string({ minLength: 1, maxLength: 8 }).filter((one) => one !== "__proto__");

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.boolean(),
    fc.integer(),
    fc.constant("[secret]"),
    fc.constant(unknownValue),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(text, tie("value"), { maxKeys: 3 }),
  ),
})).value;

const inputs = fc.dictionary(text, value, { minKeys: 1, maxKeys: 5 });

/** Of any type: of those that `care diff` describes, and of others. */
const type = fc.oneof(
  fc.constantFrom(
    ...Object.values(types),
    "gcp:storage/bucket:Bucket",
    "command:local:Command",
    "pulumi:providers:gcp",
  ),
  text.filter((one) => !/[$:]/.test(one)),
);

const op = fc.constantFrom("create", "update", "replace", "delete", "import");

const statesOf = (operation: string, before: object, after: object) => ({
  ...(["create", "import"].includes(operation) ? {} : { before: before as Record<string, unknown> }),
  ...(operation === "delete" ? {} : { after: after as Record<string, unknown> }),
});

describe("a step", () => {
  const steps = fc
    .record({ op, type, before: inputs, after: inputs, name: text })
    .map((one) => step(one.op, one.type, { ...statesOf(one.op, one.before, one.after), name: one.name }));

  it("is as reviewed in any order of the steps and of the properties, whatever else there is", () => {
    const reversed = (one: unknown): unknown => {
      if (typeof one !== "object" || one === null) return one;
      if (Array.isArray(one)) return one.map(reversed);
      return Object.fromEntries(
        Object.entries(one)
          .reverse()
          .map(([key, child]) => [key, reversed(child)]),
      );
    };
    fc.assert(
      fc.property(fc.uniqueArray(steps, { selector: ({ urn }) => urn, minLength: 1, maxLength: 5 }), (all) => {
        const other = document(all.map((one) => reversed(one) as WrittenStep).reverse());
        assert.deepEqual(differences(other, document(all)), []);
        assert.deepEqual(differences(document(all.slice(1)), document(all)), []);
        assert.equal(differences(document(all), document(all.slice(1))).length, 1);
      }),
    );
  });

  it("that differs in one leaf is not", () => {
    fc.assert(
      fc.property(steps, fc.nat(), value, (one, index, other) => {
        for (const key of ["oldState", "newState"] as const) {
          const state = one[key];
          if (state === undefined) continue;
          const paths = leaves(state.inputs).filter((path) => path.length > 0);
          const path = paths[index % Math.max(paths.length, 1)];
          if (path === undefined) continue;
          const fresh = { ...one, [key]: { ...state, inputs: changed(state.inputs, path, other) } };
          const [found = "", ...more] = differences(document([fresh]), document([one]));
          assert.match(found, / is [^]* in the review/, JSON.stringify([one, fresh]));
          assert.deepEqual(more, []);
          // A property more is another plan, too.
          const added = { ...one, [key]: { ...state, inputs: { ...state.inputs, "what is new": other } } };
          assert.equal(differences(document([added]), document([one])).length, 1);
          assert.equal(differences(document([one]), document([added])).length, 1);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("that is another operation, another thing or done by another provider is not", () => {
    const grant = { project: "shop-dev", role: "roles/viewer", member: "user:a@example.com" };
    const reviewed = step("update", types.projectGrant, { before: grant, after: { ...grant, role: "roles/editor" } });
    const state = reviewed.newState ?? assert.fail();
    for (const other of [
      { ...reviewed, op: "replace" },
      { ...reviewed, replaceReasons: ["role"] },
      { ...reviewed, detailedDiff: { role: { kind: "update-replace", inputDiff: true } } },
      { ...reviewed, oldState: { ...(reviewed.oldState ?? {}), id: "another" } },
      { ...reviewed, newState: { ...state, provider: "urn:pulumi:test::p::pulumi:providers:gcp::other::1" } },
      { ...reviewed, newState: { ...state, retainOnDelete: true } },
      { ...reviewed, urn: `${reviewed.urn}2` },
    ] as WrittenStep[])
      assert.equal(differences(document([other]), document([reviewed])).length, 1, JSON.stringify(other));
  });

  it("is as reviewed where nothing but a ciphertext, a provider's ID or an asset's path differs", () => {
    const at = (ciphertext: string, provider: string, path: string) => {
      const after = {
        password: { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext },
        source: { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", hash: "1", path },
      };
      const made = step("create", "gcp:storage/bucketObject:BucketObject", { after });
      const urn = "urn:pulumi:test::p::pulumi:providers:gcp::explicit";
      return document([{ ...made, newState: { ...made.newState, provider: `${urn}::${provider}` } } as WrittenStep]);
    };
    assert.deepEqual(differences(at("v1:a", unknownValue, "/home/one/a"), at("v1:b", "id-1", "/home/other/a")), []);
  });
});

describe("what the engine wrote of", () => {
  for (const { name } of scenarios)
    it(`${name} is as reviewed, and is not once a leaf differs`, () => {
      const recording = readRecording({ name });
      assert.deepEqual(differences(recording, recording), []);
      if (name.endsWith("-streamed")) return;
      const { steps } = JSON.parse(recording) as { readonly steps?: readonly WrittenStep[] };
      for (const [index, one] of (steps ?? []).entries())
        for (const key of ["oldState", "newState"] as const)
          for (const path of leaves(one[key]?.inputs).filter(({ length }) => length > 0)) {
            if (["same", "refresh"].includes(one.op)) continue;
            const fresh = (steps ?? []).with(index, {
              ...one,
              [key]: { ...one[key], inputs: changed(one[key]?.inputs, path, "other") },
            });
            assert.equal(differences(written(fresh), recording).length, 1, [one.urn, ...path].join(" "));
          }
    });

  it("the same scenario as a stream is as reviewed, and the reverse", () => {
    for (const name of ["first-up", "contact-removed", "landing-zone", "other-grants", "claimed-twice"]) {
      const [digest, stream] = [readRecording({ name }), readRecording({ name: `${name}-streamed` })];
      assert.deepEqual([differences(stream, digest), differences(digest, stream)], [[], []], name);
    }
  });
});

/**
 * A `delete-replaced` that no replacement of the preview explains is a deletion that an interrupted update left: it is reported, gated
 * and compared like any other deletion.
 */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { readPreviews } from "../../../care/diff/readPreviews.ts";
import { reviewedSteps, unreviewedSteps } from "../../../care/diff/reviewed.ts";
import { document, step, types } from "../../support/previews/steps.ts";
import type { WrittenStep } from "../../support/previews/steps.ts";
import { changesOf, listed } from "./effects/changes.ts";

type Inputs = Record<string, unknown>;

const left = " An interrupted update left this deletion.";
const bucket = "gcp:storage/bucket:Bucket";
const all: Readonly<Record<string, Inputs>> = { ...listed, [bucket]: { location: "EU" } };

const pending = (type: string, before: Inputs, name = "it") => step("delete-replaced", type, { before, name });

/** The parts of a replacement, in any order of its own. */
const replacement = (type: string, before: Inputs, after: Inputs) => [
  step("create-replacement", type, { before, after }),
  step("replace", type, { before, after }),
  step("delete-replaced", type, { before }),
];

const unchanged = (type: string, inputs: Inputs) => step("same", type, { before: inputs, after: inputs });

const kindsOf = (...steps: readonly WrittenStep[]) =>
  changesOf(...steps)
    .map(({ kinds }) => kinds.join())
    .sort();

describe("a deletion that an interrupted update left", () => {
  for (const [type, inputs] of Object.entries(all))
    it(`is reported like another deletion: ${type}`, () => {
      const deleted = changesOf(step("delete", type, { before: inputs }));
      assert.notEqual(deleted.length, 0);
      assert.deepEqual(
        changesOf(pending(type, inputs)).map(({ kinds, text }) => ({ kinds, text: text.replace(left, "") })),
        deleted,
      );
      assert.ok(changesOf(pending(type, inputs)).some(({ text }) => text.endsWith(left)));
    });

  it("is reported in addition to a replacement or another state of its URN, in any order of the steps", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(types.organizationGrant, types.contact, bucket),
        fc.boolean(),
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        (type, isReplaced, order) => {
          const inputs = all[type] ?? {};
          const versions = [1, 2, 3].map((version) => ({
            ...inputs,
            role: `roles/r${String(version)}`,
            email: `${String(version)}@b.c`,
          }));
          const [former = {}, current = {}, next = {}] = versions;
          const others = isReplaced ? replacement(type, current, next) : [unchanged(type, current)];
          const steps = [pending(type, former), ...others];
          const shuffled = order.flatMap((index) => steps[index] ?? []);
          const alone = isReplaced ? [step("replace", type, { before: current, after: next })] : [];
          assert.deepEqual(
            kindsOf(...shuffled),
            kindsOf(step("delete", type, { before: former, name: "other" }), ...alone),
          );
        },
      ),
    );
  });

  it("is a conflict where another step, also of its own URN, creates or keeps the same", () => {
    for (const type of [types.organizationGrant, types.projectGrant, types.folderGrant, types.contact]) {
      const inputs = listed[type] ?? {};
      const other = { ...inputs, role: "roles/viewer", email: "other@example.com" };
      for (const holders of [
        [unchanged(type, inputs)],
        replacement(type, other, inputs),
        [step("update", type, { before: other, after: inputs })],
        [step("create", type, { after: inputs, name: "new" })],
        [step("import", type, { after: inputs, name: "new" })],
      ]) {
        const conflict = changesOf(pending(type, inputs), ...holders).find(({ kinds }) => kinds.includes("conflict"));
        assert.match(
          conflict?.text ?? "",
          /an interrupted update left it to be deleted\. Before it, run pulumi state delete /,
        );
      }
    }
  });

  it("is no deletion of the children that are deleted with the former resource", () => {
    const child = step("delete", types.projectGrant, { before: listed[types.projectGrant] ?? {}, name: "old" });
    const parent = pending(bucket, { location: "EU" });
    const withIt = { ...child, oldState: { ...child.oldState, deletedWith: parent.urn } } as WrittenStep;
    const kept = step("create", types.projectGrant, { after: listed[types.projectGrant] ?? {}, name: "new" });
    assert.ok(kindsOf(withIt, parent, kept).includes("conflict"));
  });

  it("is not as reviewed, unless the review has it", () => {
    const preview = (...steps: readonly WrittenStep[]) => readPreviews(document(steps), "test.json");
    const [fresh = assert.fail()] = preview(pending(bucket, { location: "EU" }));
    assert.equal(unreviewedSteps(fresh, reviewedSteps(preview())).length, 1);
    assert.deepEqual(unreviewedSteps(fresh, reviewedSteps([fresh])), []);
  });
});

describe("the deletion that is part of a replacement", () => {
  it("is none of its own", () => {
    for (const [type, inputs] of Object.entries(all)) {
      const after = { ...inputs, location: "US" };
      const [whole, part] = [replacement(type, inputs, after), [step("replace", type, { before: inputs, after })]];
      // The order of the parts decides only whether the new resource is perhaps lost.
      const kinds = (steps: readonly WrittenStep[]) => kindsOf(...steps).filter((one) => one !== "perhaps-conflict");
      assert.deepEqual(kinds(whole), kinds(part), type);
      assert.deepEqual(kinds([...whole].reverse()), kinds(part), type);
    }
  });
});

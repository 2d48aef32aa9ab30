/** The sentences for cases that no recording shows. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { unknownValue } from "../../../../components/supportCase/properties.ts";
import { document, step, types } from "../../../support/previews/steps.ts";
import { changesIn, changesOf, config } from "./changes.ts";

describe("a case that an interrupted update left open", () => {
  const name = "projects/shop-dev/cases/43595345";
  const note = `info: case ${name} was created by an update that did not end: the next update closes it before it creates another`;

  it("is closed by the update, which no step shows", () => {
    const diagnostics = [{ message: `${note}\n${note}`, severity: "info" }];
    assert.deepEqual(changesIn(document([], { config, diagnostics })), [
      { kinds: ["case-close"], text: `The case ${name}, which an interrupted update left open, is closed.` },
    ]);
  });
});

describe("an open test case", () => {
  const before = {
    parent: "projects/shop-dev",
    displayName: "Test",
    testCase: true,
    keepOpen: true,
    leftOut: ["displayName", "priority"],
  };
  const changed = (after: object) =>
    changesOf(step("update", types.supportCase, { before, after: { ...before, ...after } })).map(({ text }) => text);

  it("gets another title: the omitted fields are not listed", () => {
    const [text = ""] = changed({ displayName: "Other", leftOut: ["priority"] });
    assert.match(text, /gets the title Other/);
    assert.doesNotMatch(text, /leftOut/);
  });

  it("has another list of fields that are left out, where nothing else changes", () =>
    assert.match(changed({ leftOut: ["priority"] }).join(), /changes in the state: leftOut becomes/));
});

describe("a real case", () => {
  const inputs = { parent: "projects/shop-dev", displayName: "Down", priority: "P1", channel: "chat", language: "ja" };
  it("that is open and leaves the state is closed", () =>
    assert.deepEqual(
      changesOf(
        step("delete", types.supportCase, {
          before: { ...inputs, testCase: false },
          beforeOutputs: { name: "projects/shop-dev/cases/1", state: "IN_PROGRESS_GOOGLE_SUPPORT" },
        }),
      ),
      [
        {
          kinds: ["real-case-close", "case-close"],
          text: "The real case projects/shop-dev/cases/1 (IN_PROGRESS_GOOGLE_SUPPORT) for project shop-dev is closed, since the stack no longer has it (cases).",
        },
      ],
    ));

  it("that a test case becomes is another case", () => {
    const [change] = changesOf(
      step("replace", types.supportCase, {
        before: { ...inputs, testCase: true },
        beforeOutputs: { name: "projects/shop-dev/cases/1", state: "CLOSED" },
        after: { ...inputs, testCase: false, keepOpen: true },
        replaceReasons: ["testCase", "__proto__"],
      }),
    );
    assert.deepEqual(change?.kinds, ["external", "real-case", "replace"]);
    assert.match(change?.text ?? "", /since it becomes a real one and __proto__\. The real case Down is created/);
  });

  it("that becomes a test case is reported as such", () => {
    const [change] = changesOf(
      step("replace", types.supportCase, {
        before: { ...inputs, testCase: false },
        beforeOutputs: { name: "projects/shop-dev/cases/1", state: "CLOSED" },
        after: { ...inputs, testCase: true },
        replaceReasons: ["testCase"],
      }),
    );
    // Its title is not the guide's.
    assert.deepEqual(change?.kinds, ["external", "replace"]);
    assert.match(change?.text ?? "", /since it becomes a test case\. The test case Down is created/);
  });

  it("is perhaps created if the preview does not show whether it is one", () => {
    for (const testCase of ["[secret]", unknownValue]) {
      const [change] = changesOf(step("create", types.supportCase, { after: { ...inputs, testCase } }));
      assert.deepEqual(change?.kinds, ["external", "real-case"]);
      assert.match(change?.text ?? "", /^The case Down is created for .*, and a support agent may get it: the preview/);
    }
  });
});

describe("the end of an open case", () => {
  const inputs = { parent: "projects/shop-dev", displayName: "Down", keepOpen: true };
  const beforeOutputs = { name: "projects/shop-dev/cases/1", state: "NEW" };

  it("needs a review unless it is known as a test case, since nobody can undo it", () => {
    const cases = {
      test: { ...inputs, testCase: true },
      real: { ...inputs, testCase: false },
      hidden: { ...inputs, testCase: "[secret]" },
      adopted: { ...inputs, adopt: "projects/shop-dev/cases/1", closeOnDestroy: true },
    };
    for (const [which, before] of Object.entries(cases)) {
      const ends = [
        step("delete", types.supportCase, { before, beforeOutputs }),
        step("replace", types.supportCase, { before, beforeOutputs, after: { ...before, description: "other" } }),
        ...(which === "adopted"
          ? []
          : [step("update", types.supportCase, { before, beforeOutputs, after: { ...before, keepOpen: false } })]),
      ];
      for (const end of ends) {
        const [change] = changesOf(end);
        assert.ok(change?.kinds.includes("case-close"), which);
        assert.equal(change?.kinds.includes("real-case-close"), which !== "test", `${which} ${end.op}`);
      }
      const closed = step("delete", types.supportCase, {
        before,
        beforeOutputs: { ...beforeOutputs, state: "CLOSED" },
      });
      assert.ok(!changesOf(closed)[0]?.kinds.some((kind) => kind.endsWith("case-close")), which);
    }
  });
});

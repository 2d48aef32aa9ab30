/** Each comment, file, escalation and subscriber that a case gets is named. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { unknownValue } from "../../../../components/supportCase/properties.ts";
import { namedDiffs } from "../../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../../care/diff/readPreviews.ts";
import { document, step, types } from "../../../support/previews/steps.ts";
import { changesOf } from "./changes.ts";

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
      [true, ["real-case-close", "case-close"]],
      [undefined, []],
      ["[secret]", ["real-case-close", "case-close"]],
    ] as const)
      assert.deepEqual(
        changesOf(step("delete", types.supportCase, { before: { ...adopted, closeOnDestroy }, beforeOutputs }))[0]
          ?.kinds,
        kinds,
      );
  });
});

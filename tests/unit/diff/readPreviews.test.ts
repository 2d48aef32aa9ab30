/** Which texts are read as previews, and the errors for those that cannot be read. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { readPreviews } from "../../../care/diff/readPreviews.ts";
import { readRecording } from "../../support/previews/recordings.ts";
import { noRefreshes, refreshes } from "../../support/previews/scenarios.ts";
import { document, step, types, written } from "../../support/previews/steps.ts";

const digest = readRecording({ name: "administrator-added" });
const stream = readRecording({ name: "contact-removed-streamed" });
const read = (text: string) => readPreviews(text, "test.json");
const stepsIn = (text: string) => read(text).map(({ steps }) => steps.length);

describe("a preview", () => {
  it("is found after and before other lines", () =>
    assert.deepEqual(read(`Installing dependencies...\n{ not JSON }\n\n${digest}Done {in 3 s}\n`), read(digest)));

  it("is read with the line ends and the mark of Windows", () =>
    assert.deepEqual(read(`\uFEFF${digest.replaceAll("\n", "\r\n")}`), read(digest)));

  it("is read when it is one line, as jq writes it", () =>
    assert.deepEqual(read(JSON.stringify(JSON.parse(digest))), read(digest)));

  it("may be one of several in a text, in either form", () => {
    assert.deepEqual(stepsIn(digest + digest), [2, 2]);
    assert.deepEqual(stepsIn(stream + digest + stream), [2, 29, 29]);
  });

  it("passes over a log's own JSON", () =>
    assert.deepEqual(read(`{"level":"info","message":"hello"}\n${digest}`), read(digest)));

  it("has failed where the engine reports it", () => {
    for (const name of ["failed", "failed-streamed"]) {
      const [preview] = read(readRecording({ name }));
      assert.equal(preview?.failed, true);
      assert.match(preview.errors.join(), /^customer-care:testCase\.priority: "P0" is not a priority/);
    }
  });

  it("has failed with a violation of a mandatory policy, which a stream reports", () => {
    const violation = { policyEvent: { message: "no administrators", enforcementLevel: "mandatory" }, sequence: 2 };
    const [preview] = read(
      `${JSON.stringify(violation)}\n${JSON.stringify({ sequence: 3, summaryEvent: { result: "failed" } })}`,
    );
    assert.deepEqual([preview?.failed, preview?.errors], [true, ["no administrators"]]);
  });

  it("warns of a violation of a policy of any other level", () => {
    for (const enforcementLevel of ["advisory", "remediate", "another"]) {
      const violation = { policyEvent: { message: "no administrators", enforcementLevel }, sequence: 2 };
      const [preview] = read(
        `${JSON.stringify(violation)}\n${JSON.stringify({ sequence: 3, summaryEvent: { result: "succeeded" } })}`,
      );
      assert.deepEqual([preview?.failed, preview?.errors, preview?.warnings], [false, [], ["no administrators"]]);
    }
  });

  it("begins with the loading of a policy pack where one is run, and may come twice in a text", () => {
    const events = stream
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { sequence: number });
    const withPack = [
      { sequence: 0, policyLoadEvent: {} },
      ...events.map((one) => ({ ...one, sequence: one.sequence + 1 })),
    ];
    const text = withPack.map((one) => `${JSON.stringify(one)}\n`).join("");
    assert.deepEqual(stepsIn(text + text), [29, 29]);
  });

  it("that wrote nothing has failed: the command line reported why on standard error", () => {
    for (const text of ["", "\n"]) {
      const [preview] = read(text);
      assert.deepEqual([preview?.failed, preview?.steps], [true, []]);
      assert.match(preview?.errors.join() ?? "", /wrote nothing/);
    }
  });

  it("reports errors without a terminal's colours", () => {
    const diagnostics = [{ severity: "error", message: "\u001b[31merror:\u001b[0m <{%reset%}>wrong\n" }];
    assert.deepEqual(read(document([], { diagnostics }))[0]?.errors, ["wrong"]);
  });

  it("reports each warning once, and does not count the preview as failed", () => {
    const warning = { severity: "warning", message: "\u001b[33mwarning:\u001b[0m odd\n" };
    const diagnostics = [warning, { severity: "info", message: "fine" }, warning];
    const [preview] = read(document([], { diagnostics }));
    assert.deepEqual([preview?.failed, preview?.errors, preview?.warnings], [false, [], ["odd"]]);
  });
});

describe("a text is refused", () => {
  const refused = (text: string, message: RegExp) => assert.throws(() => read(text), { name: "UserError", message });

  it("without a preview", () => {
    for (const text of ["error: no stack selected\n", "{}", "[]"])
      refused(text, /^test\.json: contains no preview; write the whole output of `pulumi preview --json`/);
  });

  it("that is cut off anywhere, with the line in which it begins", () => {
    const lines = digest.trimEnd().split("\n");
    for (let count = 1; count < lines.length; count += 7)
      refused(lines.slice(0, count).join("\n"), /^test\.json: the preview that begins in line 1 is truncated;/);
    refused(`hello\n${lines.slice(0, 9).join("\n")}\n${digest}`, /line 2 is truncated/);
  });

  it("that is a stream cut off anywhere", () => {
    for (const part of [0.2, 0.5, 0.9]) refused(stream.slice(0, Math.floor(stream.length * part)), /is truncated/);
    const lines = stream.trimEnd().split("\n");
    refused(lines.slice(0, -2).join("\n"), /the preview is truncated/);
  });

  it("that is of another shape", () =>
    refused(
      JSON.stringify({ steps: [{ op: 3, urn: "urn" }] }),
      /is not a preview in Pulumi's format \(steps\.0\.op: /,
    ));

  it("that is an update", () =>
    refused(stream.replace('"isPreview":true', '"isPreview":false'), /is an update, not a preview/));

  for (const { name } of refreshes)
    it(`that is the preview of a refresh: ${name}`, () =>
      refused(
        readRecording({ name }),
        /^test\.json: is a refresh, which changes the state and not the cloud; run `pulumi preview --refresh --json` instead/,
      ));

  it("that has an operation which is not understood, whatever else is in it", () => {
    const inputs = { project: "shop-dev", service: "run.googleapis.com" };
    const unknown = step("frobnicate", types.service, { before: inputs, after: inputs });
    const message =
      /^test\.json: the operation "frobnicate" of "urn:pulumi:test::.*::it" is not supported: .*; update customer-care,.*$/;
    refused(document([step("create", types.service, { after: inputs }), unknown]), message);
    const event = { sequence: 0, resourcePreEvent: { metadata: { op: "frobnicate", urn: unknown.urn } } };
    refused(
      `${JSON.stringify(event)}\n${JSON.stringify({ sequence: 1, summaryEvent: { result: "succeeded" } })}`,
      message,
    );
  });

  it("that changes something without naming it", () => {
    const inputs = { project: "shop-dev", service: "run.googleapis.com" };
    const needed = { create: "after", import: "after", update: "before", replace: "before", delete: "before" } as const;
    for (const [op, state] of Object.entries(needed)) {
      const { [state]: _, ...rest } = { before: inputs, after: inputs };
      const name = { before: "oldState", after: "newState" }[state];
      refused(
        document([step(op, types.service, rest)]),
        new RegExp(`is not a preview in Pulumi's format \\(the "${op}" of "urn:.*" has no ${name}\\); write the whole`),
      );
    }
    refused(document([step("update", types.service, { before: inputs })]), /the "update" of ".*" has no newState/);
  });

  it("whose steps are of no resource", () => {
    refused(
      written([{ op: "create", urn: "x" }]),
      /is not a preview in Pulumi's format \(steps\.0\.urn: is not a URN\)/,
    );
    const { urn } = step("create", types.service, {});
    refused(written([{ op: "create", urn, newState: {} }]), /\(steps\.0\.newState\.custom: /);
  });
});

describe("a preview is taken for no refresh", () => {
  for (const { name } of noRefreshes) it(name, () => assert.equal(read(readRecording({ name })).length, 1));

  it("where it failed before the program began", () => {
    const inputs = { project: "shop-dev", service: "run.googleapis.com" };
    const diagnostics = [{ severity: "error", message: "wrong" }];
    const steps = [step("refresh", types.service, { before: inputs, after: inputs })];
    assert.deepEqual(
      read(written(steps, { diagnostics })).map(({ failed, errors }) => ({ failed, errors })),
      [{ failed: true, errors: ["wrong"] }],
    );
  });
});

/** The differences between a case and the config (components/supportCase/diff.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { difference, isEqual } from "../../../components/supportCase/diff.ts";
import * as provider from "../../../components/supportCase/index.ts";
import type { DefaultedField, SupportCaseInputs, SupportCaseOutputs } from "../../../components/supportCase/index.ts";
import { changeable, fixed, valueOf } from "../../../components/supportCase/properties.ts";
import { keepOmittedFields } from "../../../components/supportCase/check.ts";
import { testCaseDefaults } from "../../../guide/index.ts";
import { inputs } from "../../support/caseSetting.ts";
import { recordingsIn } from "../../support/compressed.ts";

describe("the difference between a case and its inputs", () => {
  const closed: SupportCaseOutputs = { ...inputs, name: "projects/shop-dev/cases/1", state: "CLOSED", createTime: "" };
  const isOpen: SupportCaseOutputs = { ...closed, keepOpen: true, state: "NEW" };
  const others: Readonly<Record<string, unknown>> = {
    adopt: "projects/shop-dev/cases/2",
    parent: "projects/shop-prod",
    classification: "Technical Issue > Storage > Cloud Storage",
    description: "Another",
    errorMessage: "Another",
    businessImpact: "Another",
    vmInstances: "another",
    thirdPartyAuthorization: false,
    channel: "chat",
    language: "fr",
    timeZone: undefined,
    testCase: false,
    displayName: "Another",
    priority: "P3",
    subscriberEmailAddresses: [],
  };
  const file = { path: "a/a.txt", filename: "a.txt", sha256: "1" };
  const escalation = { reason: "businessImpact", justification: "Nobody can pay" } as const;
  const { version, parent, marker } = inputs;
  const adoptedInputs: SupportCaseInputs = { version, parent, marker, keepOpen: false, adopt: closed.name };
  const adopted: SupportCaseOutputs = { ...adoptedInputs, name: closed.name, state: "NEW", createTime: "" };
  /** With the text of the provider, which the engine adds. */
  const withText = <Properties extends object>(properties: Properties, text: string) => ({
    ...properties,
    __provider: text,
  });
  type Row = [what: string, olds: SupportCaseOutputs, news: SupportCaseInputs, changes: boolean, replaces: string[]];
  const rows: Row[] = [
    ["nothing", closed, inputs, false, []],
    ["nothing of an open one", isOpen, { ...inputs, keepOpen: true }, false, []],
    ["the marker", closed, { ...inputs, marker: "another" }, false, []],
    ["the version of the state", { ...closed, version: 0 }, inputs, true, []],
    ["an open one is no longer to stay open", isOpen, inputs, true, []],
    ["a closed one is to stay open", closed, { ...inputs, keepOpen: true }, true, ["keepOpen"]],
    [
      "one that could not be closed is to stay open",
      { ...closed, state: "NEW" },
      { ...inputs, keepOpen: true },
      true,
      [],
    ],
    ["one that could not be closed", { ...closed, state: "NEW" }, inputs, true, []],
    ["one to stay open that somebody closed", { ...isOpen, state: "CLOSED" }, { ...inputs, keepOpen: true }, false, []],
    ["the provider's text", withText(closed, "old"), withText(inputs, "new"), false, []],
    ["a comment", isOpen, { ...inputs, keepOpen: true, comments: ["One"] }, true, []],
    [
      "a comment that exists",
      { ...isOpen, comments: [" One\n"] },
      { ...inputs, keepOpen: true, comments: ["One"] },
      false,
      [],
    ],
    [
      "a comment that is no longer configured",
      { ...isOpen, comments: ["One"] },
      { ...inputs, keepOpen: true },
      false,
      [],
    ],
    ["an attachment", isOpen, { ...inputs, keepOpen: true, attachments: [file] }, true, []],
    [
      "another content",
      { ...isOpen, attachments: [{ ...file, sha256: "0" }] },
      { ...inputs, keepOpen: true, attachments: [file] },
      true,
      [],
    ],
    [
      "an uploaded file elsewhere",
      { ...isOpen, attachments: [file] },
      { ...inputs, keepOpen: true, attachments: [{ ...file, path: "b/a.txt" }] },
      false,
      [],
    ],
    ["an escalation", isOpen, { ...inputs, keepOpen: true, escalation }, true, []],
    ["an escalated one", { ...isOpen, escalated: true }, { ...inputs, keepOpen: true, escalation }, false, []],
    ["an adopted one", adopted, adoptedInputs, false, []],
    ["its own, adopted", { ...closed, closeOnDestroy: false } as SupportCaseOutputs, adoptedInputs, true, []],
    ["an adopted one that somebody closed", { ...adopted, state: "CLOSED" }, adoptedInputs, false, []],
    ["another one to adopt", adopted, { ...adoptedInputs, adopt: "projects/shop-dev/cases/2" }, true, ["adopt"]],
    [
      "an adopted one that is named by its project's number",
      { ...adopted, adopt: "projects/100000000001/cases/1" },
      { ...adoptedInputs, adopt: "projects/100000000001/cases/1" },
      false,
      [],
    ],
    ["the one that it has is adopted", isOpen, { ...adoptedInputs, adopt: isOpen.name }, true, []],
    ["whether an adopted one is closed", adopted, { ...adoptedInputs, closeOnDestroy: true }, true, []],
    ["the priority of an adopted one", adopted, { ...adoptedInputs, priority: "P3" }, true, []],
    ["an absent and an empty time zone", { ...closed, timeZone: undefined }, { ...inputs, timeZone: "" }, false, []],
    ...fixed.map((key): Row => [key, closed, { ...inputs, [key]: others[key] }, true, [key]]),
    ...fixed.map((key): Row => [
      `${key}, open`,
      isOpen,
      { ...inputs, keepOpen: true, [key]: others[key] },
      true,
      [key],
    ]),
    ...changeable.map((key): Row => [key, closed, { ...inputs, [key]: others[key] }, true, []]),
  ];

  it("is known for every input", () => {
    const known: string[] = [...fixed, ...changeable, "version", "marker", "keepOpen", "isFirstAttempt"];
    assert.deepEqual(known.sort(), [...Object.keys(inputs), "adopt"].sort());
  });

  for (const [what, olds, news, changes, replaces] of rows)
    it(`is ${replaces.length > 0 ? "another case" : changes ? "an update" : "none"}: ${what}`, async () => {
      const expected = { changes, replaces, deleteBeforeReplace: true };
      assert.deepEqual(difference(olds, news), expected);
      assert.deepEqual(await provider.diff(olds.name, olds, news), expected);
    });

  it("does not distinguish absent from empty", () => {
    for (const [one, other] of [
      [undefined, null],
      [undefined, ""],
      [[], undefined],
    ])
      assert.equal(isEqual(one, other), true);
    assert.equal(isEqual(undefined, false), false);
  });
});

describe("what the config leaves out", () => {
  const folders = ["../../engine/states/", "../../engine/states/names/", "../../package/states/"];
  const recorded = folders.flatMap((folder) => {
    return recordingsIn(new URL(folder, import.meta.url)).flatMap(({ name: file, value }) => {
      const found = value as { state?: State } & State;
      const { resources } = (found.state ?? found).deployment ?? assert.fail(file);
      return resources.filter(({ type }) => type.endsWith(":SupportCase")).map((one) => ({ file, ...one }));
    });
  });
  interface State {
    readonly deployment?: {
      readonly resources: readonly { type: string; inputs: SupportCaseInputs; outputs: SupportCaseOutputs }[];
    };
  }
  const leftOut = Object.keys(testCaseDefaults) as DefaultedField[];
  const others: Record<DefaultedField, unknown> = {
    classification: "Technical Issue > Storage > Cloud Storage",
    displayName: "Another",
    description: "Another",
    errorMessage: "Another",
    businessImpact: "Another",
    vmInstances: "another",
    priority: "P3",
    channel: "chat",
    language: "fr",
    thirdPartyAuthorization: false,
  };
  const released = (fields: readonly DefaultedField[]) =>
    Object.fromEntries(fields.map((field) => [field, others[field]]));

  it("is no difference, whichever of the guide's words a newer release changes, over every recorded state", () => {
    assert.ok(recorded.length >= 3);
    for (const { file, inputs: olds, outputs } of recorded)
      for (const state of ["NEW", "CLOSED"] as const)
        for (const fields of [...leftOut.map((field) => [field]), leftOut]) {
          const program = { ...olds, ...released(fields), leftOut } as SupportCaseInputs;
          const checked = keepOmittedFields(olds, program);
          const { changes, replaces } = difference({ ...outputs, state }, checked);
          assert.deepEqual([changes && state !== "NEW", replaces], [false, []], `${file} ${fields.join()}`);
          if (outputs.keepOpen) assert.equal(changes, false, `${file} ${fields.join()}`);
          // The state that has it then is as good as the older one.
          const again = keepOmittedFields(checked, { ...program, ...released(leftOut) });
          assert.equal(difference(outputs, again).changes, difference(outputs, checked).changes);
        }
  });

  it("has the guide's words again where it was taken out, as far as the case is open", () => {
    const open = { ...inputs, keepOpen: true };
    const written = leftOut.filter((field) => field !== "priority");
    const olds = { ...open, priority: "P3", leftOut: written } as const;
    const news = keepOmittedFields(olds, { ...open, leftOut });
    const outputs: SupportCaseOutputs = { ...olds, name: "projects/shop-dev/cases/1", state: "NEW", createTime: "" };
    assert.deepEqual(difference(outputs, news), { changes: true, replaces: [], deleteBeforeReplace: true });
    assert.equal(difference({ ...outputs, state: "CLOSED" }, news).changes, false);
    // And stays so, though a newer release has others, or somebody changes it.
    const later = keepOmittedFields(news, { ...open, priority: "P2", leftOut });
    assert.equal(valueOf(later, "priority"), "P4");
  });

  it("is no difference where somebody has changed it at Google", () => {
    const outputs = { ...inputs, leftOut, name: "projects/shop-dev/cases/1", state: "CLOSED", createTime: "" } as const;
    const drifted = { ...outputs, priority: "P1", displayName: "Renamed by an agent" } as const;
    assert.equal(difference(drifted, { ...inputs, leftOut }).changes, false);
  });
});

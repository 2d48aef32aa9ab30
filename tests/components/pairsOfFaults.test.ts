/** A config with two faults: one preview names both, so that nobody has to run it once for each. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import { CustomerCare, TestSupportCase } from "../../components/index.ts";
import { useMocks } from "./mocks.ts";

interface Fault {
  readonly key: string;
  readonly value: unknown;
  /** Part of the error's line, after the key. */
  readonly error: string;
}

/** On the plan standard, for a case that is created. */
const faults: readonly Fault[] = [
  { key: "project", value: "shop-prod", error: "is not a key of projects" },
  { key: "organization", value: false, error: "is not true" },
  { key: "classification", value: "", error: "is blank" },
  { key: "displayName", value: "One\nTwo", error: "is not one line" },
  { key: "description", value: 7, error: "is a number" },
  { key: "errorMessage", value: "\u0000", error: "has a control character" },
  { key: "priority", value: "P1", error: "(plan is standard)" },
  { key: "priority", value: "P9", error: "is not a priority" },
  { key: "channel", value: "fax", error: "is not a channel" },
  { key: "language", value: "xx", error: "is not a language" },
  { key: "businessImpact", value: [], error: "is not a business impact" },
  { key: "vmInstances", value: null, error: "has no value" },
  { key: "thirdPartyAuthorization", value: "maybe", error: "is not true or false" },
  { key: "timeZone", value: "Mars/Olympus", error: "is not an IANA time zone" },
  { key: "subscriberEmailAddresses", value: ["ada"], error: "is not an e-mail address" },
  { key: "comments", value: [" "], error: "is blank" },
  { key: "attachments", value: ["no.txt"], error: "does not exist" },
  { key: "attachments", value: [".git/config"], error: "" },
  { key: "attachments", value: ["README.md", 7], error: "is a number" },
  { key: "attachments", value: [" "], error: "is blank" },
  { key: "attachments", value: "README.md", error: "is not a list" },
  {
    key: "escalation",
    value: { reason: "businessImpact", justification: "x" },
    error: "(plan is standard)",
  },
  { key: "escalation", value: { reason: "?", justification: "x" }, error: "(plan is standard)" },
  { key: "escalation", value: { reason: "?", justification: "x" }, error: "is not a reason" },
  { key: "escalation", value: { reason: "businessImpact" }, error: "is missing" },
  { key: "adopt", value: "43595344", error: "is not the name of a case" },
  { key: "closeOnDestroy", value: "yes", error: "is not true or false" },
  { key: "ignoreCases", value: ["x"], error: "is not the name of a case" },
  { key: "keepOpen", value: "yes", error: "is not true or false" },
  { key: "realCase", value: 1, error: "is not true or false" },
  { key: "prioritaet", value: "P4", error: "is not a key here" },
];

/** On the plan enhanced, where `adopt` has errors for other keys. */
const besideAdopt: readonly Fault[] = [
  { key: "adopt", value: "43595344", error: "is not the name of a case" },
  { key: "classification", value: "Technical Issue", error: "cannot be used with adopt" },
  { key: "keepOpen", value: true, error: "cannot be used with adopt" },
  { key: "attachments", value: ["no.txt"], error: "does not exist" },
];

function linesOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    const lines = (error as Error).message.split("\n");
    assert.match(lines.pop() ?? "", /^See docs\/reference\/errors\.md#the-config-/);
    return lines;
  }
  return [];
}

/** @param make Its error's lines, without the component's name. */
function assertNamesAll(make: (testCase: object) => readonly string[], these: readonly Fault[]): void {
  const lines = make(Object.fromEntries(these.map(({ key, value }) => [key, value])));
  for (const { key, error } of these)
    assert.ok(
      lines.some((line) => line.startsWith(key) && line.includes(error)),
      `${these.map((fault) => JSON.stringify(fault)).join(" and ")}:\n${lines.join("\n")}`,
    );
  assert.equal(new Set(lines).size, lines.length, lines.join("\n"));
}

const whole = (plan: "standard" | "enhanced") => (testCase: object) =>
  linesOf(
    () =>
      new CustomerCare("care", { plan, projects: { "shop-dev": {} }, testCase: { project: "shop-dev", ...testCase } }),
  ).map((line) => line.replace(/^care:testCase\./, ""));

const alone = (testCase: object) =>
  linesOf(() => new TestSupportCase("case", { projectId: "shop-dev", ...testCase })).map((line) =>
    line.replace(/^case:/, ""),
  );

function pairsOf(all: readonly Fault[]): (readonly Fault[])[] {
  return all.flatMap((one, index) =>
    all.slice(index).flatMap((other) => (one === other ? [[one]] : one.key === other.key ? [] : [[one, other]])),
  );
}

describe("a test case with two faults", () => {
  beforeEach(() => useMocks());

  it("is refused with both, whatever they are", () => {
    for (const pair of pairsOf(faults)) assertNamesAll(whole("standard"), pair);
  });

  it("is refused with both, where one is a key that does not go with adopt", () => {
    for (const pair of pairsOf(besideAdopt).filter((these) => these.some(({ key }) => key === "adopt")))
      assertNamesAll(whole("enhanced"), pair);
  });

  it("alone is refused with both, whatever they are", () => {
    const own = faults.filter(({ key, error }) => !["project", "organization"].includes(key) && !/plan/.test(error));
    for (const pair of pairsOf(own)) assertNamesAll(alone, pair);
  });

  it("is refused with those of other places too", () => {
    const lines = linesOf(
      () =>
        new CustomerCare("care", {
          plan: "standard",
          organization: { domain: "example" },
          projects: { "shop-dev": { editors: ["ada"] } },
          testCase: { project: "shop-dev", attachments: ["no.txt"] },
        }),
    );
    assert.deepEqual(
      lines.map((line) => line.split(": ")[0]),
      ["care:organization.domain", "care:projects.shop-dev.editors[0]", "care:testCase.attachments[0]"],
    );
  });
});

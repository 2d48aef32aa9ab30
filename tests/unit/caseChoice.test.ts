/** Which case a resource takes over, of those that are found before one is created. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { chooseCase } from "../../components/supportCase/find.ts";
import { caseDescription } from "../../components/supportCase/create.ts";
import { markerOf } from "../../components/supportCase/own.ts";
import type { MadeCaseInputs } from "../../components/supportCase/properties.ts";
import type { Case, CaseState } from "../../google/index.ts";
import { testCaseDefaults } from "../../guide/index.ts";

const [thisLife, otherLife] = ["1b4e28ba-2fa1-11d2-883f-0016d3cca427", "6fa459ea-ee8a-3ca4-894e-db77e160355e"];
const marker = markerOf("example/customer-care/dev", "customer-care/testCase", thisLife);

const inputs: MadeCaseInputs = {
  ...testCaseDefaults,
  version: 1,
  parent: "projects/shop-dev",
  marker,
  subscriberEmailAddresses: [],
  keepOpen: false,
  testCase: true,
};

/** A case as created for the inputs, in another life, with the given differences. */
function made(id: number, state: CaseState, life: string, differing: Partial<MadeCaseInputs> = {}): Case {
  const words = {
    ...inputs,
    marker: markerOf("example/customer-care/dev", "customer-care/testCase", life),
    ...differing,
  };
  return {
    name: `projects/shop-dev/cases/${String(id)}`,
    state,
    displayName: words.displayName,
    description: caseDescription(words),
    classification: { id: "1", displayName: words.classification },
    languageCode: words.language,
    testCase: words.testCase,
    createTime: `2026-11-23T22:00:0${String(id)}Z`,
  };
}

/** The ids of the case that is kept and of those that are closed. */
function chosen(found: readonly Case[], asked: MadeCaseInputs = inputs) {
  const { kept, surplus } = chooseCase(found, asked);
  const id = (one: Case) => Number(one.name.split("/").at(-1));
  return { kept: kept && id(kept), closed: surplus.map(id) };
}

describe("of the cases that are found", () => {
  it("none: one has to be created", () => {
    assert.deepEqual(chosen([]), { kept: undefined, closed: [] });
  });

  it("an open one of this life is gone on with", () => {
    assert.deepEqual(chosen([made(1, "NEW", thisLife)]), { kept: 1, closed: [] });
  });

  it("a closed one of this life was created and closed, but not recorded", () => {
    assert.deepEqual(chosen([made(1, "CLOSED", thisLife)]), { kept: 1, closed: [] });
  });

  it("a closed one cannot be used where it is to stay open", () => {
    assert.deepEqual(chosen([made(1, "CLOSED", thisLife)], { ...inputs, keepOpen: true }), {
      kept: undefined,
      closed: [],
    });
  });

  it("the oldest of several open ones stays, and the others are closed", () => {
    const found = [made(3, "NEW", thisLife), made(1, "NEW", thisLife), made(2, "ACTION_REQUIRED", thisLife)];
    assert.deepEqual(chosen(found), { kept: 1, closed: [3, 2] });
  });

  it("a closed one of a life that ended is not taken for today's", () => {
    assert.deepEqual(chosen([made(1, "CLOSED", otherLife)]), { kept: undefined, closed: [] });
  });

  it("one of another life is neither gone on with nor closed, whatever its words are", () => {
    for (const differing of [{}, { description: "Old words" }, { testCase: false }])
      assert.deepEqual(chosen([made(1, "NEW", otherLife, differing)]), { kept: undefined, closed: [] });
  });

  it("one of this life is neither gone on with nor closed where it differs in what cannot be changed", () => {
    const own = made(1, "NEW", thisLife);
    const others: Case[] = [
      { ...own, name: "organizations/123456789012/cases/1" },
      { ...own, name: "projects/pay-dev/cases/1" },
      { ...own, testCase: false },
      { ...own, classification: { id: "2", displayName: "Technical Issue > Storage > Cloud Storage" } },
      { ...own, description: `What is this?\n\n${own.description ?? ""}` },
      { ...own, description: own.description?.replace("Test message", "Another message") ?? "" },
      { ...own, description: `${own.description ?? ""}\nIt is not mine.` },
      { ...own, description: own.description?.replace("Test issue", "Test  issue") ?? "" },
      { ...own, description: own.description?.replace("\n\n", "\n") ?? "" },
      { ...own, description: own.description?.replace("Test issue\n", "Test issue\n\n") ?? "" },
      { ...own, description: own.description?.replace("\nError message", "\n  Error message") ?? "" },
    ];
    for (const one of others)
      for (const state of ["NEW", "CLOSED"] as const)
        assert.deepEqual(chosen([{ ...one, state }]), { kept: undefined, closed: [] }, JSON.stringify(one));
  });

  it("one that was created in the same moment as another is chosen by its name, in whatever order they are found", () => {
    const twins = [2, 1, 3].map((id) => ({ ...made(id, "NEW", thisLife), createTime: "2026-11-23T22:00:00Z" }));
    for (const found of [twins, [...twins].reverse()]) assert.equal(chosen(found).kept, 1);
  });

  it("the older one is found by its time, in any notation", () => {
    const older = { ...made(2, "NEW", thisLife), createTime: "2026-11-23T22:00:00Z" };
    const newer = { ...made(1, "NEW", thisLife), createTime: "2026-11-23T22:00:00.5Z" };
    assert.equal(chosen([newer, older]).kept, 2);
  });

  for (const [what, kept] of [
    ["line ends of another kind", (text: string) => text.replaceAll("\n", "\r\n")],
    ["a line end after it", (text: string) => `${text}\n`],
  ] as const)
    it(`one whose description is kept with ${what} is this resource's`, () => {
      const found = made(1, "NEW", thisLife);
      const changed = { ...found, description: kept(found.description ?? "") };
      assert.deepEqual(chosen([changed]), { kept: 1, closed: [] });
    });

  it("that of this life is gone on with after its stack was renamed", () => {
    const renamed = {
      ...inputs,
      marker: markerOf("example/customer-care/development", "customer-care/testCase", thisLife),
    };
    assert.deepEqual(chosen([made(1, "NEW", thisLife)], renamed), { kept: 1, closed: [] });
  });

  it("those of other stacks, of other projects and resources, and of other people are left alone", () => {
    const others = [
      ["example/customer-care/prod", "customer-care/testCase"],
      ["example/another-project/dev", "customer-care/testCase"],
      ["another/customer-care/dev", "customer-care/testCase"],
      ["example/customer-care/dev", "second/testCase"],
    ].map(([stack = "", resource = ""], index) =>
      made(index + 1, "NEW", otherLife, { marker: markerOf(stack, resource, otherLife) }),
    );
    const quoted = { ...made(5, "NEW", otherLife), description: `I saw "${marker}"\nin another case.` };
    assert.deepEqual(chosen([...others, quoted]), { kept: undefined, closed: [] });
  });
});

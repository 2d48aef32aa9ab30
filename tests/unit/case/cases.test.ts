/** The cases that `care case` finds: in a state and in no state (care/case/choice.ts, state.ts, leftBehind.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import fc from "fast-check";
import { candidates, chooseCase } from "../../../care/case/choice.ts";
import { casesLeftBehind } from "../../../care/case/leftBehind.ts";
import type { StackCase } from "../../../care/case/stackCase.ts";
import { casesOfState } from "../../../care/case/state.ts";
import { UserError } from "../../../care/userError.ts";
import { caseText, fingerprintOf, isInParent, markerOf, readMarker } from "../../../components/supportCase/own.ts";
import { caseOf, open } from "./setting.ts";

describe("the case that is meant", () => {
  const shop = caseOf("shop/testCase", 1);
  const pay = caseOf("pay/testCase", 2);
  const other = caseOf("other", 3);
  const left = caseOf("lost/testCase", 4, true);
  const stackOf = (inState: StackCase[], leftBehind: StackCase[] = []) => ({
    name: "dev",
    inState,
    leftBehind: () => Promise.resolve(leftBehind),
  });

  it("is the only one, where none is named", async () => {
    assert.equal(await chooseCase(stackOf([shop])), shop);
    assert.equal(await chooseCase(stackOf([shop], [left])), shop);
    assert.equal(await chooseCase(stackOf([], [left])), left);
  });

  it("is named by the resource's whole name, by its last part, or by the case's own name", async () => {
    for (const given of ["shop/testCase", "projects/shop-dev/cases/1"])
      assert.equal(await chooseCase(stackOf([shop, pay]), given), shop);
    assert.equal(await chooseCase(stackOf([shop, other]), "testCase"), shop);
    assert.equal(await chooseCase(stackOf([shop], [left]), "lost/testCase"), left);
  });

  it("is not guessed: the error has the names that would do", async () => {
    const refusals: [ReturnType<typeof stackOf>, string | undefined, string][] = [
      [stackOf([]), undefined, "stack dev has no case"],
      [stackOf([shop, pay]), undefined, "the stack has several cases; write shop/testCase or pay/testCase"],
      [stackOf([shop, pay]), "testCase", '"testCase" may be several cases; write shop/testCase or pay/testCase'],
      [
        stackOf([shop], [left]),
        "tesCase",
        'stack dev has no case "tesCase"; write shop/testCase or lost/testCase (`care case list` shows them)',
      ],
      [
        stackOf([], [left, { ...left, name: "projects/shop-dev/cases/5" }]),
        "testCase",
        '"testCase" may be several cases; write projects/shop-dev/cases/4 or projects/shop-dev/cases/5',
      ],
    ];
    for (const [stack, given, message] of refusals)
      await assert.rejects(
        chooseCase(stack, given),
        (error) => error instanceof UserError && error.message === message,
      );
  });

  it("has the whole name before another's last part", () => {
    const whole = caseOf("testCase", 5);
    assert.deepEqual(candidates([shop, whole], "testCase"), [whole]);
  });
});

describe("the cases of a state", () => {
  const urn =
    "urn:pulumi:dev::customer-care::a$pulumi-nodejs:dynamic/customercare:SupportCase::customer-care/test::Case";
  const type = "pulumi-nodejs:dynamic/customercare:SupportCase";
  const marker = (stack: string) => markerOf(stack, "customer-care/testCase", "1b4e28ba-2fa1-11d2-883f-0016d3cca427");

  it("are those of its resources; where more may be is known of those that were begun too", () => {
    const { cases, parents, stacks } = casesOfState({
      resources: [
        { urn: "urn:pulumi:dev::customer-care::pulumi:pulumi:Stack::dev", type: "pulumi:pulumi:Stack" },
        { urn, type, id: "projects/a/cases/1", inputs: { parent: "projects/a", marker: marker("acme/care/dev") } },
      ],
      pending_operations: [
        {
          type: "creating",
          resource: { urn, type, inputs: { parent: "projects/b", marker: marker("acme/care/old") } },
        },
      ],
    });
    assert.deepEqual(cases, [{ resource: "customer-care/test::Case", name: "projects/a/cases/1", leftBehind: false }]);
    assert.deepEqual(parents, ["projects/a", "projects/b"]);
    assert.deepEqual(stacks, ["acme/care/dev", "acme/care/old"]);
  });

  it("may be at each place of the life of a test case that is not in the state", () => {
    const lifeOf = (name: string, output: unknown) => ({
      urn: `urn:pulumi:dev::care::customer-care:index:TestSupportCase$pulumi:index:Stash::${name}`,
      type: "pulumi:index:Stash",
      outputs: { input: output, output },
    });
    const another = { urn: "urn:pulumi:dev::care::pulumi:index:Stash::other", type: "pulumi:index:Stash" };
    const { parents, stackEnds } = casesOfState({
      resources: [
        lifeOf("a", { id: "1", place: "projects/a", former: [{ id: "0", place: "organizations/1" }] }),
        lifeOf("b", "the value of 0.1.0"),
        { ...another, outputs: { output: { place: "projects/other" } } },
      ],
    });
    assert.deepEqual([parents, stackEnds], [["projects/a", "organizations/1"], ["care/dev"]]);
  });

  it("stay open where the last update had keepOpen", () => {
    const found = [{ keepOpen: true }, { keepOpen: false }, { adopt: "projects/a/cases/1", keepOpen: false }].map(
      (inputs) => casesOfState({ resources: [{ urn, type, id: "projects/a/cases/1", inputs }] }).cases[0]?.staysOpen,
    );
    assert.deepEqual(found, ["keepOpen", undefined, "adopted"]);
  });

  it("are those of a program in another language, too", () => {
    const packaged = { urn, type: "customer-care:index:SupportCase", id: "projects/a/cases/1" };
    assert.equal(casesOfState({ resources: [packaged] }).cases.length, 1);
  });

  it("are none where the stack was never deployed", () => {
    for (const deployment of [undefined, null, {}, { manifest: {}, resources: null }])
      assert.deepEqual(casesOfState(deployment), {
        cases: [],
        parents: [],
        stacks: [],
        stackEnds: [],
        lives: [],
        forms: [],
        ignored: [],
      });
  });
});

describe("a marker", () => {
  it("is read back as it was created", () => {
    const name = fc.stringMatching(/^[\w./:-]+$/);
    fc.assert(
      fc.property(name, name, fc.uuid(), (stack, resource, life) => {
        assert.deepEqual(readMarker(markerOf(stack, resource, life)), { stack, resource });
      }),
    );
  });

  it("is no other text", () => {
    for (const text of ["", "Pulumi stack a", "Test issue", "Pulumi stack , resource , "])
      assert.equal(readMarker(text), undefined);
  });
});

describe("the place of a case", () => {
  for (const [name, place, expected] of [
    ["projects/shop-dev/cases/1", "projects/shop-dev", true],
    ["projects/shop-dev/cases/1", "projects/pay-dev", false],
    // Google can return the number of the project.
    ["projects/100000000001/cases/1", "projects/shop-dev", true],
    ["projects/100000000001/cases/1", "organizations/100000000001", false],
    ["organizations/123456789012/cases/1", "organizations/123456789012", true],
    // An organization has only its number, so another number is another organization.
    ["organizations/123456789012/cases/1", "organizations/210987654321", false],
  ] as const)
    it(`of ${name} is ${expected ? "" : "not "}${place}`, () => {
      assert.equal(isInParent({ name }, place), expected);
    });
});

describe("an open case that bears the stack's name and is in no state", () => {
  const [life, formerLife, anotherLife] = [
    "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
    "2b4e28ba-2fa1-11d2-883f-0016d3cca427",
    "3b4e28ba-2fa1-11d2-883f-0016d3cca427",
  ] as const;
  const resource = "customer-care/testCase";
  const classification = "Technical Issue > Compute > Compute Engine";
  const markerIn = (stack: string, id: string) => markerOf(stack, resource, id);
  const asked = {
    description: "Test issue",
    errorMessage: "Test message",
    businessImpact: "Other",
    vmInstances: "none",
    thirdPartyAuthorization: true,
    channel: "email" as const,
    classification,
    testCase: true,
  };
  const form = { ...asked, displayName: "Test issue", priority: "P4" as const, language: "en" as const };
  const whole = { ...form, subscriberEmailAddresses: [], parent: "projects/shop-dev", version: 1, keepOpen: true };
  const stack = "organization/customer-care/dev";
  const config = {
    "customer-care:testCase": '{"project":"shop"}',
    "customer-care:projects": '{"shop":{"projectId":"shop-dev"}}',
  };

  const urnOf = (type: string) =>
    `urn:pulumi:dev::customer-care::customer-care:index:CustomerCare$customer-care:index:TestSupportCase$${type}::${resource}`;
  const type = "pulumi-nodejs:dynamic/customercare:SupportCase";
  const remembered = fingerprintOf({ ...whole, testCase: true });
  const stash = (output: unknown) => ({
    urn: urnOf("pulumi:index:Stash"),
    type: "pulumi:index:Stash",
    outputs: { output },
  });
  const today = { id: life, place: "projects/shop-dev", ...remembered };
  const ofCase = (id: string, state = {}) => {
    const inputs = { ...whole, marker: markerIn(stack, life), ...state };
    return { urn: urnOf(type), type, id, inputs, outputs: inputs };
  };

  /** Each may be somebody's, but for the first two. */
  const madeCases = {
    own: { marker: markerIn(stack, life) },
    ownOfRenamedStack: { marker: markerIn("organization/customer-care/old", life) },
    ownOfFormerLife: { marker: markerIn(stack, formerLife) },
    anotherLife: { marker: markerIn(stack, anotherLife) },
    otherClassification: { marker: markerIn(stack, life), classification: "Other" },
    realCaseThatQuotes: { marker: markerIn(stack, life), words: "Production is down, as in", testCase: false },
    testCaseThatQuotes: { marker: markerIn(stack, life), words: "As in" },
    realCaseOfAnotherLife: { marker: markerIn(stack, anotherLife), words: "Production is down", testCase: false },
    ofAnotherStack: { marker: markerIn("organization/customer-care/dev2", anotherLife) },
    ofAnotherProject: { marker: markerIn("organization/other/dev", anotherLife) },
    withoutMarker: { marker: "" },
  };

  async function cloudWithCases(t: TestContext) {
    const { api, cloud } = await open(t);
    const names = new Map<string, string>();
    for (const [what, { marker, words = "", testCase = true, ...fields }] of Object.entries(
      madeCases as Record<string, { marker: string; words?: string; testCase?: boolean; classification?: string }>,
    )) {
      const [found] = await api.searchClassifications("", "projects/shop-dev");
      const { name } = await api.createCase("projects/shop-dev", {
        displayName: "Test issue",
        description: [words, caseText(whole), "", marker].join("\n").trim(),
        priority: "P4",
        languageCode: "en",
        classification: { id: found?.id ?? "" },
        testCase,
      });
      const made = cloud.state.cases.get(name.split("/").at(-1) ?? "") ?? assert.fail();
      Object.assign(made, {
        classification: { ...made.classification, displayName: fields.classification ?? classification },
      });
      names.set(what, name);
    }
    const left = async (resources: unknown[], of: Record<string, string> = config) => {
      const found = await casesLeftBehind(
        api,
        { name: "dev", config: of, deployment: {} },
        casesOfState({ resources }),
      );
      const what = (name: string) => [...names].find(([, one]) => one === name)?.[0] ?? name;
      return Object.fromEntries(found.map((one) => [what(one.name), one.doubt ?? "own"]));
    };
    return { api, cloud, names, left };
  }

  it("is the stack's own only if the program itself would take it over or close it", async (t) => {
    const { names, left } = await cloudWithCases(t);
    const own = { own: "own", ownOfRenamedStack: "own" };
    const others = { ownOfFormerLife: "anotherLife", anotherLife: "anotherLife" };
    const none = {
      ...others,
      own: "anotherLife",
      otherClassification: "anotherLife",
      testCaseThatQuotes: "anotherLife",
    };
    assert.deepEqual(await left([]), none);
    const unsure = { otherClassification: "otherWords" };
    assert.deepEqual(await left([stash(today)]), { ...own, ...others, ...unsure });
    const former = [{ ...today, id: formerLife }];
    const all = { ...own, ...others, ...unsure, ownOfFormerLife: "own" };
    assert.deepEqual(await left([stash({ ...today, former })]), all);
    assert.deepEqual(await left([stash(today)], {}), { ...own, ...others, ...unsure });
    // The case is in the state: another one in its words is a twin of it, and all else is none of its.
    const inState = ofCase(names.get("own") ?? "");
    assert.deepEqual(await left([stash({ ...today, former }), inState]), {
      ownOfRenamedStack: "own",
      anotherLife: "anotherLife",
    });
    assert.deepEqual(await left([stash(today), inState]), { ownOfRenamedStack: "own", ...others });
    // A life of 0.1.0 remembers nothing.
    const sure = { own: "otherWords", otherClassification: "otherWords", testCaseThatQuotes: "otherWords" };
    assert.deepEqual(await left([stash(life)]), { ...others, ...sure });
  });

  it("is left out where the config ignores it, or where it is closed", async (t) => {
    const { api, names, left } = await cloudWithCases(t);
    const ignored = names.get("anotherLife") ?? "";
    const ignoring = JSON.stringify({ project: "shop", ignoreCases: [ignored] });
    await api.closeCase(names.get("own") ?? "");
    assert.deepEqual(await left([stash(today)], { ...config, "customer-care:testCase": ignoring }), {
      ownOfRenamedStack: "own",
      ownOfFormerLife: "anotherLife",
      otherClassification: "otherWords",
    });
  });

  it("is written to only where its own name is written, unless it is the stack's own", async (t) => {
    const { api, names } = await cloudWithCases(t);
    const state = casesOfState({ resources: [] });
    const contents = { name: "dev", config, deployment: {} };
    const leftBehind = () => casesLeftBehind(api, contents, state);
    for (const given of [undefined, "testCase", resource])
      await assert.rejects(
        chooseCase({ name: "dev", inState: [], leftBehind }, given),
        (error) =>
          error instanceof UserError && error.message.includes("of unknown origin: its description names this stack"),
      );
    for (const [what, name] of names) {
      const chosen = chooseCase({ name: "dev", inState: [], leftBehind }, name);
      if (/RealCase|realCase|ofAnother(Stack|Project)|withoutMarker|Renamed/.test(what))
        await assert.rejects(chosen, /has no case/);
      else assert.equal((await chosen).doubt, "anotherLife", what);
    }
  });

  it("is not looked for where nothing names the stack and the place", async (t) => {
    const { cloud, left } = await cloudWithCases(t);
    const before = cloud.requests.length;
    assert.deepEqual(await left([], {}), {});
    assert.equal(cloud.requests.length, before);
  });
});

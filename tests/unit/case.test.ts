/** The parts of `care case` (care/case/) that need no stack: which case is meant, what is written, what is sent once. */
import assert from "node:assert/strict";
import { Readable, Writable } from "node:stream";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import fc from "fast-check";
import { attachmentWrite } from "../../care/case/attach.ts";
import { candidates, chooseCase } from "../../care/case/choice.ts";
import { closureWrite } from "../../care/case/close.ts";
import { commentWrite } from "../../care/case/comment.ts";
import { commentText } from "../../care/case/commentText.ts";
import { confirm } from "../../care/case/confirm.ts";
import { escalationWrite } from "../../care/case/escalate.ts";
import { casesLeftBehind } from "../../care/case/leftBehind.ts";
import { columns, oneLine } from "../../care/case/output.ts";
import { visibleLines } from "../../text/index.ts";
import { sendOnce } from "../../care/case/sendOnce.ts";
import type { Write } from "../../care/case/sendOnce.ts";
import type { StackCase } from "../../care/case/stackCase.ts";
import { casesOfState } from "../../care/case/state.ts";
import { exitCodeOf } from "../../care/exitCodes.ts";
import { UsageError, UserError } from "../../care/userError.ts";
import { caseText, fingerprintOf, markerOf, readMarker } from "../../components/supportCase/own.ts";
import { createTransport, GoogleError, readGoogleSettings, supportApi } from "../../google/index.ts";
import type { SupportApi } from "../../google/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";

const caseOf = (resource: string, id: number, leftBehind = false): StackCase => ({
  resource,
  leftBehind,
  name: `projects/shop-dev/cases/${String(id)}`,
});

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

  it("stay open where the last update was asked for that", () => {
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
  it("is read back as it was made", () => {
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

describe("the text of a comment", () => {
  it("is the argument, or what is read, without the line ends after it", async () => {
    assert.equal(await commentText("It happened again.\n\n", undefined), "It happened again.");
    assert.equal(
      await commentText("-", undefined, Readable.from(["It happened\n", "again.\n"])),
      "It happened\nagain.",
    );
    assert.match(await commentText(undefined, "LICENSE"), /^\s+Apache License/);
  });

  it("has 12,800 characters at most, counted as a reader counts", async () => {
    assert.equal((await commentText("🙂".repeat(12_800), undefined)).length, 25_600);
    await assert.rejects(commentText("🙂".repeat(12_801), undefined), {
      name: "UserError",
      message:
        "the comment has 12,801 characters, and Google accepts 12,800 at most; shorten it, or add it as a file with `care case attach`",
    });
  });

  it("is there, once, and is text", async () => {
    const refused: [string | undefined, string | undefined, RegExp][] = [
      [undefined, undefined, /^there is no comment; write it as an argument, name its file with --file/],
      ["", undefined, /^the comment is empty/],
      [" \n\t", undefined, /^the comment is empty/],
      ["words", "LICENSE", /^there are two comments, an argument and --file/],
      [undefined, "no/such/file", /no\/such\/file cannot be read: there is no such file$/],
      [undefined, "tests", /tests cannot be read: it is a folder/],
    ];
    for (const [given, file, message] of refused)
      await assert.rejects(
        commentText(given, file),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    await assert.rejects(commentText("-", undefined, Readable.from([])), /^UserError: the comment on standard input/);
    await assert.rejects(commentText(undefined, process.execPath), /is not text in UTF-8; add it as a file/);
  });
});

/** A local cloud, its seeded case, and a `sendOnce` whose time passes without waiting. */
interface Setting {
  readonly cloud: Cloud;
  readonly api: SupportApi;
  readonly one: StackCase;
  readonly sleeps: number[];
  readonly told: string[];
  send<Effect>(write: Write<Effect>, onSleep?: () => void): Promise<Effect>;
  calls(rpc: string): number;
}

async function open(t: TestContext): Promise<Setting> {
  const cloud = await startCloud();
  t.onTestFinished(() => cloud.close());
  const [sleeps, told]: [number[], string[]] = [[], []];
  return {
    cloud,
    sleeps,
    told,
    one: caseOf("customer-care/testCase", 43595344),
    api: supportApi(createTransport(readGoogleSettings(() => undefined, cloud.environment))),
    send: (write, onSleep) =>
      sendOnce(
        write,
        (milliseconds) => {
          sleeps.push(milliseconds);
          onSleep?.();
          return Promise.resolve();
        },
        (text) => void told.push(text),
      ),
    calls: (rpc) => cloud.requests.filter((request) => request.rpc?.endsWith(rpc)).length,
  };
}

/** Each write, with the method that it calls and how often its effect is there. */
const writes: {
  rpc: string;
  write: (setting: Setting) => Promise<Write<unknown>>;
  effects: (setting: Setting) => Promise<number>;
}[] = [
  {
    rpc: "CreateComment",
    write: async ({ api, one }) =>
      commentWrite(api, one, "It happened again\nat 04:10 UTC.", await api.listComments(one.name)),
    effects: async ({ api, one }) =>
      (await api.listComments(one.name)).filter(({ body }) => body.startsWith("It happened again\n")).length,
  },
  {
    rpc: "UploadMedia",
    write: ({ api, one }) => attachmentWrite(api, one, "top.txt", Uint8Array.of(1, 2, 255)),
    effects: async ({ api, one }) =>
      (await api.listAttachments(one.name)).filter(({ filename }) => filename === "top.txt").length,
  },
  {
    rpc: "EscalateCase",
    write: ({ api, one }) =>
      Promise.resolve(escalationWrite(api, one, { reason: "RESOLUTION_TIME", justification: "Since Monday" })),
    effects: async ({ api, one }) => Number((await api.getCase(one.name)).escalated === true),
  },
  {
    rpc: "CloseCase",
    write: ({ api, one }) => Promise.resolve(closureWrite(api, one)),
    effects: async ({ api, one }) => Number((await api.getCase(one.name)).state === "CLOSED"),
  },
];

for (const { rpc, write, effects } of writes)
  describe(`${rpc} is sent once`, () => {
    it("where it is answered", async (t) => {
      const setting = await open(t);
      await setting.send(await write(setting));
      assert.deepEqual([await effects(setting), setting.calls(rpc), setting.told], [1, 1, []]);
    });

    it("where the answer is lost: the effect is found", async (t) => {
      const setting = await open(t);
      setting.cloud.faults.add({ match: { rpc }, effect: "reset-after-effect" });
      assert.ok(await setting.send(await write(setting)));
      assert.deepEqual([await effects(setting), setting.calls(rpc), setting.sleeps], [1, 1, [2500]]);
      assert.match(setting.told[0] ?? "", /^It is not clear whether .*; looking for it, for 30 s at most\.$/);
    });

    it("where it fails with a server's error: it is not known, and is said so after half a minute", async (t) => {
      const setting = await open(t);
      setting.cloud.faults.add({ match: { rpc }, effect: { error: { code: 503 } } });
      await assert.rejects(
        setting.send(await write(setting)),
        (error) =>
          error instanceof UserError &&
          /^it is not known whether .*; look with `care case show customer-care\/testCase` before/.test(error.message),
      );
      assert.deepEqual(
        [await effects(setting), setting.calls(rpc), setting.sleeps],
        [0, 1, Array.from({ length: 12 }, () => 2500)],
      );
    });

    it("where it is refused: nothing is looked for", async (t) => {
      const setting = await open(t);
      setting.cloud.faults.add({ match: { rpc }, effect: { error: { code: 403 } } });
      await assert.rejects(setting.send(await write(setting)), (error) => error instanceof GoogleError);
      assert.deepEqual([await effects(setting), setting.calls(rpc), setting.sleeps], [0, 1, []]);
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
        (error) => error instanceof UserError && error.message.includes("of another life: it has this stack's name"),
      );
    for (const [what, name] of names) {
      const chosen = chooseCase({ name: "dev", inState: [], leftBehind }, name);
      if (/RealCase|realCase|ofAnother(Stack|Project)|withoutMarker|Renamed/.test(what))
        await assert.rejects(chosen, /has no case/);
      else assert.equal((await chosen).doubt, "anotherLife", what);
    }
  });

  it("is not looked for where nothing says of which stack and where", async (t) => {
    const { cloud, left } = await cloudWithCases(t);
    const before = cloud.requests.length;
    assert.deepEqual(await left([], {}), {});
    assert.equal(cloud.requests.length, before);
  });
});

describe("an effect that comes late, or cannot be looked for at first", () => {
  it("is found", async (t) => {
    const setting = await open(t);
    const { api, one, cloud } = setting;
    cloud.faults.add({ match: { rpc: "CreateComment" }, effect: { error: { code: 504 } } });
    const write = commentWrite(api, one, "Late", await api.listComments(one.name));
    cloud.faults.add({ match: { rpc: "ListComments", nth: 1, times: 2 }, effect: { error: { code: 500 } } });
    const late = () => api.createComment(one.name, "Late");
    let sleeps = 0;
    const made = await setting.send(write, () => {
      if (++sleeps === 4) void late();
    });
    assert.equal(made.body, "Late");
    assert.ok(setting.sleeps.length >= 4);
  });
});

describe("the output", () => {
  it("shows what a terminal would obey, in its own lines or in one", () => {
    assert.equal(visibleLines("\u202egnp.exe\u2066 \u05e9\u05dc"), "\\u{202e}gnp.exe\\u{2066} \u05e9\u05dc");
    assert.equal(visibleLines("a\u001b[31mred\u009b2J\tb\r\nc"), "a\\u{1b}[31mred\\u{9b}2J    b\nc");
    assert.equal(oneLine(" one\n two "), "one two");
  });

  it("has columns", () => {
    assert.equal(
      columns([
        ["a", "bc"],
        ["def", "g"],
        ["", ""],
      ]),
      "a    bc\ndef  g",
    );
  });
});

describe("a question on a terminal", () => {
  const ask = async (answer: string[]) => {
    let asked = "";
    const output = new Writable({
      write(chunk, _encoding, done) {
        asked += String(chunk);
        done();
      },
    });
    const isYes = await confirm("Close it?", { input: Readable.from(answer), output });
    assert.equal(asked, "Close it? [y/N] ");
    return isYes;
  };

  it("is answered with y or yes; anything else, and no answer, is no", async () => {
    for (const yes of ["y\n", "Yes\n", " y \n"]) assert.equal(await ask([yes]), true, yes);
    for (const no of ["\n", "n\n", "yess\n", "close\n"]) assert.equal(await ask([no]), false, no);
    assert.equal(await ask([]), false);
  });
});

describe("the exit code", () => {
  it("of a fault of the program is Node's own, with its stack", () => {
    const fault = new TypeError("a fault");
    assert.throws(() => exitCodeOf(fault), fault);
  });
});

/** Components with the stack's provider and with their own in one program: each is checked with its own caller, and with no other. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";

const operator = { accessToken: "local-operator-token" };
/** A person, whose credentials have no quota project. */
const ada = { accessToken: "local-ada-token" };

interface Listed {
  readonly by?: string;
  readonly projects?: object;
  readonly testCase?: object;
}

interface Zone {
  readonly all: Readonly<Record<string, Listed>>;
  readonly providers?: Readonly<Record<string, object>>;
  readonly gcp?: Readonly<Record<string, string>>;
}

const keysOf = ({ all, providers = { own: operator }, gcp = {} }: Zone) => ({
  ...gcp,
  "mixed:providers": providers,
  "mixed:all": Object.fromEntries(Object.entries(all).map(([name, one]) => [name, { plan: "enhanced", ...one }])),
});

async function zone(t: TestContext, name: string, token: string, first: Zone): Promise<LocalRun> {
  const run = await localRun({
    name: `mixed-${name}`,
    projectName: "mixed",
    program: join(import.meta.dirname, "programs", "mixedProviders.ts"),
    config: keysOf(first),
    credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: token },
  });
  t.onTestFinished(() => run.close());
  return run;
}

/** The token in the state of the provider `own` is one that Google no longer accepts. */
async function expireInState({ stack }: LocalRun): Promise<void> {
  const exported = await stack.exportStack();
  const { resources } = exported.deployment as {
    readonly resources: readonly { urn: string; inputs: object; outputs: object }[];
  };
  for (const one of resources)
    if (one.urn.endsWith("::pulumi:providers:gcp::own"))
      for (const values of [one.inputs, one.outputs]) Object.assign(values, { accessToken: "expired" });
  await stack.importStack(exported);
}

/** Without the note of the gcp provider on a project that it does not need. */
const outputOf = ({ messages }: { readonly messages: readonly string[] }) =>
  messages.filter((one) => !one.includes("global setting for GCP Project")).join("\n");
const contact = (email: string) => ({ contacts: { legal: [email] } });
const needsQuota = /Google requires a quota project/;

describe("a component with its own provider", { concurrent: true }, () => {
  it("and a person's credentials without a quota project has one error in the preview, and nothing is created", async (t) => {
    const all = { own: { by: "own", projects: { "shop-dev": { ...contact("l@example.com"), services: [] } } } };
    const run = await zone(t, "noQuota", operator.accessToken, { all, providers: { own: ada } });
    for (const operation of ["preview", "up"] as const) {
      const outcome = await run[operation]();
      assert.equal(outcome.failed, true, operation);
      assert.match(
        outputOf(outcome),
        /^the gcp\.Provider own: Google requires a quota project for contacts with a user's credentials, .*; write userProjectOverride: true and billingProject: "PROJECT_ID" into its args$/m,
      );
      assert.equal(outputOf(outcome).split("requires a quota project").length, 2, outputOf(outcome));
    }
    assert.deepEqual(writesSince(run.cloud, 0), []);
    await run.setConfig(
      keysOf({ all, providers: { own: { ...ada, userProjectOverride: true, billingProject: "ops-admin" } } }),
    );
    const preview = await run.preview();
    assert.equal(preview.failed, false, outputOf(preview));
    assert.doesNotMatch(outputOf(preview), needsQuota);
  });

  it("has a test case that is checked with the stack's caller, who would change it", async (t) => {
    const own = {
      by: "own",
      projects: { "shop-dev": { services: [] } },
      testCase: { project: "shop-dev", keepOpen: true },
    };
    const run = await zone(t, "caseOfStack", operator.accessToken, { all: { own } });
    run.cloud.state.projects.get("shop-dev")?.services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
    const up = await run.up();
    assert.equal(up.failed, false, outputOf(up));
    const first = run.cloud.requests.length;
    for (const [token, message] of [
      ["local-ada-token", needsQuota],
      ["expired", /credentials: Google rejects them, because they have expired/],
    ] as const) {
      run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: token });
      for (const changed of [
        { ...own, testCase: { ...own.testCase, displayName: "Another" } },
        { ...own, testCase: undefined },
      ]) {
        await run.setConfig(keysOf({ all: { own: changed } }));
        const outcome = await run.preview();
        assert.equal(outcome.failed, true, `${token}: ${outputOf(outcome)}`);
        assert.match(outputOf(outcome), message);
      }
    }
    assert.deepEqual(writesSince(run.cloud, first), []);
  });
});

describe("a program with both kinds of providers", { concurrent: true }, () => {
  const all = {
    own: { by: "own", projects: { "shop-dev": { ...contact("own@example.com"), services: [] } } },
    stack: { projects: { "pay-dev": { editors: ["user:lead@example.com"], services: [] } } },
  };

  it("is not warned of a quota project for the contacts of another caller", async (t) => {
    const run = await zone(t, "noWarning", operator.accessToken, { all });
    const up = await run.up();
    assert.equal(up.failed, false, outputOf(up));
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" });
    const same = await run.preview();
    assert.deepEqual([same.failed, outputOf(same), same.steps], [false, "", []]);
    // The contact leaves with the provider's caller, who may delete it.
    await run.setConfig(keysOf({ all: { ...all, own: { by: "own", projects: { "shop-dev": { services: [] } } } } }));
    for (const operation of ["preview", "up"] as const) {
      const outcome = await run[operation]();
      assert.deepEqual([outcome.failed, outputOf(outcome)], [false, ""]);
    }
  });

  it("has deletions that are refused with the caller who would make them", async (t) => {
    const both = { ...all, stack: { projects: { "pay-dev": { ...contact("stack@example.com"), services: [] } } } };
    const run = await zone(t, "deletions", operator.accessToken, { all: both });
    const up = await run.up();
    assert.equal(up.failed, false, outputOf(up));
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" });
    const first = run.cloud.requests.length;
    await run.setConfig(keysOf({ all: { ...both, stack: { projects: { "pay-dev": { services: [] } } } } }));
    for (const operation of ["preview", "up"] as const) {
      const outcome = await run[operation]();
      assert.equal(outcome.failed, true, operation);
      assert.match(
        outputOf(outcome),
        /^gcp:billingProject: .* This update would delete stack\/projects\/pay-dev\/stack@example\.com$/m,
      );
    }
    await run.setConfig(
      keysOf({
        all: { ...both, own: { by: "own", projects: { "shop-dev": { services: [] } } } },
        providers: { own: ada },
      }),
    );
    const outcome = await run.preview();
    assert.equal(outcome.failed, true);
    assert.match(
      outputOf(outcome),
      /^the gcp\.Provider own: .* This update would delete own\/projects\/shop-dev\/own@example\.com$/m,
    );
    assert.deepEqual(writesSince(run.cloud, first), []);
  });
});

describe("a component that leaves", { concurrent: true }, () => {
  const editors = { projects: { "pay-dev": { editors: ["user:lead@example.com"], services: [] } } };
  const own = { by: "own", projects: { "shop-dev": { ...contact("own@example.com"), services: [] } } };
  const expired = { accessToken: "expired" };
  const others = { other: operator };
  const rest = { stack: editors };
  const restOfOther = { third: { ...editors, by: "other" } };
  const credentials = "credentials of the gcp\\.Provider own: Google rejects them, because they have expired";
  const deletes = "This update would delete own/projects/shop-dev/own@example\\.com$";
  const removed = "keep the provider in the program, with valid ones, until the update";

  interface Leaving {
    readonly before: Zone;
    readonly after: Zone;
    readonly error: RegExp;
    readonly fixed: Zone;
  }
  // The credentials expire between two updates: with the state's provider, in the program's, or in the stack's.
  const leavings: Readonly<Record<string, Leaving>> = {
    "with its own provider": {
      before: { all: { own, ...rest } },
      after: { all: rest, providers: {} },
      error: new RegExp(`^${credentials}.*; ${removed}.*${deletes}`, "m"),
      fixed: { all: rest, providers: { own: operator } },
    },
    "with its own provider, next to another one": {
      before: { all: { own, ...restOfOther }, providers: { own: operator, ...others } },
      after: { all: restOfOther, providers: others },
      error: new RegExp(`^${credentials}.*; ${removed}.*${deletes}`, "m"),
      fixed: { all: restOfOther, providers: { own: operator, ...others } },
    },
    "whose own provider stays": {
      before: { all: { own, ...rest } },
      after: { all: rest, providers: { own: expired } },
      error: new RegExp(`^${credentials}.*; replace them where the program gets them.*${deletes}`, "m"),
      fixed: { all: rest, providers: { own: operator } },
    },
    "for its own provider, as it takes the stack's": {
      before: { all: { own, ...rest } },
      after: { all: { ...rest, own: { projects: { "shop-dev": { services: [] } } } }, providers: {} },
      error: new RegExp(`^${credentials}.*; ${removed}.*${deletes}`, "m"),
      fixed: { all: rest, providers: { own: operator } },
    },
    "with the stack's provider, from those with their own": {
      before: { all: { own: { ...own, by: "" }, ...restOfOther }, providers: others },
      after: { all: restOfOther, providers: others },
      error: new RegExp(`^credentials: Google rejects them, because they have expired.*${deletes}`, "m"),
      fixed: { all: restOfOther, providers: others },
    },
  };
  for (const [name, { before, after, error, fixed }] of Object.entries(leavings))
    it(`${name} has its deletions checked with its credentials`, async (t) => {
      const run = await zone(t, `leaves-${name.replace(/\W+/g, "")}`, operator.accessToken, before);
      const up = await run.up();
      assert.equal(up.failed, false, outputOf(up));
      const isOfStack = before.all["own"]?.by === "";
      if (isOfStack) run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "expired" });
      // A token in the state expires in Google.
      else if (after.providers && !("own" in after.providers)) {
        await expireInState(run);
      }
      const first = run.cloud.requests.length;
      await run.setConfig(keysOf(after));
      for (const operation of ["preview", "up"] as const) {
        const outcome = await run[operation]();
        assert.equal(outcome.failed, true, `${operation}: ${outputOf(outcome)}`);
        assert.match(outputOf(outcome), error);
      }
      assert.deepEqual(writesSince(run.cloud, first), []);
      if (isOfStack) run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: operator.accessToken });
      await run.setConfig(keysOf(fixed));
      const done = await run.up();
      assert.equal(done.failed, false, outputOf(done));
    });
});

describe("two callers at one place", { concurrent: true }, () => {
  it("are not taken for one: a place that one of them cannot see is not refused to the other", async (t) => {
    const all = {
      own: { by: "own", projects: { "shop-dev": { editors: ["user:lead@example.com"], services: [] } } },
      stack: { projects: { "shop-dev": { contactViewers: ["user:lead@example.com"], services: [] } } },
    };
    const run = await zone(t, "twoCallers", "local-nobody-token", { all });
    const up = await run.pulumi("up", "--yes", "--skip-preview", "--continue-on-error", "--stack", "test");
    assert.equal(up.failed, true);
    const members = run.cloud.state.projects
      .get("shop-dev")
      ?.policy.bindings.filter(({ members }) => members.includes("user:lead@example.com"))
      .map(({ role }) => role);
    assert.deepEqual(members, ["roles/cloudsupport.techSupportEditor"]);
    assert.doesNotMatch(outputOf(up), /own\/projects\/shop-dev\/editors.*does not exist, or this caller has no role/);
  });
});

/** A component with an explicit gcp.Provider: a green preview is a green update, and only propagation is waited for. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { writesSince } from "../support/writes.ts";

const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";
const operatorToken = "local-operator-token";

/** No credential of this machine's own is found, nor looked for in its network. */
const ofNoMachine = {
  GOOGLE_APPLICATION_CREDENTIALS: undefined,
  CLOUDSDK_CONFIG: join(tmpdir(), "no-such-folder"),
  METADATA_SERVER_DETECTION: "none",
};

interface Zone {
  readonly name: string;
  readonly projects?: object;
  readonly testCase?: object;
  /** The token of the provider. @default the operator's */
  readonly token?: string;
  readonly billingProject?: string;
  /** Whether the ID of the project is plain text. @default false */
  readonly isPlain?: boolean;
  /** The credentials of the environment. */
  readonly credentials?: Readonly<Record<string, string>>;
}

async function zone(t: TestContext, options: Zone): Promise<LocalRun> {
  const { name, projects = { "shop-dev": {} }, testCase, token = operatorToken, billingProject } = options;
  const run = await localRun({
    name,
    program: join(import.meta.dirname, "programs", "ownProvider.ts"),
    credentials: options.credentials ?? {},
    config: {
      "own:token": token,
      ...(options.isPlain && { "own:plain": "true" }),
      ...(billingProject && { "own:billingProject": billingProject }),
      "own:customerCare": { plan: "enhanced", projects, ...(testCase && { testCase }) },
    },
  });
  run.setEnvironment(ofNoMachine);
  t.onTestFinished(() => run.close());
  return run;
}

const testCase = { project: "shop-dev" };

describe("the test case of a component with an explicit provider", () => {
  it("fails in the preview, before anything is created, if only the provider has credentials", async (t) => {
    const run = await zone(t, { name: "ownProviderToken", testCase });
    const preview = await run.preview();
    assert.equal(preview.failed, true);
    const output = preview.messages.join("\n");
    assert.match(
      output,
      /customer-care:testCase: the test case never uses an explicit gcp\.Provider, but .*, and no Google credentials were found there; run gcloud auth/,
    );
    assert.doesNotMatch(output, /^\s+at /m);
    assert.deepEqual(writesSince(run.cloud, 0), []);
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: operatorToken });
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual((await run.preview()).steps, []);
  });

  it("fails in the preview if a person's credentials have no quota project, whatever the provider has", async (t) => {
    const run = await zone(t, {
      name: "ownProviderQuota",
      testCase,
      billingProject: "shop-dev",
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" },
    });
    const { failed, messages } = await run.preview();
    assert.equal(failed, true);
    assert.match(
      messages.join("\n"),
      /user's credentials there have no quota project, .* run pulumi config set gcp:userProjectOverride true/,
    );
    assert.deepEqual(writesSince(run.cloud, 0), []);
  });
});

describe("the preview of a component with an explicit provider names the caller of the test case", () => {
  const auditor = { GOOGLE_OAUTH_ACCESS_TOKEN: "local-auditor-token" };
  const note =
    /customer-care\/testCase: serviceAccount:auditor@\S+ is the caller of the test case, and needs Tech Support Editor \(roles\/cloudsupport\.techSupportEditor\) there: a test case does not use the gcp\.Provider google \(serviceAccount:operator@/;

  it("if the project is an Output, so that its permissions are not checked", async (t) => {
    const run = await zone(t, { name: "ownProviderCaller", testCase, credentials: auditor });
    const { failed, messages } = await run.preview();
    assert.equal(failed, false);
    assert.match(messages.join("\n"), note);
  });

  it("and fails if that caller lacks the permission, and the provider's can deploy", async (t) => {
    const run = await zone(t, { name: "ownProviderDenied", testCase, isPlain: true, credentials: auditor });
    const { failed, messages } = await run.preview();
    assert.equal(failed, true);
    assert.match(messages.join("\n"), /to create the test case at projects\/shop-dev, this caller lacks cloudsupport/);
    assert.deepEqual(writesSince(run.cloud, 0), []);
  });

  it("but not if nobody of this run can deploy, as in a reviewer's preview", async (t) => {
    const options = { testCase, isPlain: true, token: "local-auditor-token", credentials: auditor };
    const run = await zone(t, { name: "ownProviderReview", ...options });
    const { failed, messages } = await run.preview();
    assert.equal(failed, false, messages.join("\n"));
    assert.doesNotMatch(messages.join("\n"), /is the caller of the test case, and needs/);
  });

  it("but not if it is the same, nor once the case is in the state", async (t) => {
    const run = await zone(t, {
      name: "ownProviderSame",
      testCase,
      credentials: { GOOGLE_OAUTH_ACCESS_TOKEN: operatorToken },
    });
    assert.doesNotMatch((await run.preview()).messages.join("\n"), /is the caller of the test case, and needs/);
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    run.setEnvironment(auditor);
    assert.doesNotMatch((await run.preview()).messages.join("\n"), /is the caller of the test case, and needs/);
  });
});

describe("a denied call after a grant of the same update", () => {
  const granting = { "shop-dev": { editors: [operator], contactAdministrators: [operator] } };
  const withContact = {
    "shop-dev": { ...granting["shop-dev"], contacts: { technical: ["oncall@example.com"] } },
  };
  const credentials = { GOOGLE_OAUTH_ACCESS_TOKEN: operatorToken };

  it("is waited for if the grant gives the missing permission", async (t) => {
    const run = await zone(t, {
      name: "ownProviderGrant",
      projects: granting,
      testCase,
      credentials,
    });
    run.cloud.faults.add({ match: { rpc: "CreateCase" }, effect: { error: { code: 403 } } });
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.match(messages.join("\n"), /waiting for the grants? of this update to propagate/);
  });

  const refusals = [
    [
      "a quota project",
      "CreateContact",
      "The essentialcontacts.googleapis.com API requires a quota project, which is not set by default.",
      /the gcp\.Provider has none; write userProjectOverride: true and billingProject/,
    ],
    [
      "another permission",
      "CreateContact",
      "Permission 'resourcemanager.projects.get' denied on resource '//x' (or it may not exist).",
      /resourcemanager\.projects\.get/,
    ],
    ["a perimeter", "CreateCase", "Request is prohibited by organization's policy.", /prohibited/],
  ] as const;
  for (const [what, rpc, message, expected] of refusals)
    it(`fails at once for ${what}`, async (t) => {
      const run = await zone(t, { name: `ownProvider-${what}`, projects: withContact, testCase, credentials });
      run.cloud.faults.add({ match: { rpc }, effect: { error: { code: 403, message } } });
      const { failed, messages } = await run.up();
      const output = messages.join("\n");
      assert.equal(failed, true);
      assert.match(output, expected);
      assert.doesNotMatch(output, /waiting for the grant/);
      assert.equal(run.cloud.requests.filter((request) => request.rpc === rpc).length, 1);
    });

  it("fails at once if the grant is somebody else's", async (t) => {
    const run = await zone(t, {
      name: "ownProviderOther",
      projects: { "shop-dev": { editors: ["user:ada@example.com"] } },
      testCase,
      credentials,
    });
    run.cloud.faults.add({ match: { rpc: "CreateCase" }, effect: { error: { code: 403 } } });
    const { failed, messages } = await run.up();
    assert.equal(failed, true);
    assert.doesNotMatch(messages.join("\n"), /waiting for the grant/);
  });
});

/** Credentials are found at call time and kept nowhere: planted ones are looked for in all that a run leaves. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import { oneCase } from "../support/configs.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, Outcome } from "../support/localRun.ts";

const states = ({ cloud }: LocalRun) =>
  [...cloud.state.cases.values()].filter(({ testCase }) => testCase).map(({ state }) => state);

/** No credential of this machine's own is found, nor looked for in its network. */
const ofNoMachine = {
  GOOGLE_APPLICATION_CREDENTIALS: undefined,
  CLOUDSDK_CONFIG: join(tmpdir(), "no-such-folder"),
  METADATA_SERVER_DETECTION: "none",
};

const allMessages = (outcomes: readonly Outcome[]) => JSON.stringify(outcomes);

/** Nothing of the gcp plugin, which would look for a credential itself, and of which the stand-in takes access tokens alone. */
async function caseAlone(t: TestContext, name: string): Promise<LocalRun> {
  const config = { ...oneCase({ keepOpen: true }), "customer-care:projects": { "shop-dev": { services: [] } } };
  const run = await localRun({ name, config, credentials: {} });
  t.onTestFinished(() => run.close());
  const project = [...run.cloud.state.projects.values()].find(({ projectId }) => projectId === "shop-dev");
  project?.services.set("cloudsupport.googleapis.com", { enabledAt: 0 });
  return run;
}

describe("a credential", () => {
  it("of the environment is in no state and no message, and another may destroy its resources", async (t) => {
    const run = await localRun({ name: "credentials", config: oneCase({ keepOpen: true }), credentials: {} });
    t.onTestFinished(() => run.close());
    const planted = "planted-token-5f2c81";
    run.cloud.state.accessTokens.set(planted, {
      principal: "serviceAccount:operator@ops-admin.iam.gserviceaccount.com",
    });
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: planted });
    const outcomes = [await run.up(), await run.preview()];
    run.cloud.faults.add({ match: { rpc: "GetCase" }, effect: { error: { code: 403, message: "denied on purpose" } } });
    outcomes.push(await run.refresh());
    assert.deepEqual(
      outcomes.map(({ failed }) => failed),
      [false, false, true],
    );
    assert.ok(allMessages(outcomes).includes("denied on purpose"));

    run.cloud.state.accessTokens.delete(planted);
    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" });
    outcomes.push(await run.destroy());
    assert.equal(outcomes.at(-1)?.failed, false, allMessages(outcomes));
    assert.deepEqual(states(run), ["CLOSED"]);
    for (const secret of [planted, "local-operator-token"]) {
      assert.ok(!(await run.stateText()).includes(secret), "in the state");
      assert.ok(!allMessages(outcomes).includes(secret), "in a message");
    }
  });

  it("that the config has got since the last update is found by a refresh that runs the program, as its error advises", async (t) => {
    const run = await caseAlone(t, "credential of the config");
    run.setEnvironment({ ...ofNoMachine, GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" });
    const up = await run.up();
    assert.equal(up.failed, false, allMessages([up]));

    run.setEnvironment({ GOOGLE_OAUTH_ACCESS_TOKEN: undefined });
    const set = ["config", "set", "--secret", "gcp:accessToken", "local-operator-token", "--stack", "test"];
    assert.equal((await run.pulumi(...set)).failed, false);
    for (const operation of ["refresh", "destroy"] as const) {
      const { failed, messages } = await run[operation]();
      const cure = `no Google credentials were found.*, or, if the stack's config has credentials, run \`pulumi ${operation} --run-program\``;
      assert.ok(failed);
      assert.match(messages.join("\n"), new RegExp(cure));
    }
    const destroyed = await run.pulumi("destroy", "--run-program", "--yes", "--stack", "test");
    assert.equal(destroyed.failed, false, allMessages([destroyed]));
    assert.deepEqual(states(run), ["CLOSED"]);
  });

  it("file is in no state and no message, nor is its path, its key, or the address that it names", async (t) => {
    const run = await caseAlone(t, "credential files");
    const folder = await mkdtemp(join(tmpdir(), "planted-path-"));
    t.onTestFinished(() => rm(folder, { recursive: true }));
    const { externalAccount } = run.cloud.credentialFiles(folder, {
      principal: "serviceAccount:operator@ops-admin.iam.gserviceaccount.com",
    });
    const planted = {
      client_id: "planted-client",
      client_secret: "planted-secret",
      audience: "//iam.googleapis.com/planted-audience",
    };
    const file = JSON.parse(await readFile(externalAccount, "utf8")) as Record<string, unknown>;
    await writeFile(externalAccount, JSON.stringify({ ...file, ...planted }));
    run.setEnvironment({ GOOGLE_APPLICATION_CREDENTIALS: externalAccount });
    const outcomes = [await run.up(), await run.preview()];
    const answers = { code: 400, message: "denied on purpose" };
    run.cloud.faults.add({ match: { rpc: "ExchangeToken", times: 100 }, effect: { error: answers } });
    outcomes.push(await run.refresh());
    run.cloud.faults.clear();

    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const serviceAccount = join(folder, "key.json");
    await writeFile(
      serviceAccount,
      JSON.stringify({
        type: "service_account",
        project_id: "planted-project",
        private_key_id: "planted-key",
        private_key: key,
        client_email: "planted@ops-admin.iam.gserviceaccount.com",
        universe_domain: file["universe_domain"],
      }),
    );
    run.setEnvironment({ GOOGLE_APPLICATION_CREDENTIALS: serviceAccount });
    // The local cloud takes no token that its caller has signed.
    outcomes.push(await run.refresh());
    assert.deepEqual(
      outcomes.map(({ failed }) => failed),
      [false, false, true, true],
      allMessages(outcomes),
    );
    assert.ok(allMessages(outcomes).includes("401"), allMessages(outcomes));
    run.setEnvironment({
      GOOGLE_APPLICATION_CREDENTIALS: undefined,
      GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token",
    });
    outcomes.push(await run.destroy());
    assert.equal(outcomes.at(-1)?.failed, false, allMessages(outcomes));
    assert.deepEqual(states(run), ["CLOSED"]);
    const [, middleOfTheKey = ""] = key.split("\n");
    for (const secret of ["planted", middleOfTheKey, "local-operator-token"]) {
      assert.ok(!(await run.stateText()).includes(secret), `${secret} in the state`);
      assert.ok(!allMessages(outcomes).includes(secret), `${secret} in a message: ${allMessages(outcomes)}`);
    }
  });
});

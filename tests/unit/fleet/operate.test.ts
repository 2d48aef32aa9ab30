/** What becomes of a fleet where one of its stacks meets trouble. Pulumi's part is played by a script, which fails as it does. */
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import type { Fleet } from "../../../care/fleet/fleetFile.ts";
import { mergedDiff } from "../../../care/fleet/preview.ts";
import { operate } from "../../../care/fleet/operate.ts";
import { backendIn } from "../../../care/fleet/pulumi.ts";
import type { Progress } from "../../../care/fleet/events.ts";
import { summaryOf } from "../../../care/fleet/summary.ts";
import { rejectedCredentialAdvice } from "../../../care/google/credentials.ts";
import type { Operation } from "../../../care/fleet/stackOperation.ts";
import { check } from "../../../onboarding/index.ts";
import { startCloud } from "../../../tools/localCloud/index.ts";

/** @param cases Of a shell's `case "$*" in`: what Pulumi does for its arguments. */
function pulumiThat(t: TestContext, cases: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "care-fleet-"));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\ncase "$*" in\n${cases.join("\n")}\nesac\n`);
  chmodSync(join(folder, "pulumi"), 0o755);
  const { PATH: path = "" } = process.env;
  process.env["PATH"] = `${folder}${delimiter}${path}`;
  t.onTestFinished(() => {
    process.env["PATH"] = path;
  });
  return folder;
}

function fleetIn(directory: string, ofProviders: Fleet["ofProviders"] = {}): Fleet {
  const { config = assert.fail() } = check({ plan: "enhanced", fleet: { shards: 2 } });
  return {
    name: "prod",
    project: "customer-care",
    directory,
    stackFiles: directory,
    shards: 2,
    config,
    ofFile: new Set<string>(),
    ofProviders,
    defaults: {},
    secretsProvider: undefined,
  };
}

const files = { stacks: ["prod-00", "prod-01"], absent: new Set<string>(), write: () => Promise.resolve() };

const operated = async (operation: Operation, fleet: Fleet) =>
  (
    await operate(operation, files, 2, {
      fleet,
      logs: join(fleet.directory, "logs"),
      signal: new AbortController().signal,
    })
  ).runs;

const stacks = (...names: readonly string[]) =>
  `"stack ls"*) echo '${JSON.stringify(names.map((name) => ({ name })))}' ;;`;

describe("a stack that fails", () => {
  it("is listed with each problem of an error in its own line", () => {
    const progress = { changes: {} } as Progress;
    const errors = ["first problem\n  second problem\nSee docs/reference/errors.md#place", "another error"];
    const run = {
      stack: "prod-00",
      log: "prod-00.log",
      status: "failed" as const,
      progress,
      notes: [],
      errors,
      warnings: [],
    };
    assert.equal(
      summaryOf({ operation: "up", runs: [run], seconds: 1 }),
      "prod-00 failed:\n  first problem\n  second problem\n  See docs/reference/errors.md#place\n  another error\n" +
        "  full log: prod-00.log\n0 of 1 stacks updated, 1 failed, 1.0 s.\n",
    );
  });

  it("has a bounded number of lines, and the rest is in its log", () => {
    const progress = { changes: {} } as Progress;
    const errors = [Array.from({ length: 500 }, (_, index) => `problem ${String(index)}`).join("\n")];
    const run = {
      stack: "prod-00",
      log: "prod-00.log",
      status: "failed" as const,
      progress,
      notes: [],
      errors,
      warnings: [],
    };
    const lines = summaryOf({ operation: "up", runs: [run], seconds: 1 }).split("\n");
    assert.deepEqual(lines.slice(12, 15), ["  problem 11", "  and 488 more lines", "  full log: prod-00.log"]);
    assert.equal(lines.length, 17);
  });

  it("is listed after the warnings of all stacks, each of which is shown once, and whole", () => {
    const progress = { changes: {} } as Progress;
    const run = (stack: string, warnings: readonly string[]) => {
      return { stack, log: "", status: "done" as const, progress, notes: [], errors: [], warnings };
    };
    const long = `${"long ".repeat(200)}[alerts-exist]`;
    const many = Array.from({ length: 60 }, (_, index) => `warning ${String(index)}`);
    const lines = summaryOf({
      operation: "preview",
      runs: [run("prod-00", [long, "two\nlines"]), run("prod-01", [long]), run("prod-02", many)],
      seconds: 1,
    }).split("\n");
    assert.deepEqual(lines.slice(0, 3), [`prod-00, prod-01: ${long}`, "prod-00: two lines", "prod-02: warning 0"]);
    assert.deepEqual(lines.slice(50), ["and 12 more warnings, in the logs", "3 of 3 stacks previewed, 1.0 s.", ""]);
  });

  it("because Google rejects its credentials is reported with the credentials and the command to run", () => {
    const progress = { changes: {} } as Progress;
    const errors = ['error reading: googleapi: Error 401: Request had invalid authentication credentials. {"a": 1}'];
    const run = {
      stack: "prod-00",
      log: "prod-00.log",
      status: "failed" as const,
      progress,
      notes: [],
      errors,
      warnings: [],
    };
    const advice = rejectedCredentialAdvice(errors) ?? assert.fail();
    assert.ok(summaryOf({ operation: "preview", runs: [run], seconds: 1 }).includes(`\n  ${advice}\n`));
    assert.match(
      rejectedCredentialAdvice(errors, { GOOGLE_OAUTH_ACCESS_TOKEN: "a token" }) ?? "",
      /^Google rejects the credentials of GOOGLE_OAUTH_ACCESS_TOKEN \(or of .*\), because .*; run gcloud auth application-default login/,
    );
    assert.match(
      rejectedCredentialAdvice(errors, { GITHUB_ACTIONS: "true" }) ?? "",
      /^Google rejects the credentials of this job, .*google-github-actions\/auth/,
    );
  });

  it("that cannot be created is reported with its own log, not with one of an earlier command", async (t) => {
    const fleet = fleetIn(
      pulumiThat(t, [stacks("prod-00"), '"stack init"*) echo "error: no space left"; exit 1 ;;', "*) ;;"]),
    );
    const [made, failed] = await operated("preview", fleet);
    assert.deepEqual([made?.status, failed?.status], ["done", "failed"]);
    assert.deepEqual(failed?.errors, ["pulumi stack init: no space left"]);
    assert.equal(readFileSync(failed?.log ?? "", "utf8"), "error: no space left\n");
    assert.deepEqual(await mergedDiff(failed === undefined ? [] : [failed]), []);
  });

  it("whose contacts cannot be read from Google has failed, and the others continue", async (t) => {
    const cloud = await startCloud();
    t.onTestFinished(() => cloud.close());
    cloud.faults.add({
      match: { rpc: "ListContacts", times: 9 },
      effect: { error: { code: 403, message: "not you" } },
    });
    const refusal = "There is already a contact with the given email address";
    const diagnostic = JSON.stringify({ diagnosticEvent: { severity: "error", message: refusal } });
    const type = "gcp:essentialcontacts/contact:Contact";
    const resource = { urn: "urn:1", type, inputs: { parent: "projects/shop-dev", email: "a@example.com" } };
    const state = { deployment: { resources: [], pending_operations: [{ type: "creating", resource }] } };
    const directory = pulumiThat(t, [
      stacks("prod-00", "prod-01"),
      `"up "*prod-00*) echo '${diagnostic}'; exit 1 ;;`,
      `"stack export"*) echo '${JSON.stringify(state)}' ;;`,
      "*) ;;",
    ]);
    const fleet = fleetIn(directory, {
      "gcp:accessToken": cloud.environment["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? assert.fail(),
      "gcp:essentialContactsCustomEndpoint": `${cloud.address}/essentialcontacts/v1/`,
    });
    const [failed, other] = await operated("up", fleet);
    assert.deepEqual([failed?.status, other?.status], ["failed", "done"]);
    assert.equal(failed?.errors[0], refusal);
    assert.match(failed.errors[1] ?? "", /403 PERMISSION_DENIED: not you$/);
  });
});

it("writes no attributes into a backend in a folder, and changes no other backend", () => {
  const urlOf = (url: string | undefined) => backendIn({ PULUMI_BACKEND_URL: url })["PULUMI_BACKEND_URL"];
  assert.equal(urlOf("file:///srv/state"), "file:///srv/state?metadata=skip");
  assert.equal(urlOf("file://~?no_tmp_dir=false"), "file://~?no_tmp_dir=false&metadata=skip");
  for (const url of [undefined, "", "gs://state", "https://api.pulumi.com", "file:///srv/state?metadata="])
    assert.equal(urlOf(url), undefined, url);
});

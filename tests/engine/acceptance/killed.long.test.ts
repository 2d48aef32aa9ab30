/** An acceptance that is killed or interrupted leaves nothing in the cloud after the next start. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "vitest";
import { holdingsOf } from "../../../tools/stack/index.ts";
import type { Holdings } from "../../../tools/stack/index.ts";
import { killAll } from "../../support/processes.ts";
import { playGoogle } from "./playedGoogle.ts";
import type { PlayedGoogle } from "./playedGoogle.ts";

let google: PlayedGoogle;
let before: Holdings;
beforeEach(async () => {
  google = await playGoogle("acceptance-killed");
  before = holdingsOf(google.cloud.state);
});
afterEach(() => google.close());

function assertNothingLeft(): void {
  const { cases, ...others } = holdingsOf(google.cloud.state);
  const { cases: casesBefore, ...othersBefore } = before;
  assert.deepEqual(others, othersBefore);
  const open = cases.filter((line) => !casesBefore.includes(line) && !line.endsWith(" CLOSED"));
  assert.deepEqual(open, []);
  assert.equal(existsSync(join(google.folder, "journal.json")), false);
  assert.equal(existsSync(join(google.folder, "stack")), false);
}

/** The journal and the state of the stack name the sandbox, but no credential. */
function assertNoCredential(): void {
  const entries = readdirSync(google.folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  assert.notEqual(files.length, 0);
  const { GOOGLE_OAUTH_ACCESS_TOKEN: token = "" } = google.cloud.environment;
  assert.notEqual(token, "");
  for (const file of files) assert.ok(!readFileSync(file, "utf8").includes(token), file);
}

/** Ends the run before it gets the reply to the request. */
async function endedAt(request: RegExp, nth: number, end: (pid: number) => void) {
  const { child, ended } = google.begin("--yes");
  let count = 0;
  google.onRequest = (seen) => {
    if (request.test(seen) && ++count === nth) end(child.pid ?? 0);
  };
  const result = await ended;
  google.onRequest = () => {};
  assert.ok(count >= nth, `${String(count)} requests like ${String(request)}\n${result.stderr}`);
  return result;
}

describe("killed", () => {
  for (const [when, request, nth] of [
    ["while Pulumi grants roles", /^POST .*:setIamPolicy/, 2],
    ["while Pulumi creates contacts", /^POST .*\/contacts$/, 2],
    ["while Pulumi creates the test case", /^POST .*\/cases$/, 1],
    ["while it comments on its own case", /^POST .*\/comments$/, 3],
    ["while it changes a contact of its own", /^PATCH .*\/contacts\//, 2],
  ] as const)
    it(when, async () => {
      await endedAt(request, nth, killAll);
      assert.notDeepEqual(holdingsOf(google.cloud.state), before);
      assertNoCredential();
      const { code, stderr } = await google.begin("--clean-up").ended;
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^Cleaned up: \d+ removed\.$/m);
      assertNothingLeft();
    });

  it("and started again, which cleans up first", async () => {
    await endedAt(/^POST .*\/cases$/, 3, killAll);
    const { code, stdout, stderr } = await google.begin("--yes").ended;
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /^Cleaning up after an interrupted run\.\nCleaned up: [1-9]\d* removed\.\n[^]*Running: cases\./m,
    );
    assert.match(stdout, /^0 differences/m);
    assertNothingLeft();
  });
});

it("interrupted, it cleans up before it ends", async () => {
  const { code, stderr } = await endedAt(/^POST .*\/comments$/, 3, (pid) => process.kill(pid, "SIGINT"));
  assert.equal(code, 130, stderr);
  assert.match(stderr, /^SIGINT: cleaning up\.[^]*Cleaned up: [1-9]\d* removed\.$/m);
  assertNothingLeft();
});

it("interrupted in the middle of an update, it stops Pulumi and cleans up", async () => {
  const { code, stderr } = await endedAt(/^POST .*:setIamPolicy/, 2, (pid) => process.kill(pid, "SIGINT"));
  assert.equal(code, 130, stderr);
  assertNothingLeft();
});

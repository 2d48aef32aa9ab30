/** The acceptance finds each difference between Google and the local cloud, invents none, and writes nothing secret. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Exchange, RawExchange } from "../../../tools/acceptance/proxy.ts";
import { dropped } from "../../../tools/acceptance/redact.ts";
import { knownIn, replayed } from "../../../tools/acceptance/replay.ts";
import type { Recording } from "../../../tools/acceptance/replay.ts";
import { ownOf } from "../../../tools/acceptance/sandbox.ts";
import type { Sandbox } from "../../../tools/acceptance/sandbox.ts";
import { loadSeed } from "../../../tools/localCloud/index.ts";
import { holdingsOf } from "../../../tools/stack/index.ts";
import type { Holdings } from "../../../tools/stack/index.ts";
import { examine, reasons } from "./fieldChanges.ts";
import { lag, plants, signature } from "./plants.ts";
import { playGoogle, sandbox } from "./playedGoogle.ts";
import type { Ended, PlayedGoogle } from "./playedGoogle.ts";

interface Comparison {
  readonly compared: number;
  readonly skipped: readonly number[];
  readonly differences: readonly { readonly request: string; readonly field: string }[];
}

/** The whole run, and the differences that it writes. */
async function whole(google: PlayedGoogle): Promise<{ ended: Ended; comparison: Comparison }> {
  const json = join(google.folder, "differences.json");
  const ended = await google.begin("--yes", "--json", json).ended;
  assert.doesNotMatch(ended.stdout, /What stops/, ended.stderr);
  return { ended, comparison: JSON.parse(readFileSync(json, "utf8")) as Comparison };
}

/** Everything that the run has written and left. */
function written({ folder }: PlayedGoogle, { stdout, stderr }: Ended): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.deepEqual(files.map(({ name }) => name).sort(), ["differences.json", "recording.json"]);
  const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), "utf8"));
  return [...texts, stdout, stderr].join("\n");
}

/** What a recording must not contain. */
function secretsOf({ cloud: { state } }: PlayedGoogle): string[] {
  const { principals, organizations, folders, projects, billingAccounts } = loadSeed();
  const member = sandbox.CUSTOMER_CARE_ACCEPTANCE_MEMBER.replace("group:", "");
  const everything = JSON.stringify([[...state.cases.values()], [...state.operations.keys()]]);
  return [
    signature,
    "12345678/file",
    member,
    ...principals.flatMap(({ principal, accessToken = "" }) => [principal.replace(/^\w+:/, ""), accessToken]),
    ...organizations.flatMap(({ id, domain, directoryCustomerId }) => [id, `@${domain}`, directoryCustomerId]),
    ...folders.map(({ id }) => id),
    ...projects.flatMap(({ projectId, projectNumber, displayName = "" }) => [projectId, projectNumber, displayName]),
    ...billingAccounts.map(({ name }) => name.replace("billingAccounts/", "")),
    ...[...everything.matchAll(/(?:cases|comments|attachments|operations)\/([^/"]{6,})/g)].map(([, id = ""]) => id),
  ].filter((secret) => secret !== "");
}

const withoutCases = ({ cases: _, ...others }: Holdings) => others;

describe("against a Google that is like the local cloud", () => {
  let google: PlayedGoogle;
  beforeAll(async () => {
    google = await playGoogle("acceptance-same");
  });
  afterAll(() => google.close());

  it("finds no difference, and leaves nothing but closed test cases", async () => {
    const before = holdingsOf(google.cloud.state);
    const { ended, comparison } = await whole(google);
    assert.deepEqual(comparison.differences, []);
    assert.deepEqual(comparison.skipped, []);
    assert.ok(comparison.compared > 200, String(comparison.compared));
    assert.equal(ended.code, 0);
    const after = holdingsOf(google.cloud.state);
    assert.deepEqual(withoutCases(after), withoutCases(before));
    const made = [...google.cloud.state.cases.values()].filter(({ name }) => !before.cases.join().includes(name));
    assert.ok(made.length >= 5);
    for (const { state, testCase } of made) assert.deepEqual([state, testCase], ["CLOSED", true]);
  });

  it("finds each change of each field, except for what a recording replaces on purpose", async () => {
    const recording = JSON.parse(readFileSync(join(google.folder, "recording.json"), "utf8")) as Recording;
    const { exchanges, world } = recording;
    const isSame = (raw: RawExchange | undefined, { method, api, status }: Exchange) =>
      raw?.method === method && raw.api === api && raw.status === status;
    // The first and the last requests read the sandbox and clean up, and are not recorded.
    const start = google.replies.findIndex((_, first) =>
      exchanges.every((exchange, index) => isSame(google.replies[first + index], exchange)),
    );
    const run: Sandbox = {
      project: sandbox.CUSTOMER_CARE_ACCEPTANCE_PROJECT,
      folder: sandbox.CUSTOMER_CARE_ACCEPTANCE_FOLDER,
      organization: sandbox.CUSTOMER_CARE_ACCEPTANCE_ORGANIZATION,
      number: "100000000001",
      contact: `care-sandbox+care-${world.marker.replace(/.* /, "")}@example.com`,
      ...world,
      member: sandbox.CUSTOMER_CARE_ACCEPTANCE_MEMBER,
      caller: loadSeed().principals[0]?.principal,
    };
    const locals = (await replayed(recording)).map(({ local }) => local ?? assert.fail());
    const raws = google.replies.slice(start, start + exchanges.length);
    const { changes, unfound } = examine(raws, locals, ownOf(run), knownIn(run));
    assert.deepEqual(
      unfound.filter(({ reason }) => reason === undefined).map(({ change }) => change),
      [],
    );
    assert.ok(changes > 10_000, String(changes));
    assert.deepEqual([...new Set(unfound.map(({ reason }) => reason))].sort(), Object.keys(reasons).sort());
    assert.deepEqual([...dropped].sort(), ["annotations", "auditConfigs", "labels", "rules", "tags"]);
  });

  it("compares a recording again", async () => {
    const { code, stdout } = await google.begin("--replay", join(google.folder, "recording.json")).ended;
    assert.equal(code, 0);
    assert.match(stdout, /^0 differences in \d+ exchanges$/m);
  });
});

describe("against a Google with planted differences", () => {
  let google: PlayedGoogle;
  let ended: Ended;
  let comparison: Comparison;
  beforeAll(async () => {
    google = await playGoogle("acceptance-planted", plants);
    google.cloud.faults.set({ searchLag: 2500 });
    ({ ended, comparison } = await whole(google));
  });
  afterAll(() => google.close());

  const rows = () => comparison.differences.map(({ request, field }) => `${request} ${field || "(reply)"}`);

  for (const { name, shows } of [...plants, lag])
    it(`finds ${name}`, () =>
      assert.ok(
        rows().some((row) => shows.test(row)),
        rows().join("\n"),
      ));

  it("finds nothing else", () => {
    const known = [...plants, lag];
    assert.deepEqual(
      rows().filter((row) => !known.some(({ shows }) => shows.test(row))),
      [],
    );
    assert.deepEqual(comparison.skipped, []);
    assert.equal(ended.code, 1);
  });

  it("reports the answers of this Google", () => {
    assert.match(ended.stdout, /Can a closed case be closed\? 200$/m);
    assert.match(ended.stdout, /How does the description come back\? changed/);
    assert.match(ended.stdout, /How long does a search not find a new case\? [2-9] s$/m);
  });

  it("writes nothing secret", () => {
    const text = written(google, ended);
    const secrets = secretsOf(google);
    assert.ok(secrets.length > 60, String(secrets.length));
    assert.deepEqual(
      secrets.filter((secret) => text.includes(secret)),
      [],
    );
  });
});

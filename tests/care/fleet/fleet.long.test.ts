/** A fleet of forty projects in four shards: killed in the middle, deployed, changed, taken down. */
import assert from "node:assert/strict";
import { readFile, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { DiffJson } from "../../../care/diff/json.ts";
import { holdingsOf } from "../../../tools/stack/index.ts";
import { fleetConfig, folder, localFleet } from "../../support/localFleet.ts";
import type { LocalFleet } from "../../support/localFleet.ts";
import { killAll } from "../../support/processes.ts";

const count = 40;

describe(`a fleet of ${String(count)} projects`, () => {
  let fleet: LocalFleet;
  const contacts = () => holdingsOf(fleet.cloud.state).contacts.filter((line) => line.includes("oncall@example.com"));
  const grants = () =>
    holdingsOf(fleet.cloud.state).grants.filter((line) => /^projects\/team-.*ada@example/.test(line));
  const changes = async () => {
    const { stdout, code, stderr } = await fleet.care("preview", "prod", "--json");
    assert.equal(code, 0, stderr);
    return (JSON.parse(stdout) as DiffJson).stacks;
  };

  beforeAll(async () => {
    fleet = await localFleet({ name: "fleet", count, config: fleetConfig });
  });
  afterAll(() => fleet.close());

  it("asks before it changes anything: without a terminal it takes --yes", async () => {
    const { code, stderr } = await fleet.care("destroy", "prod");
    assert.equal(code, 2);
    assert.match(stderr, /^there is no terminal to confirm on; write --yes, or run it in a terminal$/m);
  });

  it("is killed in the middle, with contacts that the state does not have, and is deployed by the same command", async () => {
    fleet.cloud.faults.add({ match: { rpc: "CreateContact", nth: 3, times: 2 }, effect: "hang-after-effect" });
    const begun = fleet.begin("up", "prod", "--yes");
    while (contacts().length < 8 && begun.exitCode === null) await sleep(50);
    assert.equal(begun.exitCode, null, "it continues until it is killed");
    killAll(begun.pid ?? 0);
    await sleep(500);
    const made = contacts().length;
    assert.ok(made < count, `${String(made)} contacts`);
    fleet.cloud.faults.clear();
    // What a kill leaves behind by chance, long ago and just now: Pulumi empties this file before it writes it.
    const attributes = (stack: string) =>
      join(fleet.directory, `state/.pulumi/stacks/customer-care/${stack}.json.attrs`);
    await writeFile(attributes("prod-01"), "");
    await utimes(attributes("prod-01"), 0, 0);
    await writeFile(attributes("prod-02"), "");

    const { code, stderr } = await fleet.care("up", "prod", "--yes");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^removed [2-9] empty files that a dead engine left in file:/m);
    assert.match(stderr, /^prod-0\d: removed the lock of a dead engine \(process \d+\)$/m);
    assert.match(stderr, /^prod-0\d: recorded \d+ resources? that an engine had created before it was killed$/m);
    assert.match(stderr, /^5 of 5 stacks updated, /m);
    assert.equal(contacts().length, count);
    assert.equal(grants().length, count);
  });

  it("leaves no files of attributes, which an engine that is killed would leave empty", async () => {
    const files = await readdir(join(fleet.directory, "state"), { recursive: true });
    assert.ok(files.some((file) => file.endsWith("prod-00.json")));
    assert.deepEqual(
      files.filter((file) => file.endsWith(".attrs")),
      [],
    );
  });

  it("then has nothing to change", async () => {
    const { code, stdout, stderr } = await fleet.care("preview", "prod");
    assert.deepEqual([code, stdout], [0, "Nothing changes.\n"], stderr);
    assert.match(stderr, /^5 of 5 stacks previewed, \d+ resources unchanged, /m);
  });

  it("has above its projects one stack alone, and each project in one stack", async () => {
    const file = await readFile(join(fleet.directory, "Pulumi.org.yaml"), "utf8");
    assert.match(file, /^# Made by `care fleet` from Pulumi\.prod\.yaml: change that one\.\n/);
    assert.doesNotMatch(file, /everyProject|shard/);
    const shard = await readFile(join(fleet.directory, "Pulumi.prod-03.yaml"), "utf8");
    assert.match(shard, /customer-care:shard:\n {4}number: 3\n {4}of: 4\n/);
    assert.doesNotMatch(shard, /organization|fleet:|contactViewers/);
  });

  it("onboards a new project in one stack, and touches no other", async () => {
    fleet.addProject("team-new");
    const [changed, ...others] = await changes();
    assert.deepEqual(others, []);
    assert.deepEqual(new Set(changed?.changes.map(({ place }) => place)), new Set(["projects/team-new"]));
    const { code, stderr } = await fleet.care("up", "prod", "--yes");
    assert.equal(code, 0, stderr);
    assert.equal(contacts().length, count + 1);
  });

  it("names a stack that fails, and updates the others", async () => {
    const everyProject = { contacts: { technical: ["oncall@example.com"], legal: ["legal@example.com"] } };
    await fleet.setConfig({
      ...fleetConfig,
      "customer-care:folders": { [folder]: { everyProject: { ...everyProject, editors: ["user:ada@example.com"] } } },
    });
    const [, failing = ""] = fleet.projects;
    fleet.cloud.faults.add({
      match: { rpc: "CreateContact", path: `projects/${failing}/`, times: 1000 },
      effect: { error: { code: 400, message: "not today" } },
    });
    const { code, stderr } = await fleet.care("up", "prod", "--yes");
    fleet.cloud.faults.clear();
    assert.equal(code, 1);
    assert.match(stderr, /^prod-0\d failed:\n {2}[^]*? not today$/m);
    assert.match(stderr, /^4 of 5 stacks updated, 1 failed, /m);
    const legal = holdingsOf(fleet.cloud.state).contacts.filter((line) => line.includes("legal@example.com LEGAL"));
    assert.equal(legal.filter((line) => /^projects\/team-/.test(line)).length, count);
    const again = await fleet.care("up", "prod", "--yes");
    assert.equal(again.code, 0, again.stderr);
  });

  it("is refused with another number of shards, before anything moves", async () => {
    await fleet.setConfig({ ...fleetConfig, "customer-care:fleet": { shards: 5 } });
    const { code, stderr } = await fleet.care("up", "prod", "--yes");
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^customer-care:fleet\.shards: is 5 in Pulumi\.prod\.yaml, but Pulumi\.prod-00\.yaml is one of 4: /m,
    );
    await fleet.setConfig(fleetConfig);
  });

  it("leaves the organization's file to the person who wrote it", async () => {
    const path = join(fleet.directory, "Pulumi.org.yaml");
    const made = await readFile(path, "utf8");
    await writeFile(path, made.replace(/^#.*\n/, ""));
    const { code, stderr } = await fleet.care("preview", "prod");
    assert.equal(code, 2);
    assert.match(stderr, /Pulumi\.org\.yaml was written by hand/);
    await writeFile(path, made);
  });

  it("is taken down: what it granted and added is gone, and the services stay", async () => {
    const { services } = holdingsOf(fleet.cloud.state);
    const { code, stderr } = await fleet.care("destroy", "prod", "--yes");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^5 of 5 stacks destroyed, /m);
    assert.deepEqual([contacts(), grants()], [[], []]);
    assert.deepEqual(holdingsOf(fleet.cloud.state).services, services);
  });
});

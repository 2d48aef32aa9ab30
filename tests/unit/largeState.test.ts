/** A program with many projects reads its former state once, not once for each resource: otherwise its time grows with their square. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { formerStateOf } from "../../components/formerState.ts";
import type { FormerState } from "../../components/formerState.ts";
import { urnsOf } from "../../components/names.ts";
import { RunContext } from "../../components/run.ts";
import { newlyWanted, wantedAt } from "../../components/wanted.ts";

const service = "cloudsupport.googleapis.com";
const projects = Array.from({ length: 500 }, (_, index) => `shop-${String(index)}`);
const grant = { role: "roles/viewer", member: "user:ada@example.com" };
const grantOn = (project: string) => `the grant of ${grant.role} to ${grant.member} on projects/${project}`;

/** A state of all the projects, with the number of times that somebody looks through all its resources. */
function countedState() {
  const resources = Object.fromEntries(
    projects.flatMap((project) => [
      [`urn:${project}/service`, { type: "gcp:projects/service:Service", outputs: { project, service } }],
      [`urn:${project}`, { type: "gcp:projects/iAMMember:IAMMember", outputs: { project, ...grant } }],
    ]),
  ) as FormerState["resources"];
  let reads = 0;
  const counted = new Proxy(resources, {
    ownKeys: (target) => {
      reads++;
      return Reflect.ownKeys(target);
    },
  });
  const state = formerStateOf(counted);
  const toBuild = reads;
  return { state, toBuild, readsSince: () => reads - toBuild };
}

describe("a state of many projects", () => {
  it("is searched only when it is read, for the services of all places", () => {
    const { state, toBuild, readsSince } = countedState();
    assert.ok(toBuild < 10, String(toBuild));
    const services = [service, "pubsub.googleapis.com"] as const;
    for (const project of projects) {
      const { services: created } = newlyWanted(wantedAt("project", `projects/${project}`, { services }), state);
      assert.deepEqual(created, ["pubsub.googleapis.com"]);
    }
    assert.equal(readsSince(), 0);
  });

  it("is searched only when it is read, for the names of all resources", async () => {
    const { state, readsSince } = countedState();
    const run = new RunContext();
    for (const project of projects) assert.deepEqual(await urnsOf(run, state, grantOn(project)), [`urn:${project}`]);
    assert.deepEqual(await urnsOf(run, state, "the contact ada@example.com of organizations/1"), []);
    assert.equal(readsSince(), 0);
  });
});

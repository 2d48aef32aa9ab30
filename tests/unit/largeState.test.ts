/** A program with many projects reads its former state once, not once for each resource: otherwise its time grows with their square. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { FormerState } from "../../components/formerState.ts";
import { urnsOf } from "../../components/projectThings.ts";
import { RunContext } from "../../components/run.ts";
import { newlyWanted, wantedAt } from "../../components/wanted.ts";

const service = "cloudsupport.googleapis.com";
const projects = Array.from({ length: 500 }, (_, index) => `shop-${String(index)}`);
const grantOn = (project: string) => `the grant of roles/viewer to user:ada@example.com on projects/${project}`;

/** A state of all the projects, with the number of times that somebody reads all its resources or things. */
function countedState() {
  const urns = new Map(projects.map((project) => [grantOn(project), [`urn:${project}`]]));
  const resources = Object.fromEntries(
    projects.map((project) => [
      `urn:${project}/service`,
      { type: "gcp:projects/service:Service", outputs: { project, service } },
    ]),
  );
  const reads = { resources: 0, things: 0 };
  const state: Pick<FormerState, "resources" | "things" | "urnsOf"> = {
    get resources() {
      reads.resources++;
      return resources;
    },
    get things() {
      reads.things++;
      return [...urns.keys()];
    },
    urnsOf: (thing) => urns.get(thing) ?? [],
  };
  return { state: state as FormerState, reads };
}

describe("a state of many projects", () => {
  it("is searched once for the services of all places", () => {
    const { state, reads } = countedState();
    const services = [service, "pubsub.googleapis.com"] as const;
    for (const project of projects) {
      const { services: created } = newlyWanted(wantedAt("project", `projects/${project}`, { services }), state);
      assert.deepEqual(created, ["pubsub.googleapis.com"]);
    }
    assert.equal(reads.resources, 1);
  });

  it("is searched once for the names of all resources", async () => {
    const { state, reads } = countedState();
    const run = new RunContext();
    for (const project of projects) assert.deepEqual(await urnsOf(run, state, grantOn(project)), [`urn:${project}`]);
    assert.deepEqual(await urnsOf(run, state, "the contact ada@example.com of organizations/1"), []);
    assert.equal(reads.things, 1);
  });
});

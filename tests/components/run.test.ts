/** What a run of a program has once, and no other run of the same process has. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import { currentRun, joinRun, RunContext } from "../../components/run.ts";
import { useMocks } from "./mocks.ts";

const newList = () => [] as string[];

describe("a run", () => {
  beforeEach(() => useMocks());

  it("is the same for all that it creates, and another one after it", async () => {
    const first = currentRun();
    assert.equal(currentRun(), first);
    await useMocks();
    assert.notEqual(currentRun(), first);
  });

  it("has one of each thing, which no other run has", async () => {
    const first = currentRun();
    first.shared(newList).push("a grant");
    assert.deepEqual(currentRun().shared(newList), ["a grant"]);
    await useMocks();
    assert.deepEqual(currentRun().shared(newList), []);
    assert.deepEqual(first.shared(newList), ["a grant"]);
  });

  it("may have several monitors, where the process selects one", async () => {
    const run = new RunContext({ namedMembersKey: (role) => `named ${role}` });
    joinRun(run);
    assert.equal(currentRun(), run);
    await useMocks();
    assert.equal(currentRun().namedMembersKey("editors"), "editors");
    joinRun(run);
    assert.equal(currentRun().namedMembersKey("editors"), "named editors");
  });
});

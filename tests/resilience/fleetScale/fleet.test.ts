/** A fleet of a thousand projects: killed in the middle, deployed, previewed, taken down; how long each took is reported. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, it } from "vitest";
import { holdingsOf } from "../../../tools/stack/index.ts";
import { integerFrom } from "../../support/integerFrom.ts";
import { fleetConfig, localFleet } from "../../support/localFleet.ts";
import type { LocalFleet } from "../../support/localFleet.ts";
import { killAll } from "../../support/processes.ts";

const count = integerFrom("CUSTOMER_CARE_FLEET_PROJECTS", 1000);
const shards = Math.ceil(count / 50);

describe(`a fleet of ${String(count)} projects in ${String(shards)} shards`, () => {
  let fleet: LocalFleet;
  const contacts = () => holdingsOf(fleet.cloud.state).contacts.filter((line) => line.includes("oncall@example.com"));

  beforeAll(async () => {
    const config = { ...fleetConfig, "customer-care:fleet": { shards } };
    fleet = await localFleet({ name: "fleetScale", count, config });
  });
  afterAll(() => fleet.close());

  it("is killed in the middle", async () => {
    const { pid = 0 } = fleet.begin("up", "prod", "--yes");
    while (contacts().length < count / 2) await sleep(200);
    killAll(pid);
  });

  for (const [what, args, expected] of [
    ["is deployed by the same command", ["up", "prod", "--yes"], count],
    ["has an empty preview", ["preview", "prod"], count],
    ["is taken down", ["destroy", "prod", "--yes"], 0],
  ] as const)
    it(what, async (t) => {
      const begin = performance.now();
      const { code, stdout, stderr } = await fleet.care(...args);
      assert.equal(code, 0, stderr);
      if (args[0] === "preview") assert.equal(stdout, "Nothing changes.\n");
      assert.equal(contacts().length, expected);
      const last = stderr.trim().split("\n").at(-1) ?? "";
      await t.annotate(`${args[0]}: ${((performance.now() - begin) / 1000).toFixed(0)} s: ${last}`);
    });
});

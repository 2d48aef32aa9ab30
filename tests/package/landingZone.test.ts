/** The example of a landing zone, with the package installed from its tarball, on Pulumi's engine. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pack } from "../../local/package/index.ts";
import { home } from "../../local/setup/bootstrap/places.mjs";
import { localRun } from "../engine/localRun.ts";
import type { LocalRun, Outcome } from "../engine/localRun.ts";
import { installed } from "./installed.ts";
import type { Installed } from "./installed.ts";

describe("the landing zone's example", () => {
  let zone: Installed;
  let run: LocalRun;
  let planned: Outcome;
  before(async () => {
    const tarball = await pack(join(home, "tests", "landing-zone"));
    zone = await installed("landingZone", tarball);
    console.log(zone.folder);
    run = await localRun({
      name: "landing-zone",
      project: zone.folder,
      config: { "landing-zone:supportEvents": "true" },
    });
  });
  after(async () => {
    await run.close();
    // await zone.close();
  });

  it("is previewed in full though no folder and no project is there yet", async () => {
    planned = await run.preview();
    console.log(planned);
    assert.equal(planned.failed, false, planned.messages.join("\n"));
  });
  it("up", async () => {
    const { failed, messages, steps, outputs } = await run.up();
    console.log(outputs, messages);
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(steps, planned.steps);
  });
  it("empty", async () => {
    const { steps, messages } = await run.preview();
    assert.deepEqual(steps, []);
    console.log(messages);
  });
  it("down", async () => {
    const { failed, messages, steps } = await run.destroy();
    assert.equal(failed, false, messages.join("\n"));
    console.log(steps);
  });
});

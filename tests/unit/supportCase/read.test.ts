/** How a case is read (components/supportCase/find.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { createCase } from "../../../components/supportCase/create.ts";
import { difference } from "../../../components/supportCase/diff.ts";
import { readCase } from "../../../components/supportCase/find.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import { errorOf, remove } from "./setting.ts";

describe("the reading of a case", () => {
  it("answers the same where nothing has changed", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase(inputs, setting);
    assert.deepEqual(await readCase(outputs.name, outputs, setting), outputs);
  });

  it("reports the changes", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase({ ...inputs, keepOpen: true }, setting);
    Object.assign(setting.cases()[0] ?? {}, {
      displayName: "Renamed",
      priority: "P2",
      subscriberEmailAddresses: ["z@example.com", "c@example.com"],
      state: "IN_PROGRESS_GOOGLE_SUPPORT",
    });
    const read = await readCase(outputs.name, outputs, setting);
    assert.deepEqual(read, {
      ...outputs,
      displayName: "Renamed",
      priority: "P2",
      subscriberEmailAddresses: ["c@example.com", "z@example.com"],
      state: "IN_PROGRESS_GOOGLE_SUPPORT",
    });
    assert.deepEqual(difference(read ?? assert.fail(), { ...inputs, keepOpen: true }).changes, true);
  });

  it("reports an escalation, and keeps the version that requested it", async (t) => {
    const setting = await openSetting(t);
    const outputs = { ...(await createCase({ ...inputs, keepOpen: true }, setting)), version: 0 };
    Object.assign(setting.cases()[0] ?? {}, { escalated: true });
    const read = (await readCase(outputs.name, outputs, setting)) ?? assert.fail();
    assert.deepEqual([read.escalated, read.version], [true, 0]);
  });

  it("answers nothing of one that is gone", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase(inputs, setting);
    remove(setting, outputs.name);
    assert.equal(await readCase(outputs.name, outputs, setting), undefined);
  });

  it("fails where it is not allowed: the case may still be there", async (t) => {
    const setting = await openSetting(t);
    const outputs = await createCase(inputs, setting);
    setting.cloud.faults.add({ match: { rpc: "GetCase" }, effect: { error: { code: 403 } } });
    assert.match((await errorOf(readCase(outputs.name, outputs, setting))).message, /403/);
  });
});

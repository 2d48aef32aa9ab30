/** `care case` sends each write once (care/case/sendOnce.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { attachmentWrite } from "../../../care/case/attach.ts";
import { closureWrite } from "../../../care/case/close.ts";
import { commentWrite } from "../../../care/case/comment.ts";
import { escalationWrite } from "../../../care/case/escalate.ts";
import type { Write } from "../../../care/case/sendOnce.ts";
import { UserError } from "../../../care/userError.ts";
import { GoogleError } from "../../../google/index.ts";
import { open } from "./setting.ts";
import type { Setting } from "./setting.ts";

/** Each write, with the method that it calls and how often its effect is there. */
const writes: {
  rpc: string;
  write: (setting: Setting) => Promise<Write<unknown>>;
  effects: (setting: Setting) => Promise<number>;
}[] = [
  {
    rpc: "CreateComment",
    write: async ({ api, one }) =>
      commentWrite(api, one, "It happened again\nat 04:10 UTC.", await api.listComments(one.name)),
    effects: async ({ api, one }) =>
      (await api.listComments(one.name)).filter(({ body }) => body.startsWith("It happened again\n")).length,
  },
  {
    rpc: "UploadMedia",
    write: ({ api, one }) => attachmentWrite(api, one, "top.txt", Uint8Array.of(1, 2, 255)),
    effects: async ({ api, one }) =>
      (await api.listAttachments(one.name)).filter(({ filename }) => filename === "top.txt").length,
  },
  {
    rpc: "EscalateCase",
    write: ({ api, one }) =>
      Promise.resolve(escalationWrite(api, one, { reason: "RESOLUTION_TIME", justification: "Since Monday" })),
    effects: async ({ api, one }) => Number((await api.getCase(one.name)).escalated === true),
  },
  {
    rpc: "CloseCase",
    write: ({ api, one }) => Promise.resolve(closureWrite(api, one)),
    effects: async ({ api, one }) => Number((await api.getCase(one.name)).state === "CLOSED"),
  },
];

for (const { rpc, write, effects } of writes)
  describe(`${rpc} is sent once`, () => {
    it("where it is answered", async (t) => {
      const setting = await open(t);
      await setting.send(await write(setting));
      assert.deepEqual([await effects(setting), setting.calls(rpc), setting.reported], [1, 1, []]);
    });

    it("where the answer is lost: the effect is found", async (t) => {
      const setting = await open(t);
      setting.cloud.faults.add({ match: { rpc }, effect: "reset-after-effect" });
      assert.ok(await setting.send(await write(setting)));
      assert.deepEqual([await effects(setting), setting.calls(rpc), setting.sleeps], [1, 1, [2500]]);
      assert.match(setting.reported[0] ?? "", /^It is not clear whether .*; looking for it, for 30 s at most\.$/);
    });

    it("where it fails with a server's error: its outcome is unknown, and the error reports that after half a minute", async (t) => {
      const setting = await open(t);
      setting.cloud.faults.add({ match: { rpc }, effect: { error: { code: 503 } } });
      await assert.rejects(
        setting.send(await write(setting)),
        (error) =>
          error instanceof UserError &&
          /^it is not known whether .*; look with `care case show customer-care\/testCase` before/.test(error.message),
      );
      assert.deepEqual(
        [await effects(setting), setting.calls(rpc), setting.sleeps],
        [0, 1, Array.from({ length: 12 }, () => 2500)],
      );
    });

    it("where it is refused: nothing is looked for", async (t) => {
      const setting = await open(t);
      setting.cloud.faults.add({ match: { rpc }, effect: { error: { code: 403 } } });
      await assert.rejects(setting.send(await write(setting)), (error) => error instanceof GoogleError);
      assert.deepEqual([await effects(setting), setting.calls(rpc), setting.sleeps], [0, 1, []]);
    });
  });

describe("an effect that comes late, or cannot be looked for at first", () => {
  it("is found", async (t) => {
    const setting = await open(t);
    const { api, one, cloud } = setting;
    cloud.faults.add({ match: { rpc: "CreateComment" }, effect: { error: { code: 504 } } });
    const write = commentWrite(api, one, "Late", await api.listComments(one.name));
    cloud.faults.add({ match: { rpc: "ListComments", nth: 1, times: 2 }, effect: { error: { code: 500 } } });
    const late = () => api.createComment(one.name, "Late");
    let sleeps = 0;
    const made = await setting.send(write, () => {
      if (++sleeps === 4) void late();
    });
    assert.equal(made.body, "Late");
    assert.ok(setting.sleeps.length >= 4);
  });
});

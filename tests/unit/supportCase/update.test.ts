/** How a case is updated, and the additions to it (components/supportCase/complete.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import { createCase } from "../../../components/supportCase/create.ts";
import { difference } from "../../../components/supportCase/diff.ts";
import * as provider from "../../../components/supportCase/index.ts";
import type { SupportCaseInputs } from "../../../components/supportCase/index.ts";
import { version } from "../../../components/supportCase/properties.ts";
import { updateCase } from "../../../components/supportCase/complete.ts";
import { readCase } from "../../../components/supportCase/find.ts";
import { inputs, openSetting } from "../../support/caseSetting.ts";
import type { Setting } from "../../support/caseSetting.ts";
import { errorOf, remove, states } from "./setting.ts";

describe("the update of a case", () => {
  it("changes what the API can change, and nothing else", async (t) => {
    const setting = await openSetting(t);
    const olds = await createCase({ ...inputs, keepOpen: true }, setting);
    const news = { ...inputs, keepOpen: true, priority: "P3" as const };
    assert.deepEqual(await updateCase(olds.name, olds, news, setting), { ...olds, priority: "P3" });
    assert.partialDeepStrictEqual(setting.cases()[0], {
      priority: "P3",
      displayName: "Test issue",
      subscriberEmailAddresses: ["a@example.com", "b@example.com"],
      state: "NEW",
    });
  });

  it("closes it where it is no longer to stay open, once it has the new fields", async (t) => {
    const setting = await openSetting(t);
    const olds = await createCase({ ...inputs, keepOpen: true }, setting);
    const news = { ...inputs, displayName: "Renamed" };
    assert.equal((await updateCase(olds.name, olds, news, setting)).state, "CLOSED");
    assert.partialDeepStrictEqual(setting.cases()[0], { displayName: "Renamed", state: "CLOSED" });
  });

  it("brings an older state up to today's version without a change to the case", async (t) => {
    const setting = await openSetting(t);
    const olds = { ...(await createCase(inputs, setting)), version: 0 };
    assert.equal((await updateCase(olds.name, olds, inputs, setting)).version, version);
    assert.equal(setting.calls("UpdateCase"), 0);
  });

  it("reports that a closed one cannot be changed", async (t) => {
    const setting = await openSetting(t);
    const olds = await createCase(inputs, setting);
    const { message } = await errorOf(updateCase(olds.name, olds, { ...inputs, priority: "P3" }, setting));
    assert.equal(
      message,
      `case ${olds.name} could not be changed (priority): it is closed, and a closed case cannot be changed; undo that in the config, or replace the case and the Stash with the same name with \`pulumi up --replace\``,
    );
  });

  it("names both resources in the command that replaces it, as a shell takes them", async (t) => {
    const setting = await openSetting(t);
    const urns = ["urn:pulumi:dev::p::a$b::c", "urn:pulumi:dev::p::a$Stash::it's"];
    const asked = { ...inputs, urns };
    const olds = await createCase(asked, setting);
    const { message } = await errorOf(updateCase(olds.name, olds, { ...asked, priority: "P3" }, setting));
    assert.ok(
      message.endsWith(
        `or replace the case and its life: pulumi up --replace 'urn:pulumi:dev::p::a$b::c' --replace 'urn:pulumi:dev::p::a$Stash::it'\\''s'`,
      ),
      message,
    );
  });

  it("reports that it is gone", async (t) => {
    const setting = await openSetting(t);
    const olds = await createCase(inputs, setting);
    remove(setting, olds.name);
    assert.match(
      (await errorOf(updateCase(olds.name, olds, inputs, setting))).message,
      /does not exist any more\. Run `pulumi refresh`/,
    );
  });
});

describe("an addition to a case", () => {
  const bytes = Uint8Array.from([0, 1, 255]);
  const file = { path: "logs/boot.bin", filename: "boot.bin", sha256: provider.sha256(bytes) };
  const escalation = { reason: "businessImpact", justification: "Nobody can pay" } as const;
  const asked: SupportCaseInputs = {
    ...inputs,
    keepOpen: true,
    comments: ["One", "Two"],
    attachments: [file],
    escalation,
  };

  async function openWithFile(t: TestContext): Promise<Setting> {
    const setting = await openSetting(t);
    setting.files.set(file.path, bytes);
    return setting;
  }

  const added = (setting: Setting) =>
    setting
      .cases()
      .map(({ comments, attachments, escalated }) => [
        comments.map(({ body }) => body),
        attachments.map(({ filename, bytes: content }) => `${filename} ${content.toString("hex")}`),
        escalated,
      ]);
  const all = [["One", "Two"], ["boot.bin 0001ff"], true];

  it("is added once, in its order, and before the case is closed", async (t) => {
    const setting = await openWithFile(t);
    const outputs = await createCase({ ...asked, keepOpen: false }, setting);
    assert.deepEqual([added(setting), states(setting)], [[all], ["CLOSED"]]);
    assert.deepEqual(outputs.comments, ["One", "Two"]);
    assert.deepEqual(outputs.attachments, [{ filename: "boot.bin", sha256: file.sha256 }]);
    assert.equal(outputs.escalated, true);
  });

  it("is not added again, neither by an update nor after a lost state", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(asked, setting);
    await updateCase(olds.name, olds, asked, setting);
    await createCase({ ...asked, isFirstAttempt: false }, setting);
    assert.deepEqual(added(setting), [all]);
  });

  it("is known to be done: none of it is requested from Google again", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(asked, setting);
    const questions = ["ListComments", "ListAttachments", "EscalateCase"];
    const before = questions.map((rpc) => setting.calls(rpc));
    // Google has ended the escalation since.
    Object.assign(setting.cases()[0] ?? {}, { escalated: false });
    const outputs = await updateCase(olds.name, olds, { ...asked, priority: "P3" }, setting);
    assert.deepEqual(
      questions.map((rpc) => setting.calls(rpc)),
      before,
    );
    assert.deepEqual({ ...outputs, priority: olds.priority }, olds);
  });

  for (const method of ["getCase", "createComment", "uploadAttachment"] as const)
    it(`is added once by two updates at the same time, the second of which comes after a ${method} of the first`, async (t) => {
      const setting = await openWithFile(t);
      const olds = await createCase({ ...inputs, keepOpen: true }, setting);
      let isAlone = true;
      const api = setting.api as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
      const withSecond = async (...given: unknown[]) => {
        const reply = await api[method]?.(...given);
        if (isAlone) {
          isAlone = false;
          await updateCase(olds.name, olds, asked, setting);
        }
        return reply;
      };
      await updateCase(olds.name, olds, asked, { ...setting, api: { ...setting.api, [method]: withSecond } });
      assert.equal(isAlone, false);
      assert.deepEqual(added(setting), [all]);
      assert.equal(setting.calls("EscalateCase"), 1);
    });

  it("is added later, to the existing ones", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase({ ...inputs, keepOpen: true, comments: ["One"] }, setting);
    const outputs = await updateCase(olds.name, olds, asked, setting);
    assert.deepEqual(added(setting), [all]);
    assert.equal(difference(outputs, asked).changes, false);
  });

  it("leaves no byte and no path of a file in the state", async (t) => {
    const setting = await openWithFile(t);
    assert.doesNotMatch(JSON.stringify(await createCase(asked, setting)), /logs|AAH\/|0001ff/);
  });

  it("is another attachment where the content is another, though the name is the same", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(asked, setting);
    const other = Uint8Array.from([7]);
    setting.files.set("new/boot.bin", other);
    const news = { ...asked, attachments: [{ ...file, path: "new/boot.bin", sha256: provider.sha256(other) }] };
    await updateCase(olds.name, olds, news, setting);
    assert.deepEqual(added(setting)[0]?.[1], ["boot.bin 0001ff", "boot.bin 07"]);
  });

  it("is what the preview has shown: a file that has changed since is not uploaded", async (t) => {
    const setting = await openWithFile(t);
    setting.files.set(file.path, Uint8Array.from([9]));
    const { message } = await errorOf(createCase(asked, setting));
    assert.match(message, /did not get the attachment "logs\/boot.bin": the file has changed since the preview/);
    assert.deepEqual(added(setting), [[["One", "Two"], [], false]]);
  });

  it("is not sent to a case that is closed", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(inputs, setting);
    for (const [more, what] of [
      [{ comments: ["One"] }, "could not be commented on"],
      [{ attachments: [file] }, 'did not get the attachment "logs/boot.bin"'],
      [{ escalation }, "could not be escalated"],
    ] as const) {
      const { message } = await errorOf(updateCase(olds.name, olds, { ...inputs, ...more }, setting));
      assert.ok(
        message.startsWith(`case ${olds.name} ${what}: it is closed, and a closed case cannot be changed`),
        message,
      );
    }
    assert.equal(setting.calls("CreateComment") + setting.calls("UploadMedia") + setting.calls("EscalateCase"), 0);
  });

  it("is not escalated again once Google has ended the escalation", async (t) => {
    const setting = await openWithFile(t);
    const olds = await createCase(asked, setting);
    Object.assign(setting.cases()[0] ?? {}, { escalated: false });
    const read = (await readCase(olds.name, olds, setting)) ?? assert.fail();
    assert.equal(difference(read, asked).changes, false);
  });

  for (const rpc of ["CreateComment", "UploadMedia", "EscalateCase", "UpdateCase", "CloseCase"])
    for (const effect of ["reset-before-effect", "reset-after-effect"] as const)
      it(`is looked for before it is sent again: ${rpc}, ${effect}`, async (t) => {
        const setting = await openWithFile(t);
        const olds = await createCase({ ...inputs, keepOpen: true }, setting);
        setting.cloud.faults.add({ match: { rpc }, effect });
        const news = { ...asked, keepOpen: false, priority: "P3" as const };
        assert.equal((await updateCase(olds.name, olds, news, setting)).state, "CLOSED");
        assert.deepEqual(added(setting), [all]);
        const others = rpc === "CreateComment" ? 1 : 0;
        assert.equal(setting.calls(rpc), others + (effect === "reset-before-effect" ? 2 : 1));
      });
});

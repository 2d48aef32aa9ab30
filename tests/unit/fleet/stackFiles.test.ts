/** The files of a fleet's stacks: written again where they are its own, and left to whoever else wrote them. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import { stringify } from "yaml";
import { readFleet } from "../../../care/fleet/fleetFile.ts";
import { stackFilesOf } from "../../../care/fleet/stackFiles.ts";
import { refuseUnknownCount } from "../../../care/fleet/stacks.ts";
import { UsageError } from "../../../care/userError.ts";

const config = {
  "customer-care:plan": "enhanced",
  "customer-care:fleet": { shards: 2 },
  "customer-care:organization": { domain: "example.com", editors: ["group:sre@example.com"] },
};

/** @param files By name. */
function folderWith(t: TestContext, files: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "care-fleet-files-"));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  const all = { "Pulumi.yaml": "name: customer-care\n", "Pulumi.prod.yaml": stringify({ config }), ...files };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return {
    folder,
    write: async (fleet = "prod") => {
      const { stacks, write } = await stackFilesOf(await readFleet(folder, fleet));
      await write();
      return stacks;
    },
    text: (name: string) => readFileSync(join(folder, name), "utf8"),
  };
}

const refusal = (message: RegExp) => (error: unknown) => error instanceof UsageError && message.test(error.message);

describe("the file of a fleet's stack", () => {
  it("is written again where it is the fleet's own, and keeps what the engine wrote into it", async (t) => {
    const { folder, write, text } = folderWith(t, { "Pulumi.prod-00.yaml": "encryptionsalt: v1:abc\n" });
    assert.deepEqual(await write(), ["org", "prod-00", "prod-01"]);
    assert.match(text("Pulumi.prod-00.yaml"), /^# Made by .*\nencryptionsalt: v1:abc\nconfig:\n/);
    const made = text("Pulumi.prod-01.yaml");
    writeFileSync(join(folder, "Pulumi.prod-01.yaml"), made.replace("enhanced", "premium").replaceAll("\n", "\r\n"));
    await write();
    assert.equal(text("Pulumi.prod-01.yaml"), made);
  });

  for (const stack of ["prod-01", "org"])
    it(`is left as it is where a person wrote it, and so are all others: ${stack}`, async (t) => {
      const file = `Pulumi.${stack}.yaml`;
      for (const byHand of ["config:\n  customer-care:plan: premium\n", "environment: [secrets]\n", "- a\n"]) {
        const { folder, write, text } = folderWith(t, { [file]: byHand });
        await assert.rejects(write(), refusal(new RegExp(`Pulumi\\.${stack}\\.yaml was written by hand, `)));
        assert.equal(text(file), byHand);
        assert.deepEqual(readdirSync(folder).sort(), ["Pulumi.prod.yaml", "Pulumi.yaml", file].sort());
      }
    });

  it("is left to the other fleet that has it: two would take the organization's grants from each other", async (t) => {
    const { write, text } = folderWith(t, { "Pulumi.next.yaml": stringify({ config }) });
    await write();
    const made = text("Pulumi.org.yaml");
    await assert.rejects(
      write("next"),
      refusal(/Pulumi\.org\.yaml was written by `care fleet` from Pulumi\.prod\.yaml, /),
    );
    assert.equal(text("Pulumi.org.yaml"), made);
  });

  it("is named where it cannot be read", async (t) => {
    const broken = folderWith(t, { "Pulumi.prod-00.yaml": "a: [b\n: {" });
    await assert.rejects(broken.write(), refusal(/Pulumi\.prod-00\.yaml is not YAML: /));
    const { folder, write } = folderWith(t);
    mkdirSync(join(folder, "Pulumi.prod-00.yaml"));
    await assert.rejects(write(), refusal(/Pulumi\.prod-00\.yaml cannot be read: it is a folder \(EISDIR\)/));
  });
});

describe("the files of one command, which previews and then updates", () => {
  it("are written once: what the engine added between stays", async (t) => {
    const { folder, text } = folderWith(t);
    const { write } = await stackFilesOf(await readFleet(folder, "prod"));
    await write();
    const salted = `${text("Pulumi.prod-00.yaml")}encryptionsalt: v1:abc\n`;
    writeFileSync(join(folder, "Pulumi.prod-00.yaml"), salted);
    await write();
    assert.equal(text("Pulumi.prod-00.yaml"), salted);
  });
});

describe("the number of a fleet's shards", () => {
  const refused = async (t: TestContext, made: readonly string[], lost: readonly string[]) => {
    const { folder, write } = folderWith(t);
    await write();
    for (const stack of lost) rmSync(join(folder, `Pulumi.${stack}.yaml`));
    const fleet = await readFleet(folder, "prod");
    const { stacks, absent } = await stackFilesOf(fleet);
    return () => refuseUnknownCount(fleet, stacks, new Set(made), absent);
  };

  it("is not known, and refused, where stacks are there without their files, and others are not", async (t) => {
    assert.throws(
      await refused(t, ["org", "prod-00"], ["prod-00", "prod-01"]),
      refusal(
        /fleet\.shards: is 2, but the backend has prod-00 without a file here, and lacks prod-01: .*care fleet plan prod/,
      ),
    );
  });

  for (const [what, made, lost] of [
    ["of a fleet that is not made", [], ["prod-00", "prod-01"]],
    ["of a fleet that is half made, with its files", ["org", "prod-00"], []],
    ["of a whole fleet without its files", ["org", "prod-00", "prod-01"], ["org", "prod-00", "prod-01"]],
    ["of one without the organization's stack", ["prod-00", "prod-01"], ["org"]],
  ] as const)
    it(`is taken ${what}`, async (t) => (await refused(t, made, lost))());
});

/**
 * An update that could not delete what it replaced: the next preview lists that deletion only in its stream, and `care diff` reports it.
 * A program that goes back to the former grant would lose it, unless the command of `care diff` ran before.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { holdingsOf } from "../../tools/stack/index.ts";
import { care } from "../support/care.ts";
import { localRun } from "../support/localRun.ts";
import { previewJson } from "../support/previewJson.ts";

const program = join(import.meta.dirname, "programs/oneGrant.ts");
const [editor, admin] = ["roles/cloudsupport.techSupportEditor", "roles/cloudsupport.admin"];

it("a pending deletion is no empty preview, and a conflict where the program has the same grant again", async () => {
  const run = await localRun({ name: "pendingDeletion", program, config: { "grant:role": admin } });
  const granted = () =>
    holdingsOf(run.cloud.state)
      .grants.filter((line) => line.includes("group:sre@example.com"))
      .map((line) => /roles\/\S+/.exec(line)?.[0]);
  const diff = async () => {
    const file = join(run.directory, "preview.json");
    await writeFile(file, await previewJson(run));
    return care(run, ["diff", file, "--fail-on", "conflict,delete"]);
  };
  try {
    await run.up();
    await run.setConfig({ "grant:role": editor });
    // The second one would remove the former role.
    run.cloud.faults.add({
      match: { rpc: "SetIamPolicy", nth: 2, times: 100 },
      effect: { error: { code: 403, message: "denied on purpose" } },
    });
    assert.equal((await run.up()).failed, true);
    run.cloud.faults.clear();
    const unchanged = await diff();
    assert.equal(unchanged.code, 1);
    assert.match(
      unchanged.stdout,
      /loses \*\*Support Account Administrator\*\*.* An interrupted update left this deletion\./,
    );
    await run.setConfig({ "grant:role": admin });
    const reverted = await diff();
    assert.match(reverted.stderr, /conflict: 1/);
    const [, command = assert.fail(reverted.stdout)] =
      /run `(pulumi state delete [^`]+)` in a terminal/.exec(reverted.stdout) ?? [];
    // Without a terminal, the command deletes nothing, since the URN belongs to two resources.
    const { workspace } = run.stack;
    const options = { cwd: workspace.workDir, env: { ...process.env, ...workspace.envVars } };
    await expect(promisify(execFile)("bash", ["-ec", command], options)).rejects.toThrow(/ambiguous/);
    const exported = await run.stack.exportStack();
    const deployment = exported.deployment as { resources: { delete?: boolean }[] };
    deployment.resources = deployment.resources.filter((resource) => resource.delete !== true);
    await run.stack.importStack({ ...exported, deployment });
    assert.match((await diff()).stderr, /^care diff: admin|^$/);
    assert.equal((await run.up()).failed, false);
    assert.deepEqual(granted(), [admin]);
  } finally {
    await run.close();
  }
});

/** The error of `care` on a Node that is too old for it, for users who missed npm's warning. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "vitest";
import { lineOf } from "../support/section.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";

/** `care --version` in a Node that takes itself for another version. */
async function careOn(version: string) {
  const takenFor = `data:text/javascript,Object.defineProperty(process.versions, "node", { value: "${version}" })`;
  const args = ["--import", takenFor, join(root, "care/main.ts"), "--version"];
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

describe("care on a Node that is too old", () => {
  for (const version of ["18.20.8", "20.20.2", "22.17.1", "23.5.0"])
    it(`reports ${version}, in one line`, async () => {
      const stderr = `care needs Node 22.18 or later, and this is Node ${version}; install a later one from https://nodejs.org\n${lineOf("tools")}\n`;
      assert.deepEqual(await careOn(version), { code: 2, stdout: "", stderr });
    });

  for (const version of ["22.18.0", "24.0.0"])
    it(`runs on ${version}`, async () => {
      const { code, stdout } = await careOn(version);
      assert.deepEqual([code, /^\d+\.\d+\.\d+\n$/.test(stdout)], [0, true]);
    });
});

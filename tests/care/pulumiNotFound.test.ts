/** The error of each command that reads a stack where Pulumi is not installed. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { lineOf } from "../support/section.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";

describe("without Pulumi on PATH", () => {
  let empty: string;
  beforeAll(async () => void (empty = await mkdtemp(join(tmpdir(), "no-pulumi-"))));
  afterAll(() => rm(empty, { recursive: true }));

  const problem = "Pulumi was not found on PATH; install it as described on https://www.pulumi.com/docs/install/\n";
  for (const [command, code, message] of [
    ["adopt", 2, `care adopt: ${problem}`],
    ["doctor", 2, `care doctor: ${problem}`],
    ["report", 2, `care report: ${problem}`],
    ["case list", 1, problem],
  ] as const)
    it(`care ${command} reports it, and where to get it`, async () => {
      const ended = new Promise<{ code: unknown; stderr: string }>((resolve) => {
        const env = { ...process.env, PATH: empty };
        const args = [join(root, "care/main.ts"), ...command.split(" ")];
        execFile(process.execPath, args, { cwd: root, env }, (error, _stdout, stderr) => {
          resolve({ code: error?.code, stderr });
        });
      });
      assert.deepEqual(await ended, { code, stderr: `${message}${lineOf("tools")}\n` });
    });
});

/** What each command that reads a stack says where Pulumi is not there. */
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

  const told = "Pulumi was not found on PATH; install it as described on https://www.pulumi.com/docs/install/\n";
  for (const [command, code, message] of [
    ["adopt", 2, `care adopt: ${told}`],
    ["doctor", 2, `care doctor: ${told}`],
    ["report", 2, `care report: ${told}`],
    ["case list", 1, told],
  ] as const)
    it(`care ${command} says so, and where to get it`, async () => {
      const ended = new Promise<{ code: unknown; stderr: string }>((resolve) => {
        const env = { ...process.env, PATH: empty };
        const args = [join(root, "care/main.ts"), ...command.split(" ")];
        execFile(process.execPath, args, { cwd: root, env }, (error, _stdout, stderr) => {
          resolve({ code: error?.code, stderr });
        });
      });
      assert.deepEqual(await ended, { code, stderr: `${message}${lineOf(code === 2 ? "command" : "failure")}\n` });
    });
});

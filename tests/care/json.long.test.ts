/** Each command of care has --json, and its output matches docs/reference/care.schema.json. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Command } from "commander";
import { careProgram } from "../../care/program.ts";
import { care } from "../support/care.ts";
import { commandsWithSchema, judged } from "../support/careOutputs.ts";
import { oneCase } from "../support/configs.ts";
import { startGitHub } from "../support/gitHub/index.ts";
import { fleetConfig, localFleet } from "../support/localFleet.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";
import { recordingFile } from "../support/previews/recordings.ts";

/** These write no document: a script, and help. */
const without = ["completion", "complete", "help"];

function commandsOf(command: Command, words: readonly string[] = []): string[] {
  const children = command.commands.filter((child) => !without.includes(child.name()));
  return children.length === 0
    ? [words.join(" ")]
    : children.flatMap((child) => commandsOf(child, [...words, child.name()]));
}

describe("the JSON of care", () => {
  let run: LocalRun;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "care-json-"));
    run = await localRun({
      name: "careJson",
      config: { ...oneCase({ keepOpen: true }), "customer-care:acknowledge": { "grant-exists": "Made by hand" } },
    });
    const { failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
  });
  afterAll(async () => {
    await run.close();
    await rm(folder, { recursive: true });
  });

  const escalation = ["--reason", "businessImpact", "--justification", "No customer can pay."];
  for (const words of [
    ["doctor"],
    ["report"],
    ["adopt"],
    ["diff", recordingFile({ name: "administrator-added" }), recordingFile({ name: "failed" })],
    ["case", "list"],
    ["case", "comment", "It happened again."],
    ["case", "attach", "note.txt"],
    ["case", "escalate", ...escalation],
    ["case", "show"],
    ["case", "close", "--yes"],
  ])
    it(`of ${words.slice(0, 2).join(" ")} is as published`, async () => {
      const note = join(folder, "note.txt");
      await writeFile(note, "A note.\n");
      const { stdout, stderr } = await care(run, [
        ...words.map((word) => (word === "note.txt" ? note : word)),
        "--json",
      ]);
      // care() judges it.
      assert.ok(stdout.startsWith("{") || stdout.startsWith("["), `${stdout}${stderr}`);
    });

  it("of comment is as published", async (t) => {
    const gitHub = await startGitHub();
    t.onTestFinished(() => gitHub.close());
    gitHub.comments.set(7, []);
    const words = ["comment", recordingFile({ name: "administrator-added" }), "--pull-request", "7", "--json"];
    const { stdout, stderr } = await care(run, words, { environment: gitHub.environment() });
    assert.match(stdout, /"done": "created"/, stderr);
  });

  it("of a fleet is as published", async (t) => {
    const fleet = await localFleet({ name: "careJsonFleet", count: 4, config: fleetConfig });
    t.onTestFinished(() => fleet.close());
    for (const words of [
      ["plan", "prod"],
      ["preview", "prod"],
      ["up", "prod", "--yes"],
      ["destroy", "prod", "--yes"],
    ]) {
      const { stdout, stderr } = await fleet.care(...words, "--json");
      assert.ok(stdout.startsWith("{"), `${stdout}${stderr}`);
    }
  });

  it("is published for each command, and each was written here", () => {
    assert.deepEqual(commandsOf(careProgram()).sort(), [...commandsWithSchema].sort());
    assert.deepEqual([...judged].sort(), [...commandsWithSchema].sort());
  });
});

/** The commands of docs/how-to/guide.md, one after the other, as a reader of it types them, on the guide's own config. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { promisify } from "node:util";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { blocksOf } from "../support/documents.ts";
import { readStackFile } from "../support/stackFile.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun } from "../support/localRun.ts";

const run = promisify(execFile);

const ofGuide = (...languages: readonly string[]) =>
  blocksOf(...languages).filter(({ place }) => place.startsWith("docs/how-to/guide.md"));

const commands = ofGuide("sh").flatMap(({ text }) => text.split("\n"));

describe("the guide's commands", () => {
  let local: LocalRun;
  beforeAll(async () => {
    const [block] = ofGuide("yaml");
    const { config } = readStackFile(block?.text ?? assert.fail("the guide has no config"));
    local = await localRun({
      name: "guideCommands",
      stackName: "dev",
      config: { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin", ...config },
    });
  });
  afterAll(() => local.close());

  for (const command of commands)
    it(command, async () => {
      const { workDir, envVars } = local.stack.workspace;
      // npm would run it in the clone's own folder.
      const care = command.replace(
        "npm run --silent care --",
        `'${process.execPath}' '${join(root, "care", "main.ts")}'`,
      );
      const { stdout } = await run("sh", ["-c", care], { cwd: workDir, env: { ...process.env, ...envVars } });
      assert.notEqual(stdout.trim(), "");
    });

  it("have left one closed case with a comment and an attachment", () => {
    const [made, ...others] = [...local.cloud.state.cases.values()].filter(({ testCase }) => testCase);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [made?.state, made?.comments.map(({ body }) => body), made?.attachments.length],
      ["CLOSED", ["Checked."], 1],
    );
  });
});

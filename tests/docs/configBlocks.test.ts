/** Each config in the documents is accepted by editors, by the program and by the gcp plugin, and creates something. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { CustomerCare, withEveryProject } from "../../components/index.ts";
import type { CustomerCareArgs } from "../../components/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { blocksOf, isYamlProgram } from "../support/documents.ts";
import { registeredBy } from "./mocks.ts";
import { pluginChecks } from "./pluginChecks.ts";
import type { PluginChecks } from "./pluginChecks.ts";
import { isGitLab } from "../support/setUpCommands.ts";
import { configProblems, editorProblems, ownConfig, readStackFile } from "../support/stackFile.ts";

describe("a config in the documents", () => {
  const blocks = blocksOf("yaml").filter((block) => !isGitLab(block) && !isYamlProgram(block));
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud();
    Object.assign(process.env, cloud.environment);
  });
  afterAll(() => cloud.close());
  const checks = new Map<string, PluginChecks>();
  beforeAll(async () => {
    for (const [plugin, start] of pluginChecks) checks.set(plugin, await start());
  });
  afterAll(() => Promise.all([...checks.values()].map((plugin) => plugin.close())));
  it("is in the README", () => assert.ok(blocks.some(({ place }) => place.startsWith("README.md"))));
  for (const { place, text } of blocks)
    it(place, async () => {
      const file = readStackFile(text);
      assert.deepEqual(editorProblems(file), []);
      assert.deepEqual(configProblems(file), []);
      const args = ownConfig(file) as unknown as CustomerCareArgs;
      const registered = await registeredBy(
        async () => new CustomerCare("customer-care", await withEveryProject("customer-care", args)),
      );
      assert.ok(
        registered.some(({ type }) => type.startsWith("gcp:")),
        JSON.stringify(registered),
      );
      for (const [plugin, { problemsOf }] of checks) assert.deepEqual(await problemsOf(registered), [], plugin);
    });
});

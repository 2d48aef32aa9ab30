/** The program of docs/how-to/otherLanguages.md in YAML, which has no need of an SDK. It takes half a minute. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "vitest";
import { parse, stringify } from "yaml";
import { pluginsOf } from "../../tools/stack/index.ts";
import { blocksOf, isYamlProgram } from "../support/documents.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { localRun } from "../support/localRun.ts";
import { languageHost, whyNoPrograms } from "./languageHosts.ts";
import { config, livesOnce } from "./oneLife.ts";
import { plugin } from "./packages.ts";

const whyNot = await whyNoPrograms("yaml");

it("a program in YAML onboards, creates its case once and closes it, and changes nothing more", async (t) => {
  t.skip(whyNot !== undefined, whyNot);
  const [program] = blocksOf("yaml").filter(isYamlProgram);
  assert.ok(program);
  const environment = await languageHost("yaml");
  const run = await localRun({ name: "yaml", config });
  t.onTestFinished(() => run.close());
  run.setEnvironment(environment);
  const project = parse(program.text) as object;
  const plugins = pluginsOf(await engineFromEnvironment());
  await writeFile(
    join(run.directory, "Pulumi.yaml"),
    stringify({ ...project, name: "customer-care", packages: { "customer-care": plugin }, ...plugins }),
  );
  await livesOnce(run);
});

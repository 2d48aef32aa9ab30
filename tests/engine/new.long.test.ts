/** `pulumi new` with a clone as its template: a project of one's own, which previews. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "vitest";
import { parse, stringify } from "yaml";
import { startCloud } from "../../tools/localCloud/index.ts";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { localSettings, pluginsOf } from "../../tools/stack/index.ts";
import { copyOfClone, whyNoCopy } from "../support/copyOfClone.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { npmEnvironment } from "../support/npmEnvironment.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();

it("pulumi new creates a project whose stacks preview: an empty one, and one of the repository", async (t) => {
  t.skip(whyNoCopy !== undefined, whyNoCopy);
  const engine = await engineFromEnvironment();
  const cloud = await startCloud();
  t.onTestFinished(() => cloud.close());
  copyOfClone(join(folder, "template"));
  const project = join(folder, "onboarding");
  const env = {
    ...npmEnvironment(),
    ...engine.environment,
    ...cloud.environment,
    PULUMI_BACKEND_URL: `file://${folder}`,
  };
  const pulumi = async (cwd: string, ...words: string[]) => {
    const { code, stdout, stderr } = await run(engine.pulumi, [...words, "--non-interactive"], { cwd, env });
    assert.equal(code, 0, `pulumi ${words.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  };
  const made = ["--dir", project, "--name", "customer-care", "--stack", "mine", "--yes"];
  const begin = performance.now();
  const printed = await pulumi(folder, "new", join(folder, "template"), ...made);
  await t.annotate(`pulumi new: ${String(Math.round((performance.now() - begin) / 1000))} s`);
  assert.match(printed, /pulumi preview/);

  const file = join(project, "Pulumi.mine.yaml");
  const stack = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  assert.deepEqual(stack.config, { "customer-care:plan": "enhanced" });
  const projectFile = join(project, "Pulumi.yaml");
  const written = parse(readFileSync(projectFile, "utf8")) as { template?: object };
  assert.equal(written.template, undefined);

  writeFileSync(projectFile, stringify({ ...written, ...pluginsOf(engine) }));
  const previewOf = async (name: string) => {
    const stackFile = join(project, `Pulumi.${name}.yaml`);
    const { config = {}, ...others } = parse(readFileSync(stackFile, "utf8")) as { config?: object };
    writeFileSync(stackFile, stringify({ ...others, config: { ...localSettings, ...config } }));
    const { steps } = JSON.parse(await pulumi(project, "preview", "--stack", name, "--json")) as {
      steps: { op: string; urn: string }[];
    };
    assert.ok(steps.every(({ op }) => op === "create"));
    return steps.map(({ urn }) => urn.split("$").at(-1)?.split("::")[0] ?? "");
  };
  assert.deepEqual(
    (await previewOf("mine")).filter((type) => type.startsWith("gcp:")),
    [],
  );
  await pulumi(project, "stack", "init", "dev");
  assert.ok((await previewOf("dev")).includes("gcp:projects/service:Service"));
});

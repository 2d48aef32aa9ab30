/** `npm install` of the repository itself, as with `github:ORG/customer-care#v0.2.0`: npm compiles the package. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "vitest";
import { npm } from "../../tools/setup/bootstrap/npm.mjs";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { copyOfClone, whyNoCopy } from "../support/copyOfClone.ts";
import { npmEnvironment } from "../support/npmEnvironment.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const folder = temporaryFolder();

it("a program installs the repository at a tag, and imports it", async (t) => {
  t.skip(whyNoCopy !== undefined, whyNoCopy);
  const repository = join(folder, "customer-care");
  copyOfClone(repository);
  const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];
  for (const words of [
    ["init", "-q"],
    ["add", "-A"],
    ["commit", "-q", "-m", "Release"],
    ["tag", "v0.0.1"],
  ])
    execFileSync("git", [...author, ...words], { cwd: repository });

  const program = join(folder, "program");
  mkdirSync(program);
  writeFileSync(join(program, "package.json"), JSON.stringify({ name: "program", private: true, type: "module" }));
  const [command, ...before] = npm();
  const packages = [`git+file://${repository}#v0.0.1`, "@pulumi/pulumi", "@pulumi/gcp"];
  const env = npmEnvironment();
  const begin = performance.now();
  const { code, stderr } = await run(command, [...before, "install", "--no-audit", "--no-fund", ...packages], {
    cwd: program,
    env,
  });
  assert.equal(code, 0, stderr);
  await t.annotate(`npm install from Git: ${String(Math.round((performance.now() - begin) / 1000))} s`);

  const installed = join(program, "node_modules", "customer-care");
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { scripts?: object };
  assert.equal(manifest.scripts, undefined);
  const sources = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".d.ts"),
  );
  assert.deepEqual(sources, []);
  const shown = await run(
    process.execPath,
    ["--input-type=module", "--eval", 'import * as care from "customer-care"; console.log(typeof care.CustomerCare);'],
    { cwd: program, env },
  );
  assert.equal(shown.stdout.trim(), "function", shown.stderr);
});

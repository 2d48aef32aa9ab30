/** `npm run cloud -- --pulumi` prints the commands that a shell needs for `pulumi` by hand. The test runs them as they are. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "vitest";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";

const directory = join(home, "tests", "byHand");

/** Without what leads to an engine already, but for PATH, where one may be. */
function plainEnvironment() {
  const own = Object.entries(process.env).filter(([name]) => !/^(PULUMI_|GOOGLE_|CUSTOMER_CARE_)/.test(name));
  // The same on each machine, whatever plugin is installed there.
  return { ...Object.fromEntries(own), CUSTOMER_CARE_GCP_PLUGIN: "stand-in" };
}

it("a stack of one's own is deployed by hand, with the commands that npm run cloud -- --pulumi prints", async (t) => {
  await rm(directory, { recursive: true, force: true });
  await mkdir(join(directory, "state"), { recursive: true });
  const project = parse(await readFile(join(root, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
  await writeFile(join(directory, "Pulumi.yaml"), stringify({ ...project, main: join(root, "main.mjs") }));
  await writeFile(join(directory, "Pulumi.local.yaml"), await readFile(join(root, "Pulumi.dev.yaml")));

  const cloud = spawn(process.execPath, [join(root, "tools", "localCloud", "main.ts"), "--pulumi"], {
    env: plainEnvironment(),
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.onTestFinished(async () => {
    cloud.kill("SIGINT");
    await once(cloud, "exit");
  });
  let printed = "";
  for await (const chunk of cloud.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += String(chunk);
    if (/Ctrl-C/.test(printed)) break;
  }
  const commands = printed.split("\n").filter((line) => /^(\. |pulumi )/.test(line));
  const tutorial = await readFile(join(root, "docs", "tutorial", "firstStack.md"), "utf8");
  const inTutorial = tutorial.split("\n").filter((line) => /^(\. |pulumi stack init local)/.test(line));
  assert.deepEqual(
    commands.map((line) => line.replace('"${STACK:-local}"', "local")),
    inTutorial,
  );
  const [configureShell, createStack, configureStack] = commands.map((line) => line.replace(/^\. /, `. ${root}`));
  const script = [
    configureShell,
    // The clone's own backend may contain a stack of this name.
    `export PULUMI_BACKEND_URL='file://${join(directory, "state")}'`,
    createStack,
    configureStack,
    "pulumi up --yes --skip-preview --stack local",
    "pulumi stack output --stack local testCase",
  ].join("\n");
  const { stdout } = await promisify(execFile)("sh", ["-euc", script], { cwd: directory, env: plainEnvironment() });
  assert.match(stdout, /\nprojects\/shop-dev\/cases\/\d+\n$/);

  const address = /http:\/\/\S+/.exec(printed)?.[0] ?? assert.fail(printed);
  const requests = await (await fetch(`${address}/_local/requests`)).text();
  assert.match(requests, /"rpc": ?"CreateCase"/);
  const config = await readFile(join(directory, "Pulumi.local.yaml"), "utf8");
  assert.match(config, /gcp:essentialContactsCustomEndpoint: http:/);
});

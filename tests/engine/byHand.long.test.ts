/** `npm run cloud -- --pulumi` prints the commands that a shell needs for `pulumi` by hand. The test runs them as they are. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "vitest";
import type { TestContext } from "vitest";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";

const directory = join(home, "tests", "byHand");

type Environment = Readonly<Record<string, string>>;

/** Without what leads to an engine already, but for PATH, where one may be. */
function plainEnvironment(plugin: Environment) {
  const own = Object.entries(process.env).filter(([name]) => !/^(PULUMI_|GOOGLE_|CUSTOMER_CARE_)/.test(name));
  // The same on each machine, whatever plugin is installed there.
  return { ...Object.fromEntries(own), ...plugin };
}

/** A version of the plugin that `@pulumi/gcp` does not ask for. */
const other = "9.0.1";

/** The stand-in as a plugin of that version that a user has installed. */
async function installOther(t: TestContext): Promise<Environment> {
  const users = join(home, "tests", "byHandPlugin");
  const folder = join(users, "plugins", `resource-gcp-v${other}`);
  const main = join(root, "tools", "gcpStandIn", "main.ts");
  await mkdir(folder, { recursive: true });
  const script = `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`;
  await writeFile(join(folder, "pulumi-resource-gcp"), script, { mode: 0o755 });
  t.onTestFinished(() =>
    rm(join(home, "pulumi-home", "installed", "plugins", `resource-gcp-v${other}`), { recursive: true }),
  );
  return { PULUMI_HOME: users, CUSTOMER_CARE_GCP_PLUGIN: "installed" };
}

const plugins: Readonly<Record<string, (t: TestContext) => Promise<Environment>>> = {
  "the stand-in": () => Promise.resolve({ CUSTOMER_CARE_GCP_PLUGIN: "stand-in" }),
  "a plugin of another version": installOther,
};

for (const [name, install] of Object.entries(plugins))
  it(`a stack of one's own is deployed by hand, with the commands that npm run cloud -- --pulumi prints, with ${name}`, async (t) => {
    const plugin = await install(t);
    await rm(directory, { recursive: true, force: true });
    await mkdir(join(directory, "state"), { recursive: true });
    const project = parse(await readFile(join(root, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
    await writeFile(join(directory, "Pulumi.yaml"), stringify({ ...project, main: join(root, "main.mjs") }));
    await writeFile(join(directory, "Pulumi.local.yaml"), await readFile(join(root, "Pulumi.dev.yaml")));

    const cloud = spawn(process.execPath, [join(root, "tools", "localCloud", "main.ts"), "--pulumi"], {
      env: plainEnvironment(plugin),
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
    const { stdout } = await promisify(execFile)("sh", ["-euc", script], {
      cwd: directory,
      env: plainEnvironment(plugin),
    });
    assert.match(stdout, /\nprojects\/shop-dev\/cases\/\d+\n$/);

    const address = /http:\/\/\S+/.exec(printed)?.[0] ?? assert.fail(printed);
    const requests = await (await fetch(`${address}/_local/requests`)).text();
    assert.match(requests, /"rpc": ?"CreateCase"/);
    const config = await readFile(join(directory, "Pulumi.local.yaml"), "utf8");
    assert.match(config, /gcp:essentialContactsCustomEndpoint: http:/);
  });

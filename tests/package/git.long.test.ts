/** A program that installs the repository itself, as with `github:ORG/customer-care#v0.2.0`: the package manager compiles it. */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, it } from "vitest";
import { components } from "../../tools/pack/index.ts";
import { npm } from "../../tools/setup/bootstrap/npm.mjs";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { copyOfClone, whyNoCopy } from "../support/copyOfClone.ts";
import { describeUnless } from "../support/describeUnless.ts";
import { npmEnvironment } from "../support/npmEnvironment.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { hasBun, installManagers, succeeds, withManager } from "./managers.ts";

const folder = temporaryFolder();
const tools = join(folder, "tools");

/** Serves a folder's repositories, because Yarn installs none from a path. */
async function startGit(repositories: string): Promise<{ address: string; close: () => void }> {
  const free = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => free.once("listening", resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const at = ["--listen=127.0.0.1", `--port=${String(port)}`, "--export-all", `--base-path=${repositories}`];
  const daemon = spawn("git", ["daemon", ...at], { stdio: "ignore", detached: true });
  return {
    address: `git://127.0.0.1:${String(port)}/customer-care`,
    // Git starts a process of its own for the daemon.
    close: () => void process.kill(-(daemon.pid ?? Number.NaN)),
  };
}

describeUnless(whyNoCopy, "a program that installs the repository at a tag, with", () => {
  let git: Awaited<ReturnType<typeof startGit>>;
  let commit: string;
  beforeAll(async () => {
    const repository = join(folder, "customer-care");
    copyOfClone(repository);
    const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];
    const run = (...words: string[]) =>
      execFileSync("git", [...author, ...words], { cwd: repository, encoding: "utf8" }).trim();
    run("init", "-q");
    run("add", "-A");
    run("commit", "-q", "-m", "Release");
    run("tag", "v0.0.1");
    commit = run("rev-parse", "HEAD");
    mkdirSync(tools);
    await installManagers(tools);
    git = await startGit(folder);
    return () => git.close();
  });

  function programWith(name: string, files: Readonly<Record<string, string>> = {}): string {
    const program = join(folder, name);
    mkdirSync(program);
    const { "@pulumi/pulumi": pulumi = "", "@pulumi/gcp": gcp = "" } = components.manifest.dependencies;
    const dependencies = { "@pulumi/pulumi": pulumi, "@pulumi/gcp": gcp, "customer-care": `${git.address}#v0.0.1` };
    const manifest = JSON.stringify({ name: "program", private: true, type: "module", dependencies });
    for (const [path, text] of Object.entries({ "package.json": manifest, ...files }))
      writeFileSync(join(program, path), text);
    return program;
  }

  const evaluated = (program: string, ...args: string[]) =>
    run(process.execPath, args, { cwd: program, env: npmEnvironment() });

  async function isCompiled(program: string): Promise<void> {
    const installed = join(program, "node_modules", "customer-care");
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as { scripts?: object };
    assert.equal(manifest.scripts, undefined);
    const sources = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && !file.endsWith(".d.ts") && !file.includes("node_modules"),
    );
    assert.deepEqual(sources, []);
    const text = 'import * as care from "customer-care"; console.log(typeof care.CustomerCare);';
    const { stdout, stderr } = await evaluated(program, "--input-type=module", "--eval", text);
    assert.equal(stdout.trim(), "function", stderr);
  }

  /** Each entry point fails with one sentence, which names the file to install instead. */
  async function isExplained(program: string): Promise<void> {
    for (const path of Object.keys(components.exports)) {
      const name = JSON.stringify(`customer-care${path.slice(1)}`);
      const caught = "(error) => console.log(error.message)";
      for (const args of [
        ["--input-type=module", "--eval", `import(${name}).catch(${caught})`],
        ["--input-type=commonjs", "--eval", `try { require(${name}) } catch (error) { (${caught})(error) }`],
      ]) {
        const { stdout, stderr } = await evaluated(program, ...args);
        const expected = `^customer-care was installed from its repository .*Install customer-care-${components.manifest.version}\\.tgz `;
        assert.match(stdout, new RegExp(expected), stderr);
      }
    }
    const named = 'import { CustomerCare, withEveryProject } from "customer-care"; new CustomerCare();';
    const { stderr } = await evaluated(program, "--input-type=module", "--eval", named);
    assert.match(stderr, /^RunError: customer-care was installed from its repository /m);
  }

  const npmInstall = [...npm(), "install", "--no-audit", "--no-fund"];

  it("npm", async (t) => {
    const program = programWith("npm");
    const begin = performance.now();
    await succeeds(npmInstall, program);
    await t.annotate(`npm install from Git: ${String(Math.round((performance.now() - begin) / 1000))} s`);
    await isCompiled(program);
  });

  it("npm --ignore-scripts", async () => {
    const program = programWith("ignore-scripts");
    await succeeds([...npmInstall, "--ignore-scripts"], program);
    await isExplained(program);
  });

  it("pnpm", async () => {
    const allowed = `allowBuilds:\n  protobufjs: false\n  customer-care@git+${git.address}#${commit}: true\n`;
    const program = programWith("pnpm", { "pnpm-workspace.yaml": allowed });
    await succeeds([...withManager("pnpm", tools), "install"], program);
    await isCompiled(program);
  });

  it("Yarn", async () => {
    const settings = `nodeLinker: node-modules\nenableImmutableInstalls: false\napprovedGitRepositories: ["**"]\n`;
    const program = programWith("yarn", { ".yarnrc.yml": settings, "yarn.lock": "" });
    await succeeds([...withManager("yarn", tools), "install"], program);
    await isCompiled(program);
  });

  it("bun", async (t) => {
    t.skip(!hasBun, "the test has bun for Linux on x64 only");
    const program = programWith("bun");
    await succeeds([...withManager("bun", tools), "install"], program);
    await isExplained(program);
  });
});

/**
 * A release from its tag to a preview: the scripts of .github/workflows/release.yml run with a local npm registry and a local server
 * in place of GitHub. A program and Pulumi then install what they published.
 */
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { basename, delimiter, join } from "node:path";
import { afterAll, beforeAll, it } from "vitest";
import { stringify } from "yaml";
import { components } from "../../tools/pack/index.ts";
import { npm } from "../../tools/setup/bootstrap/npm.mjs";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { pluginsOf } from "../../tools/stack/index.ts";
import { copyOfClone, whyNoCopy } from "../support/copyOfClone.ts";
import { describeUnless } from "../support/describeUnless.ts";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { readWorkflow } from "../support/gitHub/workflow.ts";
import { localRun } from "../support/localRun.ts";
import { npmEnvironment } from "../support/npmEnvironment.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const { version } = components.manifest;
const repository = "octo-org/customer-care";

/** The registry, with what it needs. Pinned, and installed outside of the clone's node_modules. */
const registryManifest = {
  private: true,
  dependencies: { verdaccio: "6.10.4" },
  // A tag, which not every mirror of the registry has.
  overrides: { "node-fetch": "2.7.0" },
};

const folder = temporaryFolder();
const engine = await engineFromEnvironment();

/** The environment of all commands. */
let environment = npmEnvironment();

async function ok(command: readonly [string, ...string[]], cwd: string, others: NodeJS.ProcessEnv = {}) {
  const [program, ...args] = command;
  const { code, stdout, stderr } = await run(program, args, { cwd, env: { ...environment, ...others } });
  assert.equal(code, 0, `${command.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

/** Runs a script of release.yml, as GitHub does. */
function script(job: string, step: string, cwd: string, others: NodeJS.ProcessEnv = {}) {
  const { jobs } = readWorkflow("release.yml");
  const text = jobs[job]?.steps.find(({ name }) => name === step)?.run;
  assert.ok(text, step);
  // Provenance needs an identity of GitHub.
  return ok(["bash", "-e", "-c", text.replace(" --provenance", "")], cwd, {
    GITHUB_REF_NAME: `v${version}`,
    GITHUB_REPOSITORY: repository,
    GITHUB_SERVER_URL: "https://github.com",
    ...others,
  });
}

async function startRegistry(): Promise<{ address: string; close: () => void }> {
  const installed = join(home, "tests", "verdaccio");
  mkdirSync(installed, { recursive: true });
  const manifest = join(installed, "package.json");
  const uplink = environment["NPM_CONFIG_REGISTRY"];
  if (!existsSync(manifest) || readFileSync(manifest, "utf8") !== JSON.stringify(registryManifest)) {
    writeFileSync(manifest, JSON.stringify(registryManifest));
    await ok([...npm(), "install", "--ignore-scripts", "--no-audit", "--no-fund"], installed).catch(
      (error: unknown) => {
        // The next run installs it again.
        rmSync(manifest);
        throw error;
      },
    );
  }
  const config = join(folder, "registry.yaml");
  writeFileSync(
    config,
    stringify({
      storage: join(folder, "storage"),
      auth: { htpasswd: { file: join(folder, "users") } },
      uplinks: { npmjs: { url: uplink, maxage: "60m" } },
      packages: {
        "customer-care*": { access: "$all", publish: "$authenticated" },
        "**": { access: "$all", proxy: "npmjs" },
      },
      log: { type: "stdout", format: "json", level: "warn" },
    }),
  );
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const address = `http://127.0.0.1:${String(port)}/`;
  const main = join(installed, "node_modules", "verdaccio", "bin", "verdaccio");
  const server = spawn(process.execPath, [main, "--config", config, "--listen", `127.0.0.1:${String(port)}`], {
    env: environment,
    stdio: "ignore",
  });
  for (
    let attempt = 0;
    !(await fetch(`${address}-/ping`).then(
      ({ ok }) => ok,
      () => false,
    ));
    attempt++
  ) {
    assert.ok(attempt < 600 && server.exitCode === null, "the registry does not start");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const user = await fetch(`${address}-/user/org.couchdb.user:release`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "release", password: "customer-care" }),
  });
  const { token } = (await user.json()) as { token: string };
  const settings = join(folder, "npmrc");
  writeFileSync(
    settings,
    `registry=${address}\n${address.replace("http:", "")}:_authToken=${token}\nfund=false\naudit=false\n`,
  );
  environment = { ...environment, NPM_CONFIG_USERCONFIG: settings, NPM_CONFIG_REGISTRY: address };
  return { address, close: () => void server.kill() };
}

/** A server with GitHub's API of releases, as far as Pulumi uses it. */
async function startReleaseHost(assets: string): Promise<{ address: string; close: () => void }> {
  const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const created = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-keyout", key, "-out", certificate];
  execFileSync("openssl", [...created, ...subject], { stdio: "ignore" });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, ({ url = "" }, reply) => {
    const { address } = host;
    if (url === `/repos/${repository}/releases/tags/v${version}`)
      reply.end(
        JSON.stringify({ assets: readdirSync(assets).map((name) => ({ name, url: `${address}/assets/${name}` })) }),
      );
    else if (url.startsWith("/assets/")) reply.end(readFileSync(join(assets, basename(url))));
    else reply.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const host = { address: `https://localhost:${String(port)}`, close: () => void server.close() };
  environment = { ...environment, SSL_CERT_FILE: certificate };
  return host;
}

describeUnless(whyNoCopy, "a release", () => {
  // A clone of its own: as the last step before a tag, the changelog has no unreleased entries.
  const clone = join(folder, "clone");
  const released = join(clone, ".customer-care", "release");
  const assets = join(folder, "assets");
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  beforeAll(async () => {
    mkdirSync(assets, { recursive: true });
    copyOfClone(clone);
    symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
    const changelog = join(clone, "CHANGELOG.md");
    const text = readFileSync(changelog, "utf8");
    writeFileSync(changelog, text.replace(/^## \[Unreleased\][^]*?(?=^## )/m, "## [Unreleased]\n\n"));
    registry = await startRegistry();
    await script("publish", "Pack", clone);
    await script("publish", "Publish to npm", clone);
  });
  afterAll(() => registry.close());

  it("names its repository, which npm compares with the provenance", async () => {
    for (const name of ["customer-care", "customer-care-cli"])
      assert.deepEqual(JSON.parse(await ok([...npm(), "view", name, "--json", "version", "repository"], folder)), {
        version,
        repository: { type: "git", url: `git+https://github.com/${repository}.git` },
      });
  });

  it("continues where a job stopped: published versions are left alone", async () => {
    await script("publish", "Publish to npm", clone);
  });

  it("becomes a release on GitHub with notes and archives", async () => {
    // The artifact of the workflow.
    const work = join(folder, "work");
    mkdirSync(join(work, "release"), { recursive: true });
    for (const file of readdirSync(released)) copyFileSync(join(released, file), join(work, "release", file));
    const bin = join(folder, "bin");
    mkdirSync(bin);
    // In place of GitHub's command line: keeps the arguments, and the files after the options.
    writeFileSync(
      join(bin, "gh"),
      `#!/bin/bash\n[ "$2" = create ] || exit 1\necho "$@" > "${folder}/gh.txt"\ncp "\${@:9}" "${assets}"\n`,
      { mode: 0o755 },
    );
    await script("release", "Create the GitHub release", work, { PATH: [bin, environment["PATH"]].join(delimiter) });
    const tag = `v${version}`;
    const options = `release create ${tag} --verify-tag --title ${tag} --notes-file release/notes.md `;
    assert.ok(readFileSync(join(folder, "gh.txt"), "utf8").startsWith(options));
    const archives = ["darwin", "linux", "windows"].flatMap((system) =>
      ["amd64", "arm64"].map((processor) => `pulumi-resource-customer-care-${tag}-${system}-${processor}.tar.gz`),
    );
    assert.deepEqual(
      readdirSync(assets).sort(),
      [`customer-care-${version}.tgz`, `customer-care-cli-${version}.tgz`, ...archives].sort(),
    );
  });

  it("is installed from the registry into an empty folder, and previewed there", async (t) => {
    const program = join(folder, "zone");
    mkdirSync(program);
    writeFileSync(join(program, "package.json"), JSON.stringify({ name: "zone", private: true, type: "module" }));
    const begin = performance.now();
    const installed = await ok([...npm(), "install", "customer-care", "@pulumi/pulumi", "@pulumi/gcp"], program);
    const seconds = Math.round((performance.now() - begin) / 1000);
    const size = execFileSync("du", ["-sm", "node_modules"], { cwd: program, encoding: "utf8" }).split("\t")[0] ?? "";
    await t.annotate(`customer-care: ${installed.trim().split("\n")[0] ?? ""}, ${size} MB, ${String(seconds)} s`);
    const versionOf = (name: string) =>
      (JSON.parse(readFileSync(join(program, "node_modules", name, "package.json"), "utf8")) as { version: string })
        .version;
    await t.annotate(`@pulumi/pulumi ${versionOf("@pulumi/pulumi")}, @pulumi/gcp ${versionOf("@pulumi/gcp")}`);
    assert.equal(versionOf("customer-care"), version);
    const project = { name: "zone", runtime: { name: "nodejs", options: { typescript: false } }, ...pluginsOf(engine) };
    writeFileSync(join(program, "Pulumi.yaml"), stringify(project));
    writeFileSync(
      join(program, "index.js"),
      `import { CustomerCare } from "customer-care";
      export const { checklist } = new CustomerCare("care", {
        plan: "enhanced",
        projects: { "shop-dev": { editors: ["user:ada@example.com"], contacts: { technical: ["oncall@example.com"] } } },
        testCase: { project: "shop-dev" },
      });`,
    );
    const zone = await localRun({ name: "zone", project: program, config: {} });
    t.onTestFinished(() => zone.close());
    const { failed, messages, steps } = await zone.preview();
    assert.equal(failed, false, messages.join("\n"));
    const types = steps.map((step) => step.split(" ")[1] ?? "");
    for (const type of [
      "gcp:projects/service:Service",
      "gcp:projects/iAMMember:IAMMember",
      "gcp:essentialcontacts/contact:Contact",
    ])
      assert.ok(types.includes(type), type);
    assert.ok(types.some((type) => type.endsWith(":SupportCase")));
  });

  it("brings care", async (t) => {
    const program = join(folder, "care");
    mkdirSync(program);
    writeFileSync(join(program, "package.json"), JSON.stringify({ name: "care-user", private: true }));
    const installed = await ok([...npm(), "install", "customer-care-cli"], program);
    await t.annotate(`customer-care-cli: ${installed.trim().split("\n")[0] ?? ""}`);
    assert.equal((await ok([join(program, "node_modules", ".bin", "care"), "--version"], program)).trim(), version);
  });

  it("is installed by Pulumi from the release's archive, and previewed", async (t) => {
    const why = `the Node language host of Pulumi ${engine.version} (${engine.source}) cannot run component packages`;
    t.skip(!engine.canRunPolicyPacks, why);
    t.skip(process.platform !== "linux", "only on Linux, SSL_CERT_FILE makes Pulumi trust the local server");
    const host = await startReleaseHost(assets);
    t.onTestFinished(() => host.close());
    const pulumiHome = join(folder, "pulumi");
    const variables = { ...engine.environment, PULUMI_HOME: pulumiHome, PATH: engine.environment["PATH"] };
    const address = `github://${host.address.replace("https://", "")}/${repository}`;
    const command = ["plugin", "install", "resource", "customer-care", version, "--server", address];
    const begin = performance.now();
    await ok([engine.pulumi, ...command], folder, variables);
    await t.annotate(`the component package: ${String(Math.round((performance.now() - begin) / 1000))} s`);
    assert.ok(existsSync(join(pulumiHome, "plugins", `resource-customer-care-v${version}`)));

    const program = join(root, "tests", "package", "otherLanguage.ts");
    const zone = await localRun({ name: "archive", program, projectName: "archive", config: {} });
    t.onTestFinished(() => zone.close());
    zone.setEnvironment({ PULUMI_HOME: pulumiHome });
    const { failed, messages, steps } = await zone.preview();
    assert.equal(failed, false, messages.join("\n"));
    assert.ok(
      steps.some((step) => step.startsWith("create gcp:projects/iAMMember:IAMMember ")),
      steps.join("\n"),
    );
  });
});

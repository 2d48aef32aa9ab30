/**
 * The program of docs/how-to/otherLanguages.md in Go, with the SDK that Pulumi generates: both compile, and the program is deployed, changed
 * by nothing and taken down. It takes a minute, and some more where Go has Pulumi's modules still to fetch and to compile.
 */
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { run as command } from "../../tools/setup/bootstrap/process.mjs";
import { minimumVersion } from "../../tools/setup/cli/cli.ts";
import { blocksOf } from "../support/documents.ts";
import { localRun } from "../support/localRun.ts";
import { languageHost, whyNoPrograms } from "./languageHosts.ts";
import { config, livesOnce } from "./oneLife.ts";
import { plugin } from "./packages.ts";

const sdk = join(import.meta.dirname, "goSdk");

const env = { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off" };

const whyNoCompiler = await whyNoGo();
const whyNoRun = whyNoCompiler ?? (await whyNoPrograms("go"));

/** From 1.21 on, Go fetches the later version that a module requires. */
async function whyNoGo(): Promise<string | undefined> {
  const { code, stdout } = await command("go", ["version"], { env });
  const release = Number(/go1\.(\d+)/.exec(stdout)?.[1]);
  return code === 0 && release >= 21 ? undefined : "there is no Go 1.21 or above here";
}

describe("a program in Go", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "customer-care-go-"));
    await cp(sdk, folder, { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const go = async (...args: string[]) => {
    const { code, stdout, stderr } = await command("go", args, { cwd: folder, env, timeout: 20 * 60_000 });
    assert.equal(code, 0, stdout + stderr);
  };

  it("compiles, with all of the SDK", async (t) => {
    t.skip(whyNoCompiler !== undefined, whyNoCompiler);
    const [program] = blocksOf("go");
    assert.ok(program);
    await go("run", "./generate", join(plugin, "schema.json"), ".");
    await mkdir(join(folder, "program"));
    await writeFile(join(folder, "program", "main.go"), program.text);
    await go("vet", "./customercare/...", "./program");
    const docs = await readFile(join(folder, "customercare", "customerCare.go"), "utf8");
    expect(docs).toContain('customercare.NewCustomerCare(ctx, "customer-care"');
    expect(docs, "the examples of other languages").not.toContain("customer_care.CustomerCare(");
  });

  it("onboards, creates its case once and closes it, and changes nothing more", async (t) => {
    t.skip(whyNoRun !== undefined, whyNoRun);
    const environment = await languageHost("go");
    const run = await localRun({ name: "go", config });
    t.onTestFinished(() => run.close());
    run.setEnvironment({ ...environment, GOFLAGS: env.GOFLAGS, GOWORK: env.GOWORK });
    await writeFile(
      join(run.directory, "Pulumi.yaml"),
      stringify({
        name: "customer-care",
        runtime: "go",
        main: join(folder, "program"),
        packages: { "customer-care": plugin },
      }),
    );
    await livesOnce(run);
  });

  it("has the SDK of the generator that is in the oldest Pulumi", async () => {
    assert.match(
      await readFile(join(sdk, "go.mod"), "utf8"),
      new RegExp(`github.com/pulumi/pulumi/pkg/v3 v${minimumVersion.replaceAll(".", "\\.")}\n`),
    );
  });
});

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, it } from "vitest";
import type { Cli } from "../../../tools/setup/cli/index.ts";
import {
  ensureGcpPlugin,
  folderIn,
  recordedVersion,
  version,
  requestedGcpPlugin,
} from "../../../tools/setup/gcpPlugin.ts";
import type { GcpPluginOptions } from "../../../tools/setup/gcpPlugin.ts";
import { fakeProgram } from "./fakeProgram.ts";
import { recordedProgress } from "./recordedProgress.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("the gcp plugin", () => {
  const folder = temporaryFolder();
  const cli: Cli = { pulumi: "/no/such/pulumi", version: "3.259.0", source: "PATH", canRunPolicyPacks: true };
  const { PULUMI_HOME } = process.env;
  afterEach(() => {
    if (PULUMI_HOME === undefined) delete process.env.PULUMI_HOME;
    else process.env.PULUMI_HOME = PULUMI_HOME;
  });

  /** A machine that has requested Pulumi's downloads in vain, and whose user has such a plugin or none. */
  function machine(name: string, users: "none" | "whole" | "partial") {
    const home = join(folder, name, "home");
    const usersHome = join(folder, name, "pulumi");
    process.env.PULUMI_HOME = usersHome;
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "no-pulumi-downloads"), "");
    if (users !== "none") fakeProgram(folderIn(usersHome), "pulumi-resource-gcp", "echo real");
    if (users === "partial") writeFileSync(`${folderIn(usersHome)}.partial`, "");
    const progress = recordedProgress();
    const ensure = (requested?: GcpPluginOptions["requested"], root = join(folder, "it's a clone")) =>
      ensureGcpPlugin({ root, home, cli, requested, progress });
    return { ensure, progress, usersHome };
  }
  const script = (pulumiHome: string) => readFileSync(join(folderIn(pulumiHome), "pulumi-resource-gcp"), "utf8");

  it("is the user's own, which stays as it is", async () => {
    const { ensure, progress, usersHome } = machine("installed", "whole");
    const { kind, pulumiHome } = await ensure();
    assert.equal(kind, "installed");
    assert.match(script(pulumiHome), /echo real/);
    assert.deepEqual(readdirSync(join(pulumiHome, "plugins")), [`resource-gcp-v${version}`]);
    assert.deepEqual(progress.notes, []);
    assert.deepEqual(readdirSync(usersHome, { recursive: true }).length, 3);
  });

  it("is the stand-in where there is no other, reported in one line", async () => {
    const { ensure, progress } = machine("stand-in", "none");
    const { kind, pulumiHome } = await ensure();
    assert.equal(kind, "stand-in");
    assert.ok(script(pulumiHome).includes(`it'\\''s a clone/tools/gcpStandIn/main.ts' "$@"`));
    assert.deepEqual(progress.notes, [
      `A stand-in replaces the gcp plugin ${version}, which is neither installed nor available for download; it behaves like ${recordedVersion}, and supports only the local cloud.`,
    ]);
  });

  it("is not one whose installation was interrupted", async () => {
    const { ensure } = machine("interrupted", "partial");
    assert.equal((await ensure()).kind, "stand-in");
  });

  it("can be the one and then the other, side by side", async () => {
    const { ensure } = machine("both", "whole");
    const standIn = await ensure("stand-in");
    const installed = await ensure("installed");
    assert.notEqual(standIn.pulumiHome, installed.pulumiHome);
    assert.match(script(standIn.pulumiHome), /main\.ts/);
    assert.match(script(installed.pulumiHome), /echo real/);
  });

  it("is the user's own no longer when the user has removed it", async () => {
    const { ensure, usersHome } = machine("removed", "whole");
    assert.equal((await ensure()).kind, "installed");
    rmSync(usersHome, { recursive: true });
    assert.equal((await ensure()).kind, "stand-in");
  });

  it("is another version that the user has installed, only on request, and under its own version", async () => {
    const { ensure, progress, usersHome } = machine("other", "none");
    const other = (minor: number) => `${version.split(".")[0] ?? ""}.${String(minor)}.0`;
    for (const minor of [2, 10]) fakeProgram(folderIn(usersHome, other(minor)), "pulumi-resource-gcp", "echo real");
    fakeProgram(folderIn(usersHome, "1.0.0"), "pulumi-resource-gcp", "echo real");
    assert.equal((await ensure()).kind, "stand-in");
    progress.notes.length = 0;
    const installed = await ensure("installed");
    assert.deepEqual(
      { ...installed, plugins: readdirSync(join(installed.pulumiHome, "plugins")) },
      {
        kind: "installed",
        pulumiHome: installed.pulumiHome,
        version: other(10),
        folder: folderIn(installed.pulumiHome, other(10)),
        plugins: [`resource-gcp-v${other(10)}`],
      },
    );
    assert.deepEqual(progress.notes, [
      `The installed gcp plugin ${other(10)} is used, although @pulumi/gcp ${version} asks for ${version}.`,
    ]);
  });

  it("is not the stand-in of a run whose environment is still set", async () => {
    const { ensure } = machine("ours", "none");
    const { pulumiHome } = await ensure();
    process.env.PULUMI_HOME = pulumiHome;
    assert.equal((await ensure()).kind, "stand-in");
  });

  it("follows a clone that has moved", async () => {
    const { ensure } = machine("moved", "none");
    await ensure();
    const { pulumiHome } = await ensure(undefined, "/moved");
    assert.ok(script(pulumiHome).includes("'/moved/tools/gcpStandIn/main.ts'"));
  });

  it("is a plain sentence where the installed one is requested and there is none", async () => {
    const { ensure, usersHome } = machine("missing", "none");
    await assert.rejects(ensure("installed"), {
      name: "SetUpError",
      message: `CUSTOMER_CARE_GCP_PLUGIN asks for the installed gcp plugin, but ${version} is not installed: pulumi plugin install resource gcp ${version}.`,
    });
    assert.equal(existsSync(usersHome), false);
  });

  it("is requested by a known word", () => {
    assert.equal(requestedGcpPlugin(undefined), undefined);
    assert.equal(requestedGcpPlugin("stand-in"), "stand-in");
    assert.throws(() => requestedGcpPlugin("fake"), {
      message: 'CUSTOMER_CARE_GCP_PLUGIN is "fake"; write installed or stand-in.',
    });
  });
});

/** `care doctor`, `report` and `adopt` read the config of this repository's program, and of no other (care/stack/readStack.ts). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { isOwnProgram } from "../../care/stack/readStack.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";

type Settings = Parameters<typeof isOwnProgram>[1];

const settingsOf = (folder: string) => parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")) as Settings;

describe("the program of a project", () => {
  it("is this repository's, by the entry point in its Pulumi.yaml", () => {
    assert.equal(isOwnProgram(root, settingsOf(root)), true);
    assert.equal(isOwnProgram(root, { ...settingsOf(root), main: "index.ts" }), true);
  });

  it("is this repository's in a clone that has another name", async () => {
    const folder = await mkdtemp(join(tmpdir(), "clone-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "package.json"), JSON.stringify({ name: "our-support", type: "module" }));
    for (const file of ["main.mjs", "index.ts"]) await copyFile(join(root, file), join(folder, file));
    await symlink(join(root, "onboarding"), join(folder, "onboarding"));
    assert.equal(isOwnProgram(folder, { ...settingsOf(root), name: "our-support" }), true);
  });

  it("is not that of another package, whatever words its program has", async () => {
    const folder = await mkdtemp(join(tmpdir(), "zone-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "package.json"), JSON.stringify({ name: "landing-zone", type: "module" }));
    await writeFile(join(folder, "index.ts"), "// The stackConfig of each team\nexport const stackConfig = {};\n");
    assert.equal(isOwnProgram(folder, { name: "zone", runtime: "nodejs" }), false);
    assert.equal(isOwnProgram(folder, { name: "customer-care", runtime: "nodejs", main: "index.ts" }), false);
  });

  it("is not that of a landing zone", () => {
    const folder = join(root, "examples", "landing-zone");
    assert.equal(isOwnProgram(folder, settingsOf(folder)), false);
  });
});

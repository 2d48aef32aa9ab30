import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, it } from "vitest";
import { ensureDependencies } from "../../../tools/setup/bootstrap/dependencies.mjs";
import { recordedProgress } from "./recordedProgress.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("the dependencies", () => {
  const root = temporaryFolder();
  const nodeModules = join(root, "node_modules");
  const npmRecord = join(nodeModules, ".package-lock.json");
  const packages = {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0" },
    "node_modules/for-another-platform": { version: "1.0.0", optional: true },
  };
  let installs = 0;

  const lock = (changed: object = {}) =>
    writeFileSync(join(root, "package-lock.json"), JSON.stringify({ packages: { ...packages, ...changed } }));
  const ensure = (fail = false) =>
    ensureDependencies({
      root,
      home: join(root, ".customer-care"),
      progress: recordedProgress(),
      install: () => {
        installs += 1;
        mkdirSync(nodeModules, { recursive: true });
        return fail ? Promise.reject(new Error("interrupted")) : Promise.resolve();
      },
    });

  beforeEach(() => {
    rmSync(nodeModules, { recursive: true, force: true });
    installs = 0;
    lock();
  });

  it("are installed once", async () => {
    await ensure();
    await ensure();
    assert.equal(installs, 1);
  });

  it("are installed once by two runs at the same time", async () => {
    await Promise.all([ensure(), ensure()]);
    assert.equal(installs, 1);
  });

  it("are installed again when the lockfile has changed", async () => {
    await ensure();
    lock({ "node_modules/b": { version: "2.0.0" } });
    await ensure();
    assert.equal(installs, 2);
  });

  it("are installed again when node_modules was deleted", async () => {
    await ensure();
    rmSync(nodeModules, { recursive: true });
    await ensure();
    assert.equal(installs, 2);
  });

  it("are installed again after an install that was interrupted", async () => {
    await ensure();
    lock({ "node_modules/b": { version: "2.0.0" } });
    await assert.rejects(ensure(true), /interrupted/);
    lock();
    await ensure();
    assert.equal(installs, 3);
  });

  it("are taken as they are after the user's own npm install", async () => {
    mkdirSync(nodeModules);
    writeFileSync(npmRecord, JSON.stringify({ packages: { "node_modules/a": { version: "1.0.0" } } }));
    await ensure();
    assert.equal(installs, 0);
  });

  it("are installed where the user's own npm install was of another lockfile", async () => {
    mkdirSync(nodeModules);
    writeFileSync(npmRecord, JSON.stringify({ packages: { "node_modules/a": { version: "0.9.0" } } }));
    await ensure();
    assert.equal(installs, 1);
    assert.equal(existsSync(npmRecord), false);
  });
});

/** A program that does not depend on the package itself, as with pnpm if only a library of the program does. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { requireInProgram, requireNode } from "../../components/programDependency.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("the program's dependency on the package", () => {
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  it("is there in this repository", () => {
    process.chdir(join(before, "tests"));
    requireInProgram("care/testCase");
  });

  it("is named by the error, with the line to add and the folder, if only a library has it", () => {
    const folder = temporaryFolder();
    const own = join(folder, "node_modules/shared-library/node_modules/customer-care");
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "package.json"), JSON.stringify({ exports: { "./supportCase": "./index.js" } }));
    writeFileSync(join(own, "index.js"), "");
    process.chdir(folder);
    assert.throws(
      () => requireInProgram("care/testCase"),
      (error: unknown) => {
        assert.ok(pulumi.RunError.isInstance(error));
        assert.match(
          error.message,
          /^care\/testCase: the program in .* does not depend on customer-care itself, .*; add "customer-care": "\^\d+\.\d+\.\d+" to the dependencies of its package\.json, and install them$/m,
        );
        return true;
      },
    );
  });
});

describe("a test case in Bun", () => {
  it("is refused with one sentence, and accepted in Node", () => {
    requireNode("care/testCase");
    assert.throws(
      () => requireNode("care/testCase", { ...process.versions, bun: "1.4.5" }),
      (error: unknown) =>
        pulumi.RunError.isInstance(error) &&
        /^care\/testCase: Pulumi cannot create a test case in Bun 1\.4\.5; run the program with the runtime nodejs/.test(
          error.message,
        ),
    );
  });
});

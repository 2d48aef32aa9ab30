/** Pulumi runs the program with the Node on PATH. If that is too old to load TypeScript, the program reports it in one sentence. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { describe, it } from "vitest";
import { promisify } from "node:util";
import { lineOf } from "../support/section.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";

/** Loads the entry point in a Node that reports another version, and prints the error's message, or what it exports. */
async function entryOn(version: string): Promise<string> {
  const program = `
    Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} });
    await import(${JSON.stringify(pathToFileURL(join(root, "main.mjs")).href)}).then(
      (entry) => console.log(Object.keys(entry).join(), typeof entry.default),
      (error) => console.log(String(error.__pulumiRunError), error.message),
    );`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: root,
  });
  return stdout;
}

describe("the program on a Node that is too old", () => {
  for (const version of ["20.20.2", "22.17.1", "23.5.0"])
    it(`reports ${version} in one sentence, which Pulumi shows without a stack trace`, async () => {
      assert.equal(
        await entryOn(version),
        `true customer-care needs Node 22.18 or later, and this is Node ${version}; install a later one from https://nodejs.org\n${lineOf("tools")}\n`,
      );
    });

  for (const version of ["22.18.0", "24.21.0"])
    it(`is a function that Pulumi calls on ${version}`, async () => {
      assert.equal(await entryOn(version), "default function\n");
    });
});

describe("the programs of a clone", () => {
  const printCache = `process.on("exit", () => process._rawDebug(module.getCompileCacheDir()));`;
  const printing = `data:text/javascript,import module from "node:module";${encodeURIComponent(printCache)}`;

  for (const program of [["care/main.ts", "--version"], ["main.mjs"]])
    it(`keep what Node compiles in the clone: ${program.join(" ")}`, async () => {
      // A cache in the temporary folder would be anybody's, and could contain anybody's code.
      const { stderr } = await promisify(execFile)(process.execPath, ["--import", printing, ...program], {
        cwd: root,
        // With coverage, Vitest switches the cache off.
        env: { ...process.env, NODE_COMPILE_CACHE: undefined, NODE_DISABLE_COMPILE_CACHE: undefined },
      });
      assert.ok(stderr.startsWith(join(root, ".customer-care/compileCache/")), stderr);
    });
});

/** No package's install script is run, wherever this project installs something. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "vitest";
import { pathToFileURL } from "node:url";
import { root } from "../../../tools/setup/bootstrap/places.mjs";
import { fakeProgram } from "./fakeProgram.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const folder = temporaryFolder();

/** The arguments of each npm that `install` starts, in a project with one package that it lacks. */
function argumentsOfNpm(install: (project: string, environment: NodeJS.ProcessEnv) => void): string[][] {
  const project = join(folder, "project");
  const record = join(folder, "npm.log");
  mkdirSync(join(project, "plugin"), { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ dependencies: { lacking: "1.0.0" } }));
  writeFileSync(record, "");
  const npm = fakeProgram(join(folder, "bin"), "npm", `echo "$@" >> ${record}`);
  // Of the npm that runs this test.
  const { npm_execpath: _, ...environment } = process.env;
  install(project, { ...environment, PATH: `${dirname(npm)}:${process.env.PATH ?? ""}` });
  return readFileSync(record, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" "));
}

describe("no install script is run", () => {
  it("where Pulumi adds the component package", () => {
    const calls = argumentsOfNpm((project, env) => {
      const script = join(project, "plugin", "install.cjs");
      copyFileSync(join(root, "plugin", "install.cjs"), script);
      execFileSync(process.execPath, [script], { cwd: dirname(script), env });
    });
    assert.equal(calls.length, 1);
    assert.equal(calls[0]?.[0], "ci");
    assert.ok(calls[0]?.includes("--ignore-scripts"));
  });

  it("where a command installs what the clone lacks", () => {
    const npm = JSON.stringify(pathToFileURL(join(root, "tools", "setup", "bootstrap", "npm.mjs")));
    const calls = argumentsOfNpm((project, env) => {
      const program = `import { npmCi } from ${npm}; await npmCi(${JSON.stringify(project)}, "it");`;
      execFileSync(process.execPath, ["--input-type=module", "--eval", program], { env });
    });
    assert.equal(calls.length, 1);
    assert.ok(calls[0]?.includes("--ignore-scripts"));
  });

  it("in the commands that the workflows, the documents and the package give a person or a runner", () => {
    const files = execFileSync("git", ["ls-files", "*.md", "*.yml", "*.yaml"], { cwd: root, encoding: "utf8" })
      .split("\n")
      .filter((file) => file !== "" && file !== "CHANGELOG.md");
    for (const file of files)
      for (const line of readFileSync(join(root, file), "utf8").split("\n"))
        if (/^\s*(- )?(run: )?npm ci\b/.test(line)) assert.match(line, /--ignore-scripts/, `${file}: ${line}`);
  });
});

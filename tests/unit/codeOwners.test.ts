/** Whatever a preview, the gate or an update runs, or a test case can attach, has owners who must review it: a preview runs it before anyone has. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, it } from "vitest";
import ts from "typescript";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { readWorkflow } from "../support/gitHub/workflow.ts";

/** The programs that a workflow with an identity or a token starts: the engine's, the policy pack, and `npm run`. */
const programs = ["main.mjs", "index.ts", "policy/index.js", "care/main.ts", "tools/setup/bootstrap.mjs"];

/** What Pulumi, npm, Node and GitHub read by its name, whether it is there or not. */
const readByName = [
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "Pulumi.org.yaml",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  ".npmrc",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lockb",
  "index.js",
  "Pulumi.yml",
  "Pulumi.json",
  "node_modules/x/index.js",
  "care/diff/new.ts",
  "policy/PulumiPolicy.yaml",
  "new/index.ts",
  "new.ts",
  ".env",
  ".github/CODEOWNERS",
  ".github/workflows/up.yml",
  ".github/actions/set-up/action.yml",
  ".github/new.yml",
];

const rules = readFileSync(join(root, ".github/CODEOWNERS"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(/\s+/))
  .map(([pattern = "", ...owners]) => ({ pattern, owners: owners.filter((owner) => owner !== "") }));

/** The last line that fits decides. Source: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
function ownersOf(path: string): readonly string[] {
  const rule = rules.findLast(({ pattern }) => {
    if (pattern === "*") return true;
    assert.match(pattern, /^\/[\w./-]+$/, "a form that this test knows");
    return pattern.endsWith("/") ? `/${path}`.startsWith(pattern) : `/${path}` === pattern;
  });
  return rule?.owners ?? [];
}

/** The files of the repository that the program imports, in the end. */
function imported(programs: readonly string[]): Set<string> {
  const found = new Set<string>();
  const queue = [...programs];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (!/\.(ts|js|mjs|cjs)$/.test(file)) continue;
    const text = readFileSync(join(root, file), "utf8");
    const names = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
    // Files that are started or read, rather than imported.
    const urls = [...text.matchAll(/new URL\(\s*["'`]([^"'`$]+)["'`],\s*import\.meta\.url/g)].map(
      ([, name = ""]) => name,
    );
    const joined = [...text.matchAll(/join\(root, ["'`]([^"'`$]+)["'`]/g)].map(([, name = ""]) => `/${name}`);
    for (const name of [...names, ...urls, ...joined]) {
      const path = name.startsWith("/")
        ? name.slice(1)
        : name.startsWith(".")
          ? relative(root, join(root, dirname(file), name))
          : undefined;
      if (path !== undefined && existsSync(join(root, path)) && statSync(join(root, path)).isFile()) queue.push(path);
    }
  }
  return found;
}

describe("CODEOWNERS", () => {
  it("covers each file that a preview, the gate or an update runs", () => {
    const files = imported(programs.filter((program) => program !== "tools/setup/bootstrap.mjs"));
    for (const folder of ["components", "onboarding", "google", "guide", "care", "policy"])
      assert.ok(
        [...files].some((file) => file.startsWith(`${folder}/`)),
        folder,
      );
    for (const file of [...files, ...imported(programs)].filter((one) => !one.startsWith("tests/")))
      assert.notDeepEqual(ownersOf(file), [], file);
    assert.deepEqual(
      [...files].filter((file) => file.startsWith("tests/")),
      [],
    );
  });

  it("covers what Pulumi, npm, Node and GitHub read by its name, and each file that is new", () => {
    for (const path of readByName) assert.notDeepEqual(ownersOf(path), [], path);
  });

  it("covers each file, because a test case can attach it", () => {
    const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
    assert.deepEqual(
      tracked.filter((path) => ownersOf(path).length === 0),
      [],
    );
  });

  it("has an owner that a fork replaces by one command, which it names", () => {
    const owners = new Set(rules.flatMap((rule) => rule.owners));
    assert.deepEqual([...owners], ["@octo-org/customer-care"]);
    const text = readFileSync(join(root, ".github/CODEOWNERS"), "utf8");
    assert.match(text, /^# {3}sed -i 's\|@octo-org\/customer-care\|@your-org\/your-team\|' \.github\/CODEOWNERS$/m);
  });
});

it("a change of each file that a test case can attach starts an update", () => {
  assert.deepEqual(readWorkflow("up.yml").on, { push: { branches: ["main"] } });
});

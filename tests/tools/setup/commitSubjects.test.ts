/** `npm run lint` rejects commits whose subject is too long or not imperative (tools/setup/commitSubjects.ts). */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { subjectProblem, subjectsSinceRule } from "../../../tools/setup/commitSubjects.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("a commit subject", () => {
  for (const subject of [
    "Add a page of errors",
    "docs: document the required gate check",
    "Process events once",
    "Embed the report's pictures",
    "A".repeat(72),
    `Revert "${"A".repeat(72)}"`,
  ])
    it(`is accepted: ${subject}`, () => {
      assert.equal(subjectProblem(subject), undefined);
    });

  for (const [subject, problem] of [
    ["A".repeat(73), /has 73 characters; write at most 72/],
    ["Added a page", /begins with "Added"; write the imperative/],
    ["Fixes the gate", /begins with "Fixes"; write the imperative/],
    ["docs: describing the gate", /begins with "describing"; write the imperative/],
  ] as const)
    it(`is rejected: ${subject}`, () => {
      assert.match(subjectProblem(subject) ?? "", problem);
    });
});

describe("the checked subjects", () => {
  const folder = temporaryFolder();
  const git = (cwd: string, ...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], { cwd, stdio: "pipe" });
  const commit = (cwd: string, subject: string, ...options: readonly string[]) =>
    git(cwd, "commit", "--quiet", "--allow-empty", "--message", subject, ...options);

  it("are those after the rule, without merges and bots, also in a shallow clone", async () => {
    const origin = join(folder, "origin");
    mkdirSync(join(origin, "tools", "setup"), { recursive: true });
    git(origin, "init", "--quiet", "--initial-branch=main");
    commit(origin, "Added before the rule");
    assert.deepEqual(await subjectsSinceRule(origin), []);
    git(origin, "branch", "old");
    writeFileSync(join(origin, "tools", "setup", "commitSubjects.ts"), "");
    git(origin, "add", "--all");
    commit(origin, "Check subjects");
    commit(origin, "Added after the rule");
    git(origin, "switch", "--quiet", "--create", "branch");
    commit(origin, "Bumps a package", "--author", "dependabot[bot] <bot@example.com>");
    commit(origin, "Add a page");
    git(origin, "switch", "--quiet", "old");
    commit(origin, "Adds to a branch from before the rule");
    git(origin, "switch", "--quiet", "main");
    commit(origin, "Add another page");
    git(origin, "merge", "--quiet", "--no-ff", "--message", "Merging a branch", "branch");
    git(origin, "merge", "--quiet", "--no-ff", "--message", "Merging an old branch", "old");
    assert.deepEqual((await subjectsSinceRule(origin)).sort(), [
      "Add a page",
      "Add another page",
      "Added after the rule",
    ]);

    const shallow = join(folder, "shallow");
    git(folder, "clone", "--quiet", "--depth=2", `file://${origin}`, shallow);
    assert.deepEqual(await subjectsSinceRule(shallow), []);
    commit(shallow, "Adds to the shallow clone");
    assert.ok((await subjectsSinceRule(shallow)).includes("Adds to the shallow clone"));
  });

  it("are none without a git repository", async () => {
    assert.deepEqual(await subjectsSinceRule("/"), []);
  });
});

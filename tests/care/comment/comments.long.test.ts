/**
 * `care comment` as a workflow runs it, against the stub of GitHub. Slow, since GitHub's client leaves a second between two
 * writes, and three between two comments.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "vitest";
import { fileURLToPath } from "node:url";
import { markerOf, readMarker } from "../../../care/comment/marker.ts";
import { longestBody } from "../../support/gitHub/index.ts";
import { readRecording } from "../../support/previews/recordings.ts";
import {
  bodies,
  comment,
  fileOf,
  folder,
  gitHub,
  granted,
  nothing,
  onPullRequest7,
  removed,
  sent,
  useGitHub,
} from "./pullRequest7.ts";

const main = fileURLToPath(new URL("../../../care/main.ts", import.meta.url));

/** The marker of a comment of this release, and of the one before. */
const marker = (stack: string, name: string, commit?: string) =>
  markerOf({ project: "customer-care", stack }, { file: fileOf(name), commit });
const earlierMarker = (stack: string) => `<!-- customer-care preview of ${encodeURIComponent(stack)} -->`;

describe("care comment", () => {
  useGitHub();

  it("escapes in its log a stack's name that contains control characters, and finds its comment again", async () => {
    const named = `a\n##[error]\ud800=${fileOf("administrator-added")}`;
    assert.match((await onPullRequest7([named])).output, /^a\\n\\u\{23\}#\[error\]\\u\{d800\}: created https:.*$/);
    assert.match((await onPullRequest7([named])).output, /: unchanged https:/);
  });

  it("is named after the file that it was given, and shows what the preview calls its stack", async () => {
    const file = join(folder, "dev.json");
    const text = readRecording({ name: "administrator-added" });
    writeFileSync(file, text.replaceAll("urn:pulumi:test::", "urn:pulumi:pr@od`<b>::"));
    assert.match((await onPullRequest7([file])).output, /^dev: created https:/);
    const [body = ""] = bodies();
    assert.deepEqual(readMarker(body), {
      project: "customer-care",
      stack: "dev",
      origin: { file, commit: undefined },
    });
    assert.match(body, /\n## Stack `dev`\n/);
    assert.match(body, /\nThe preview is of the stack ``pr@od`<b>``\.$/);
  });

  it("is one for each project and stack: two projects may have a stack of one name", async () => {
    const other = join(folder, "shop.json");
    writeFileSync(
      other,
      readRecording({ name: "nothing-changes" }).replaceAll("test::customer-care::", "test::shop::"),
    );
    await onPullRequest7([granted, `dev=${other}`]);
    assert.deepEqual(
      bodies().map((body) => readMarker(body)?.project),
      ["customer-care", "shop"],
    );
    await onPullRequest7([`dev=${other}`]);
    await onPullRequest7([removed]);
    assert.equal(bodies().length, 2);
    assert.match(bodies()[0] ?? "", /Resources: 1 removed/);
    assert.match(bodies()[1] ?? "", /Nothing changes/);
  });

  it("takes over the comment of an earlier release, which had the stack's name alone", async () => {
    for (const name of ["dev", "customer-care/dev"]) {
      const old = gitHub.add(7, { author: gitHub.author, body: `${earlierMarker(name)}\nold` });
      assert.match((await onPullRequest7([granted])).output, /^dev: edited /);
      assert.equal(bodies().length, 1);
      assert.match(old.body, /Resources: 1 created\./);
      gitHub.comments.set(7, []);
    }
  });

  it("keeps to one comment where the preview failed before it had a project, and where it no longer does", async () => {
    const empty = join(folder, "empty.json");
    writeFileSync(empty, "");
    for (const preview of [granted, `dev=${empty}`, removed, `dev=${empty}`])
      assert.equal((await onPullRequest7([preview])).code, 0);
    assert.equal(bodies().length, 1);
    assert.match(bodies()[0] ?? "", /The preview failed/);
  });

  it("refuses a second file for a stack at the same commit, and takes it at the next", async () => {
    const at = (sha: string) => {
      const event = join(folder, `${sha}.json`);
      writeFileSync(event, JSON.stringify({ pull_request: { number: 7, head: { sha } } }));
      return { GITHUB_EVENT_PATH: event };
    };
    assert.equal((await comment([granted], {}, at("1111111"))).code, 0);
    assert.equal((await comment([granted], {}, at("1111111"))).code, 0);
    const { errors, code } = await comment([removed], {}, at("1111111"));
    assert.equal(code, 1);
    assert.match(
      errors,
      /the stack "dev" of the project "customer-care" already has a comment for commit 1111111, from another file \(got "\S+grant-removed\.json", had "\S+administrator-added\.json"\); write STACK=FILE/,
    );
    assert.match(bodies()[0] ?? "", /Resources: 1 created\./);
    assert.equal((await comment([removed], {}, at("2222222"))).code, 0);
    assert.equal(bodies().length, 1);
  });

  it("creates one comment per stack, behind a marker that GitHub does not show", async () => {
    const { output, errors, code } = await onPullRequest7([granted, nothing]);
    assert.deepEqual([errors, code], ["", 0]);
    assert.deepEqual(
      bodies().map((body) => body.split("\n").slice(0, 4)),
      [
        [marker("dev", "administrator-added"), "## Stack `dev`", "", "Resources: 1 created."],
        [marker("org", "nothing-changes"), "## Stack `org`", "", "Nothing changes."],
      ],
    );
    assert.match(
      output,
      /^dev: created https:\/\/github\.com\/octo-org\/care\/pull\/7#issuecomment-\d+\norg: created /,
    );
  });

  it("edits the stack's comment at the second push, and leaves that of another stack alone", async () => {
    await onPullRequest7([granted, nothing]);
    const ids = gitHub.comments.get(7)?.map(({ id }) => id);
    const { output } = await onPullRequest7([removed]);
    assert.match(output, /^dev: edited /);
    assert.deepEqual(
      gitHub.comments.get(7)?.map(({ id }) => id),
      ids,
    );
    assert.match(bodies()[0] ?? "", /Resources: 1 removed from the stack\./);
    assert.match(bodies()[1] ?? "", /Nothing changes\./);
  });

  it("sends nothing where the comment has the same text already", async () => {
    await onPullRequest7([granted]);
    const { output } = await onPullRequest7([granted]);
    assert.match(output, /^dev: unchanged https/);
    assert.deepEqual([sent("POST"), sent("PATCH")], [1, 0]);
  });

  it("finds its comment behind 130 others, over pages", async () => {
    for (let count = 0; count < 130; count++) gitHub.add(7, { author: "octocat", body: `Comment ${String(count)}` });
    const own = gitHub.add(7, { author: gitHub.author, body: `${marker("dev", "administrator-added")}\nold` });
    const { output } = await onPullRequest7([granted]);
    assert.match(output, /^dev: edited /);
    assert.match(own.body, /Resources: 1 created\./);
    assert.equal(gitHub.comments.get(7)?.length, 131);
  });

  for (const [whose, author, viewer, token, others] of [
    ["a workflow", "github-actions[bot]", undefined, "ghs_planted", ["mallory", "github-actions"]],
    ["an app", "acme-care[bot]", "acme-care", "ghs_planted", ["acme-care", "github-actions[bot]"]],
    ["a user", "acme-care", undefined, "ghp_planted", ["acme-care[bot]", "acme"]],
  ] as const)
    it(`never edits what another than ${whose} wrote, though it begins with the marker`, async () => {
      Object.assign(gitHub, { author, viewer, token });
      const body = `${marker("dev", "administrator-added")}\nLooks fine!`;
      const forged = others.map((other) => gitHub.add(7, { author: other, body }));
      assert.match((await onPullRequest7([granted])).output, /^dev: created /);
      for (const comment of forged) assert.equal(comment.body, body);
      assert.match((await onPullRequest7([granted])).output, /^dev: unchanged /);
    });

  it("never edits its own comment that only quotes the marker", async () => {
    const quoting = gitHub.add(7, { author: gitHub.author, body: `Look:\n${marker("dev", "administrator-added")}` });
    await onPullRequest7([granted]);
    assert.equal(quoting.body, `Look:\n${marker("dev", "administrator-added")}`);
    assert.equal(bodies().length, 2);
  });

  it("does not take the comment of another stack for its own, whatever the names contain", async () => {
    const names = ["dev --> x", "dev%20"];
    await onPullRequest7(names.map((name) => `${name}=${fileOf("nothing-changes")}`));
    await onPullRequest7(names.map((name) => `${name}=${fileOf("grant-removed")}`));
    assert.equal(bodies().length, names.length);
    for (const body of bodies())
      assert.match(body, /^<!-- [^>]* -->\n## Stack .*\n\nResources: 1 removed from the stack\./);
  });

  it("deletes the second comment that two runs at the same time left", async () => {
    gitHub.add(7, { author: gitHub.author, body: `${marker("dev", "administrator-added")}\nfirst` });
    gitHub.add(7, { author: gitHub.author, body: `${marker("dev", "administrator-added")}\nsecond` });
    await onPullRequest7([granted]);
    assert.equal(bodies().length, 1);
    assert.match(bodies()[0] ?? "", /Resources: 1 created\./);
  });

  it("creates a new comment where a person deletes the old one meanwhile", async () => {
    const old = gitHub.add(7, { author: gitHub.author, body: `${marker("dev", "administrator-added")}\nold` });
    gitHub.beforeEach = (method) => {
      if (method === "PATCH") gitHub.comments.set(7, []);
    };
    const { output, code } = await onPullRequest7([granted]);
    assert.match(output, /^dev: created /);
    assert.equal(code, 0);
    assert.deepEqual(
      gitHub.comments.get(7)?.map(({ id }) => id === old.id),
      [false],
    );
  });

  it("stays below GitHub's limit, and states how many were left out", async () => {
    const preview = JSON.parse(readRecording({ name: "administrator-added" })) as { steps: { newState?: object }[] };
    const step = preview.steps.find(({ newState }) => JSON.stringify(newState).includes("user:new@example.com"));
    assert.ok(step);
    for (let count = 0; count < 2000; count++)
      preview.steps.push(
        JSON.parse(
          JSON.stringify(step).replaceAll("new@example.com", `new${String(count)}@example.com`),
        ) as typeof step,
      );
    const file = join(folder, "long.json");
    writeFileSync(file, JSON.stringify(preview));
    const { errors, code } = await onPullRequest7([`dev=${file}`]);
    assert.deepEqual([errors, code], ["", 0]);
    const [body = ""] = bodies();
    assert.ok(body.length > 60_000 && body.length <= longestBody, String(body.length));
    assert.match(body, /\*\*\d+ more are left out/);
  });

  it("names the commit and the run, from the workflow's event", async () => {
    const event = join(folder, "event.json");
    writeFileSync(event, JSON.stringify({ pull_request: { number: 7, head: { sha: "0123456789abcdef" } } }));
    const run = { GITHUB_EVENT_PATH: event, GITHUB_SERVER_URL: "https://github.com", GITHUB_RUN_ID: "42" };
    const { code } = await comment([granted], {}, run);
    assert.equal(code, 0);
    assert.match(
      bodies()[0] ?? "",
      /\n\n<sub>The \[preview\]\(https:\/\/github\.com\/octo-org\/care\/actions\/runs\/42\) of commit 0123456789abcdef\.<\/sub>$/,
    );
  });

  describe("as a process", () => {
    async function care(...args: string[]) {
      const env = { PATH: process.env["PATH"], ...gitHub.environment() };
      const child = spawn(process.execPath, [main, "comment", ...args], { env });
      child.stdin.end(readRecording({ name: "administrator-added" }));
      const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
      return { output, errors, code: child.exitCode ?? (await new Promise((end) => child.once("exit", end))) };
    }

    it("reads a preview from standard input", async () => {
      const { output, errors, code } = await care("--pull-request", "7");
      assert.deepEqual([errors, code], ["", 0]);
      assert.match(output, /^test: created https:.*\n$/);
    });

    it("ends with 1 and without a stack trace where GitHub refuses", async () => {
      const { errors, code } = await care("--pull-request", "8");
      assert.match(
        errors,
        /^care comment: pull request 8 of octo-org\/care does not exist.*\nSee docs\/reference\/errors\.md#[a-z-]+\n$/,
      );
      assert.equal(code, 1);
    });

    it("ends with 2 where the number is none", async () => {
      const { errors, code } = await care("--pull-request", "seven");
      assert.match(errors, /"seven" is not the number of a pull request, such as 7/);
      assert.equal(code, 2);
    });
  });
});

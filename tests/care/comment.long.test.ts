/**
 * `care comment` as a workflow runs it, against the stub of GitHub. Slow, since GitHub's client leaves a second between two
 * writes, and three between two comments.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeEach, describe, it } from "vitest";
import { fileURLToPath } from "node:url";
import { markerOf, readMarker } from "../../care/comment/marker.ts";
import type { Asked } from "../../care/comment/pullRequest.ts";
import { writeComments } from "../../care/comment/writeComments.ts";
import { readSources } from "../../care/diff/sources.ts";
import { exitCodes } from "../../care/exitCodes.ts";
import { UsageError, UserError } from "../../care/userError.ts";
import { longestBody, startGitHub } from "../support/gitHub/index.ts";
import type { StubGitHub } from "../support/gitHub/index.ts";
import { readRecording, recordingFile } from "../support/previews/recordings.ts";

const main = fileURLToPath(new URL("../../care/main.ts", import.meta.url));
const fileOf = (name: string) => recordingFile({ name });
const folder = mkdtempSync(join(tmpdir(), "care-comment-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const granted = `dev=${fileOf("administrator-added")}`;
const removed = `dev=${fileOf("grant-removed")}`;
const nothing = `org=${fileOf("nothing-changes")}`;

/** The marker of a comment of this release, and of the one before. */
const marker = (stack: string, name: string, commit?: string) =>
  markerOf({ project: "customer-care", stack }, { file: fileOf(name), commit });
const earlierMarker = (stack: string) => `<!-- customer-care preview of ${encodeURIComponent(stack)} -->`;

describe("care comment", () => {
  let gitHub: StubGitHub;
  const summary = join(folder, "summary.md");
  const bodies = () => (gitHub.comments.get(7) ?? []).map(({ body }) => body);
  const sent = (method: string) =>
    gitHub.requests.filter((request) => request.method === method && !request.path.endsWith("/graphql")).length;

  beforeEach(async () => {
    gitHub = await startGitHub();
    gitHub.comments.set(7, []);
    rmSync(summary, { force: true });
  });
  afterEach(() => gitHub.close());

  async function comment(previews: readonly string[], asked: Asked, environment: Record<string, string> = {}) {
    const said: string[] = [];
    const warned: string[] = [];
    const lines = { log: (line: string) => said.push(line), error: (line: string) => warned.push(line) };
    let code: number = exitCodes.fine;
    try {
      await writeComments(await readSources(previews), asked, { ...gitHub.environment(), ...environment }, lines);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      warned.push(error.message);
      code = error instanceof UsageError ? exitCodes.usage : exitCodes.failedOrFindings;
    }
    const output = said.join("\n");
    const errors = warned.join("\n");
    assert.ok(!(output + errors).includes(gitHub.token), "the token is not shown");
    return { output, errors, code };
  }
  const onPullRequest7 = (previews: readonly string[], environment?: Record<string, string>) =>
    comment(previews, { pullRequest: 7 }, environment);

  it("says in its log of a stack with what a terminal would obey in its name what it is, and finds its comment again", async () => {
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

  it("makes one comment per stack, behind a marker that GitHub does not show", async () => {
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

  it("sends nothing where the comment says it already", async () => {
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

  it("never edits what another wrote, though it begins with the marker", async () => {
    const forged = gitHub.add(7, { author: "mallory", body: `${marker("dev", "administrator-added")}\nLooks fine!` });
    const { output } = await onPullRequest7([granted]);
    assert.match(output, /^dev: created /);
    assert.equal(forged.body, `${marker("dev", "administrator-added")}\nLooks fine!`);
  });

  it("never edits its own comment that only quotes the marker", async () => {
    const quoting = gitHub.add(7, { author: gitHub.author, body: `Look:\n${marker("dev", "administrator-added")}` });
    await onPullRequest7([granted]);
    assert.equal(quoting.body, `Look:\n${marker("dev", "administrator-added")}`);
    assert.equal(bodies().length, 2);
  });

  it("does not take the comment of another stack for its own, whatever the names hold", async () => {
    const names = ["dev --> x", "dev%20"];
    await onPullRequest7(names.map((name) => `${name}=${fileOf("nothing-changes")}`));
    await onPullRequest7(names.map((name) => `${name}=${fileOf("grant-removed")}`));
    assert.equal(bodies().length, names.length);
    for (const body of bodies())
      assert.match(body, /^<!-- [^>]* -->\n## Stack .*\n\nResources: 1 removed from the stack\./);
  });

  it("takes away what two runs at the same time left twice", async () => {
    gitHub.add(7, { author: gitHub.author, body: `${marker("dev", "administrator-added")}\nfirst` });
    gitHub.add(7, { author: gitHub.author, body: `${marker("dev", "administrator-added")}\nsecond` });
    await onPullRequest7([granted]);
    assert.equal(bodies().length, 1);
    assert.match(bodies()[0] ?? "", /Resources: 1 created\./);
  });

  it("makes a new comment where a person deletes the old one meanwhile", async () => {
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

  it("stays below GitHub's limit, and says how many were left out", async () => {
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

  describe("where GitHub refuses", () => {
    const withSummary = () => ({ GITHUB_STEP_SUMMARY: summary });

    it("writes into the job's summary where the token may not comment, and ends with 0", async () => {
      gitHub.mayWrite = false;
      const { errors, code } = await onPullRequest7([granted, nothing], withSummary());
      assert.equal(code, 0);
      assert.match(
        errors,
        /^care comment: this token may not comment on pull request 7 of octo-org\/care \(403 Resource not accessible by integration\); give the job "permissions: pull-requests: write", which a run for a fork never has; its text is in the job's summary$/,
      );
      assert.deepEqual(readFileSync(summary, "utf8").match(/^## .*$/gm), ["## Stack `dev`", "## Stack `org`"]);
    });

    it("ends with 1 where there is no summary either", async () => {
      gitHub.mayWrite = false;
      const { errors, code } = await onPullRequest7([granted]);
      assert.equal(code, 1);
      assert.match(errors, /there is no GITHUB_STEP_SUMMARY to write it to instead$/);
    });

    it("ends with 1 and one line where the summary cannot be written either", async () => {
      gitHub.mayWrite = false;
      const gone = join(folder, "gone", "summary.md");
      const { errors, code } = await onPullRequest7([granted, nothing], { GITHUB_STEP_SUMMARY: gone });
      assert.equal(code, 1);
      assert.match(
        errors,
        /^care comment: this token may not comment on [^\n]*; and GITHUB_STEP_SUMMARY cannot be written, "[^"\n]*summary\.md" \(ENOENT\); set it to [^\n]*$/,
      );
    });

    it("adds to a summary that has something already, and only of the stacks without a comment", async () => {
      writeFileSync(summary, "Before\n");
      gitHub.beforeEach = (method) => {
        if (method === "POST" && gitHub.comments.get(7)?.length === 1) gitHub.mayWrite = false;
      };
      await onPullRequest7([granted, nothing], withSummary());
      assert.match(readFileSync(summary, "utf8"), /^Before\n<!-- .* -->\n## Stack `org`\n/);
      assert.equal(bodies().length, 1);
    });

    it("says that a pull request is not there, and ends with 1", async () => {
      const { errors, code } = await comment([granted], { pullRequest: 8 }, withSummary());
      assert.match(
        errors,
        /pull request 8 of octo-org\/care does not exist, or this token may not see it \(404 Not Found\)/,
      );
      assert.equal(code, 1);
      assert.ok(existsSync(summary));
    });

    it("says that a token is not valid", async () => {
      const { errors, code } = await onPullRequest7([granted], { GITHUB_TOKEN: "ghs_other" });
      assert.match(errors, /\(401 Bad credentials\)/);
      assert.doesNotMatch(errors, /ghs_other/);
      assert.equal(code, 1);
    });

    it("waits for a rate limit as long as GitHub asks, and then continues", async () => {
      gitHub.fail({
        method: "POST",
        path: "/comments",
        status: 403,
        headers: { "retry-after": "1" },
        message: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
      });
      const { output, code } = await onPullRequest7([granted], withSummary());
      assert.match(output, /^dev: created /);
      assert.deepEqual([code, bodies().length, existsSync(summary)], [0, 1, false]);
    });

    const resetInAnHour = String(Math.ceil(Date.now() / 1000) + 3600);
    const limits: [string, Record<string, string>][] = [
      ["a secondary rate limit", { "retry-after": "3600" }],
      ["a used-up quota", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": resetInAnHour }],
    ];
    for (const [what, headers] of limits)
      it(`does not wait for an hour for ${what}: the summary takes it, and it ends with 1`, async () => {
        const message =
          what === "a used-up quota"
            ? "API rate limit exceeded for installation."
            : "You have exceeded a secondary rate limit.";
        gitHub.fail({ method: "POST", path: "/comments", status: 403, headers, message, times: 10 });
        const { errors, code } = await onPullRequest7([granted], withSummary());
        assert.match(errors, /the comment on pull request 7 of octo-org\/care failed \(403 .*rate limit/);
        assert.equal(code, 1);
        assert.match(readFileSync(summary, "utf8"), /## Stack `dev`/);
      });

    it("makes no second comment where the answer to the first was lost", async () => {
      gitHub.fail({ method: "POST", path: "/comments", status: 502, message: "Server Error", afterEffect: true });
      const { output, code } = await onPullRequest7([granted]);
      assert.match(output, /^dev: unchanged /);
      assert.deepEqual([code, bodies().length, sent("POST")], [0, 1, 1]);
    });

    it("gives up after a few failures", async () => {
      gitHub.fail({ method: "GET", status: 500, message: "Server Error", times: 100 });
      const { errors, code } = await onPullRequest7([granted], withSummary());
      assert.match(errors, /the comment on .* failed \(500 Server Error\)/);
      assert.deepEqual([code, sent("GET")], [1, 3]);
    });

    it("says that GitHub cannot be reached", async () => {
      const gone = await startGitHub();
      await gone.close();
      const { errors, code } = await onPullRequest7([granted], { GITHUB_API_URL: gone.url });
      assert.match(errors, /the comment on pull request 7 .* failed \(GitHub cannot be reached: .*\)/);
      assert.equal(code, 1);
    });
  });

  describe("written wrongly", () => {
    const seven = { pullRequest: 7 };
    const wrong: [string, readonly string[], Asked, Record<string, string>, RegExp][] = [
      ["without a token", [granted], seven, { GITHUB_TOKEN: "" }, /no token; set GITHUB_TOKEN/],
      ["without a pull request", [granted], {}, {}, /no pull request; write --pull-request NUMBER/],
      ["without a repository", [granted], seven, { GITHUB_REPOSITORY: "" }, /no repository; write --repository OWNER/],
      ["a repository that is none", [granted], { ...seven, repository: "care" }, {}, /"care" is not OWNER\/NAME/],
      [
        "an event that is not there",
        [granted],
        {},
        { GITHUB_EVENT_PATH: "gone" },
        /is not the event of a workflow: .*ENOENT/,
      ],
      ["an event that is none", [granted], {}, { GITHUB_EVENT_PATH: main }, /is not the event of a workflow/],
      [
        "two previews of one stack",
        [granted, removed],
        seven,
        {},
        /two previews are of the stack "dev" of the project "customer-care", which has one comment \(got \S+administrator-added\.json and \S+grant-removed\.json\)/,
      ],
      ["no such file", ["gone.json"], seven, {}, /gone\.json cannot be read \(ENOENT\)/],
    ];
    for (const [what, previews, asked, environment, message] of wrong)
      it(`${what} is said, with 2 and without a request`, async () => {
        const { errors, code } = await comment(previews, asked, environment);
        assert.match(errors, message);
        assert.equal(code, 2);
        assert.deepEqual(gitHub.requests, []);
      });
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

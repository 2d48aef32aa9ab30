/** `care comment` where GitHub refuses, cannot be reached or is slow, and where the call is wrong. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { fileURLToPath } from "node:url";
import type { PullRequestOptions } from "../../../care/comment/pullRequest.ts";
import { startGitHub } from "../../support/gitHub/index.ts";
import {
  bodies,
  comment,
  folder,
  gitHub,
  granted,
  nothing,
  onPullRequest7,
  removed,
  sent,
  summary,
  useGitHub,
} from "./pullRequest7.ts";

const main = fileURLToPath(new URL("../../../care/main.ts", import.meta.url));

describe("care comment", () => {
  useGitHub();

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
        /^care comment: this token may not comment on [^\n]*; and GITHUB_STEP_SUMMARY "[^"\n]*summary\.md" cannot be written: [^\n]* \(ENOENT\); set it to [^\n]*$/,
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

    it("reports that a pull request does not exist, and ends with 1", async () => {
      const { errors, code } = await comment([granted], { pullRequest: 8 }, withSummary());
      assert.match(
        errors,
        /pull request 8 of octo-org\/care does not exist, or this token may not see it \(404 Not Found\)/,
      );
      assert.equal(code, 1);
      assert.ok(existsSync(summary));
    });

    it("reports that a token is not valid", async () => {
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

    it("creates no second comment where the answer to the first was lost", async () => {
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

    it("reports that GitHub cannot be reached", async () => {
      const gone = await startGitHub();
      await gone.close();
      const { errors, code } = await onPullRequest7([granted], { GITHUB_API_URL: gone.url });
      assert.match(errors, /the comment on pull request 7 .* failed \(GitHub cannot be reached: .*\)/);
      assert.equal(code, 1);
    });
  });

  describe("written wrongly", () => {
    const seven = { pullRequest: 7 };
    const wrong: [string, readonly string[], PullRequestOptions, Record<string, string>, RegExp][] = [
      ["without a token", [granted], seven, { GITHUB_TOKEN: "" }, /no token; set GITHUB_TOKEN/],
      ["without a pull request", [granted], {}, {}, /no pull request; write --pull-request NUMBER/],
      ["without a repository", [granted], seven, { GITHUB_REPOSITORY: "" }, /no repository; write --repository OWNER/],
      ["a repository that is none", [granted], { ...seven, repository: "care" }, {}, /"care" is not OWNER\/NAME/],
      [
        "an event that is not there",
        [granted],
        {},
        { GITHUB_EVENT_PATH: "gone" },
        /GITHUB_EVENT_PATH \S*\/gone cannot be read: .*\(ENOENT\); /,
      ],
      ["an event that is none", [granted], {}, { GITHUB_EVENT_PATH: main }, /is not the event of a workflow/],
      [
        "two previews of one stack",
        [granted, removed],
        seven,
        {},
        /two previews are of the stack "dev" of the project "customer-care", which has one comment \(got \S+administrator-added\.json and \S+grant-removed\.json\)/,
      ],
      ["no such file", ["gone.json"], seven, {}, /gone\.json cannot be read: .* \(ENOENT\)/],
    ];
    for (const [what, previews, asked, environment, message] of wrong)
      it(`${what} is reported, with 2 and without a request`, async () => {
        const { errors, code } = await comment(previews, asked, environment);
        assert.match(errors, message);
        assert.equal(code, 2);
        assert.deepEqual(gitHub.requests, []);
      });
  });
});

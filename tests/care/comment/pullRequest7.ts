/** The stub of GitHub with pull request 7, and `care comment` on it. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { PullRequestOptions } from "../../../care/comment/pullRequest.ts";
import { writeComments } from "../../../care/comment/writeComments.ts";
import { readSources } from "../../../care/diff/sources.ts";
import { exitCodes } from "../../../care/exitCodes.ts";
import { UsageError, UserError } from "../../../care/userError.ts";
import { startGitHub } from "../../support/gitHub/index.ts";
import type { StubGitHub } from "../../support/gitHub/index.ts";
import { recordingFile } from "../../support/previews/recordings.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

export const folder = temporaryFolder();
export const summary = join(folder, "summary.md");

export const fileOf = (name: string) => recordingFile({ name });
export const granted = `dev=${fileOf("administrator-added")}`;
export const removed = `dev=${fileOf("grant-removed")}`;
export const nothing = `org=${fileOf("nothing-changes")}`;

/** The stub of the running test. */
export let gitHub: StubGitHub;

/** Starts a stub for each test of the calling file. */
export function useGitHub(): void {
  beforeEach(async () => {
    gitHub = await startGitHub();
    gitHub.comments.set(7, []);
    rmSync(summary, { force: true });
  });
  afterEach(() => gitHub.close());
}

export const bodies = () => (gitHub.comments.get(7) ?? []).map(({ body }) => body);
export const sent = (method: string) =>
  gitHub.requests.filter((request) => request.method === method && !request.path.endsWith("/graphql")).length;

export async function comment(
  previews: readonly string[],
  asked: PullRequestOptions,
  environment: Record<string, string> = {},
) {
  const logged: string[] = [];
  const warned: string[] = [];
  const lines = { log: (line: string) => logged.push(line), error: (line: string) => warned.push(line) };
  let code: number = exitCodes.fine;
  try {
    await writeComments(await readSources(previews), asked, { ...gitHub.environment(), ...environment }, lines);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    warned.push(error.message);
    code = error instanceof UsageError ? exitCodes.usage : exitCodes.failedOrFindings;
  }
  const output = logged.join("\n");
  const errors = warned.join("\n");
  assert.ok(!(output + errors).includes(gitHub.token), "the token is not shown");
  return { output, errors, code };
}
export const onPullRequest7 = (previews: readonly string[], environment?: Record<string, string>) =>
  comment(previews, { pullRequest: 7 }, environment);

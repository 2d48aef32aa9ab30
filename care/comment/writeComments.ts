/** Writes one comment per stack on a pull request, or edits the existing one. */
import { appendFileSync } from "node:fs";
import { basename } from "node:path";
import pRetry from "p-retry";
import { sanitized, visible } from "../../text/index.ts";
import { fewestCharacters, markdownOf, textOf } from "../diff/markdown.ts";
import { namedDiffs } from "../diff/namedDiffs.ts";
import { code, compose } from "../diff/phrases.ts";
import { readPreviews } from "../diff/readPreviews.ts";
import type { Source } from "../diff/sources.ts";
import type { StackDiff } from "../diff/stackDiff.ts";
import { wrongOf } from "../files.ts";
import { UsageError, UserError } from "../userError.ts";
import { gitHubOf } from "./gitHub.ts";
import { isForbidden, isNotFound, isTransient, reasonOf } from "./gitHubError.ts";
import { markerOf } from "./marker.ts";
import type { Origin } from "./marker.ts";
import { pullRequestOf } from "./pullRequest.ts";
import type { PullRequestOptions, PullRequest } from "./pullRequest.ts";
import { authorOf, putComment } from "./stackComment.ts";
import type { PutResult } from "./stackComment.ts";

/** After a transient failure. */
const retries = 2;

/** The result for `--json`. */
interface Written {
  readonly comments: readonly (PutResult & { readonly stack: string; readonly project: string | null })[];
  /** Whether the rest is in the job's summary. */
  readonly summary: boolean;
}

/**
 * Text that cannot become a comment goes into the job's summary, so that it is not lost.
 *
 * @throws UsageError before any request, if the command is wrong
 * @throws UserError if GitHub failed, or refused and there is no summary
 */
export async function writeComments(
  sources: readonly Source[],
  asked: PullRequestOptions,
  environment: Readonly<Record<string, string | undefined>>,
  { log, error: warn }: Pick<Console, "log" | "error">,
): Promise<Written> {
  const pullRequest = pullRequestOf(asked, environment);
  const gitHub = gitHubOf(environment);
  const previews = sources.flatMap(({ stack, file, place, text }) =>
    // The author of the pull request controls the preview's text, so the error names the files.
    readPreviews(text, place).map((preview) => ({
      preview,
      place,
      stack: stack ?? (file === "-" ? undefined : basename(file, ".json")),
    })),
  );
  const comments = namedDiffs(previews).map((diff, index) => {
    const { place = "", preview } = previews[index] ?? {};
    const origin = { file: place, commit: pullRequest.commit };
    const { project, stack } = diff;
    const body = sanitized(bodyOf(diff, preview?.stack, origin, pullRequest, environment), "output");
    return { project, stack, origin, body };
  });
  for (const [index, { project, stack, origin }] of comments.entries()) {
    const other = comments.slice(0, index).find((one) => one.project === project && one.stack === stack);
    if (other !== undefined)
      throw new UsageError(
        `care comment: two previews are of the stack ${JSON.stringify(stack)} of the project ${JSON.stringify(project ?? "")}, which has one comment (got ${other.origin.file} and ${origin.file}); write STACK=FILE with another name for one of them`,
      );
  }
  const unwritten = new Set(comments);
  const written: Written["comments"][number][] = [];
  try {
    const author = await withRetries(() => authorOf(gitHub));
    for (const one of comments) {
      const { done, url } = await withRetries(() => putComment(gitHub, pullRequest, author, one));
      unwritten.delete(one);
      written.push({ stack: one.stack, project: one.project ?? null, done, url });
      log(`${visible(one.stack)}: ${done} ${url}`);
    }
  } catch (error) {
    const { isWritten, what } = writeJobSummary(
      environment["GITHUB_STEP_SUMMARY"],
      [...unwritten].map(({ body }) => body),
    );
    const message = `care comment: ${failureOf(error, pullRequest)}; ${what}`;
    if (!isWritten || !isForbidden(error)) throw new UserError(message, { cause: error });
    warn(message);
  }
  return { comments: written, summary: unwritten.size > 0 };
}

/** Writes the text without a comment into the job's summary, and reports whether that worked. */
function writeJobSummary(file: string | undefined, bodies: readonly string[]): { isWritten: boolean; what: string } {
  if (!file) return { isWritten: false, what: "there is no GITHUB_STEP_SUMMARY to write it to instead" };
  try {
    appendFileSync(file, bodies.map((body) => `${body}\n\n`).join(""));
  } catch (error) {
    const what = `and GITHUB_STEP_SUMMARY ${JSON.stringify(file)} cannot be written: ${wrongOf(error)}; set it to a writable file, or unset it`;
    return { isWritten: false, what };
  }
  return { isWritten: true, what: "its text is in the job's summary" };
}

function failureOf(error: unknown, { owner, repo, number }: PullRequest): string {
  const where = `pull request ${String(number)} of ${owner}/${repo}`;
  const why = reasonOf(error);
  if (isForbidden(error))
    return `this token may not comment on ${where} (${why}); give the job "permissions: pull-requests: write", which a run for a fork never has`;
  if (isNotFound(error)) return `${where} does not exist, or this token may not see it (${why})`;
  return `the comment on ${where} failed (${why})`;
}

/** A request that failed may have worked: each attempt lists the comments again before it creates one. */
function withRetries<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
  return pRetry(attempt, { retries, shouldRetry: ({ error }) => isTransient(error) });
}

/** Characters. Source: https://github.com/orgs/community/discussions/27190 */
const longestComment = 65_536;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The text of a stack's comment.
 *
 * @param previewStack The stack's name in the preview, if it got that far. */
function bodyOf(
  diff: StackDiff,
  previewStack: string | undefined,
  origin: Origin,
  pullRequest: PullRequest,
  environment: Environment,
): string {
  const marker = markerOf(diff, origin);
  const footer = [otherStack(diff, previewStack), footerOf(pullRequest, environment)].filter(Boolean).join("\n\n");
  const room = longestComment - marker.length - footer.length - 4;
  const text = markdownOf([diff], Math.max(room, fewestCharacters)).trimEnd();
  return [marker, text, ...(footer ? ["", footer] : [])].join("\n");
}

/** A sentence if the file contains the preview of another stack. */
function otherStack({ stack }: StackDiff, previewStack: string | undefined): string {
  if (previewStack === undefined || [previewStack, ""].includes(stack) || stack.endsWith(`/${previewStack}`)) return "";
  return textOf(compose`The preview is of the stack ${code(previewStack)}.`);
}

/** The commit of the preview, so that nobody takes an old one for the current one. */
function footerOf({ commit }: PullRequest, environment: Environment): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  const preview = server && repository && run ? `[preview](${server}/${repository}/actions/runs/${run})` : "preview";
  return commit === undefined ? "" : `<sub>The ${preview} of commit ${commit}.</sub>`;
}

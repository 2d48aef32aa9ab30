/** The one comment of a stack: finds it, then edits or creates it. */
import { UserError } from "../userError.ts";
import type { GitHub } from "./gitHub.ts";
import { isNotFound } from "./gitHubError.ts";
import { matchOf, normalizedKey, readMarker } from "./marker.ts";
import type { Key, Marker, Origin } from "./marker.ts";
import type { PullRequest } from "./pullRequest.ts";
import * as reply from "./reply.ts";

export interface PutResult {
  readonly done: "created" | "edited" | "unchanged";
  readonly url: string;
}

export interface StackComment extends Key {
  readonly origin: Origin;
  readonly body: string;
}

/**
 * Idempotent, so that it can be called again after a failure.
 *
 * @throws UserError if another file has written the stack's comment for the same commit
 */
export async function putComment(
  gitHub: GitHub,
  { owner, repo, number }: PullRequest,
  author: string,
  { body, origin, ...comment }: StackComment,
): Promise<PutResult> {
  const listed = await gitHub.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  });
  const comments = reply.checked(reply.comments, "the comments of the pull request", listed);
  const key = normalizedKey(comment);
  // Never edits somebody else's comment, though a workflow's token could.
  const marked = comments.flatMap((one) => {
    const marker = one.user?.login === author ? readMarker(one.body) : undefined;
    const match = marker === undefined ? "no" : matchOf(marker, key);
    return marker === undefined || match === "no" ? [] : [{ ...one, marker, match }];
  });
  const same = marked.filter(({ match }) => match === "same");
  const perhaps = marked.filter(({ match }) => match === "perhaps");
  // If several projects have such a stack, the comment may be any of theirs.
  const isOne = new Set(perhaps.map(({ marker: { project, stack } }) => JSON.stringify([project, stack]))).size === 1;
  const [own, ...surplus] = same.length > 0 ? same : isOne ? perhaps : [];
  if (own !== undefined) rejectOtherFile(own.marker, key, origin);
  // Two runs at the same time may each have created one. The other one would never be edited again.
  for (const { id } of surplus)
    await gitHub
      .request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id: id })
      .catch(ignoreNotFound);
  if (own?.body === body) return { done: "unchanged", url: own.html_url };
  const edited =
    own &&
    (await gitHub
      .request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id: own.id, body })
      .catch(ignoreNotFound));
  if (edited) return { done: "edited", url: urlOf(edited.data) };
  const { data } = await gitHub.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    owner,
    repo,
    issue_number: number,
    body,
  });
  return { done: "created", url: urlOf(data) };
}

function urlOf(comment: unknown): string {
  return reply.checked(reply.writtenComment, "the written comment", comment).html_url;
}

/** Two files for one stack would overwrite each other at each commit. */
function rejectOtherFile({ origin: written }: Marker, { project, stack }: Key, { file, commit }: Origin): void {
  if (written === undefined || commit === undefined || written.commit !== commit || written.file === file) return;
  throw new UserError(
    `the stack ${JSON.stringify(stack)} of the project ${JSON.stringify(project ?? "")} already has a comment for commit ${commit}, from another file (got ${JSON.stringify(file)}, had ${JSON.stringify(written.file)}); write STACK=FILE with another name for one of them`,
  );
}

/**
 * The login that the token belongs to, as the REST API writes it: that of an app ends with `[bot]`, which no user's login can. For
 * a workflow's token, only GraphQL returns it, maybe without this ending.
 */
export async function authorOf(gitHub: GitHub): Promise<string> {
  const answer = await gitHub.graphql<unknown>("{ viewer { login } }");
  const { viewer } = reply.checked(reply.viewer, "the login of the token", answer);
  const { tokenType } = (await gitHub.auth()) as { readonly tokenType?: string };
  const isApp = tokenType === "installation" && !viewer.login.endsWith("[bot]");
  return isApp ? `${viewer.login}[bot]` : viewer.login;
}

/** Ignores that somebody has deleted the comment since it was listed. */
function ignoreNotFound(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
}

/** The one comment of a stack: found, then edited or made. */
import { UserError } from "../userError.ts";
import type { GitHub } from "./gitHub.ts";
import { isNotFound } from "./gitHubError.ts";
import { matchOf, normalizedKey, readMarker } from "./marker.ts";
import type { Key, Marker, Origin } from "./marker.ts";
import type { PullRequest } from "./pullRequest.ts";
import * as reply from "./reply.ts";

export interface Put {
  readonly done: "created" | "edited" | "unchanged";
  readonly url: string;
}

export interface StackComment extends Key {
  readonly origin: Origin;
  readonly body: string;
}

/**
 * What GitHub holds afterwards is the same however often this is called, so that it may be called again.
 *
 * @throws UserError where another file has written the stack's comment of the same commit
 */
export async function putComment(
  gitHub: GitHub,
  { owner, repo, number }: PullRequest,
  author: string,
  { body, origin, ...comment }: StackComment,
): Promise<Put> {
  const listed = await gitHub.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  });
  const comments = reply.checked(reply.comments, "the comments of the pull request", listed);
  const key = normalizedKey(comment);
  // Another's comment is never edited, though the token of a workflow could.
  const marked = comments.flatMap((one) => {
    const marker = loginOf(one.user?.login) === author ? readMarker(one.body) : undefined;
    const match = marker === undefined ? "no" : matchOf(marker, key);
    return marker === undefined || match === "no" ? [] : [{ ...one, marker, match }];
  });
  const same = marked.filter(({ match }) => match === "same");
  const perhaps = marked.filter(({ match }) => match === "perhaps");
  // Of several projects with such a stack, none can be told from the others.
  const isOne = new Set(perhaps.map(({ marker: { project, stack } }) => JSON.stringify([project, stack]))).size === 1;
  const [own, ...surplus] = same.length > 0 ? same : isOne ? perhaps : [];
  if (own !== undefined) refuseOther(own.marker, key, origin);
  // Of two runs at the same time: what is left behind would never be edited again.
  for (const { id } of surplus)
    await gitHub
      .request("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id: id })
      .catch(unlessGone);
  if (own?.body === body) return { done: "unchanged", url: own.html_url };
  const edited =
    own &&
    (await gitHub
      .request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { owner, repo, comment_id: own.id, body })
      .catch(unlessGone));
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
  return reply.checked(reply.writtenComment, "the comment that was written", comment).html_url;
}

/** Two files for one stack would overwrite each other at each commit. */
function refuseOther({ origin: written }: Marker, { project, stack }: Key, { file, commit }: Origin): void {
  if (written === undefined || commit === undefined || written.commit !== commit || written.file === file) return;
  throw new UserError(
    `the stack ${JSON.stringify(stack)} of the project ${JSON.stringify(project ?? "")} has a comment of commit ${commit} already, from another file (got ${JSON.stringify(file)}, had ${JSON.stringify(written.file)}); write STACK=FILE with another name for one of them`,
  );
}

/** Whose token it is. The REST API does not tell this to the token of a workflow; GraphQL does. */
export async function authorOf(gitHub: GitHub): Promise<string> {
  const answer = await gitHub.graphql<unknown>("{ viewer { login } }");
  const { viewer } = reply.checked(reply.viewer, "whose token it is", answer);
  return loginOf(viewer.login) ?? "";
}

/** GraphQL and REST disagree on whether the name of an app ends with this. */
function loginOf(login: string | undefined): string | undefined {
  return login?.replace(/\[bot\]$/, "");
}

/** Somebody deleted it since it was listed. */
function unlessGone(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
}

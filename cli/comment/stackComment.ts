/** The one comment of a stack: found, then edited or made. */
import type { GitHub } from "./gitHub.ts";
import { isNotFound } from "./gitHubError.ts";
import { isMarked } from "./marker.ts";
import type { PullRequest } from "./pullRequest.ts";

export interface Put {
  readonly done: "created" | "edited" | "unchanged";
  readonly url: string;
}

/** What GitHub holds afterwards is the same however often this is called, so that it may be called again. */
export async function putComment(
  gitHub: GitHub,
  { owner, repo, number }: PullRequest,
  author: string,
  { stack, body }: { stack: string; body: string },
): Promise<Put> {
  const comments = await gitHub.paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...{ owner, repo, issue_number: number, per_page: 100 },
  });
  // Another's comment is never edited, though the token of a workflow could.
  const [own, ...surplus] = comments.filter(
    (comment) => isMarked(comment.body, stack) && loginOf(comment.user?.login) === author,
  );
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
  if (edited) return { done: "edited", url: edited.data.html_url };
  const { data } = await gitHub.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    ...{ owner, repo, issue_number: number, body },
  });
  return { done: "created", url: data.html_url };
}

/** Whose token it is. The REST API does not tell this to the token of a workflow; GraphQL does. */
export async function authorOf(gitHub: GitHub): Promise<string> {
  const { viewer } = await gitHub.graphql<{ viewer: { login: string } }>("{ viewer { login } }");
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

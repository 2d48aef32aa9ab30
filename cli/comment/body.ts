/** The text of a stack's comment. */
import { fewestCharacters, markdownOf } from "../diff/markdown.ts";
import type { StackDiff } from "../diff/stackDiff.ts";
import { markerOf } from "./marker.ts";
import type { PullRequest } from "./pullRequest.ts";

/** Characters. Source: https://github.com/orgs/community/discussions/27190 */
const longestComment = 65_536;

type Environment = Readonly<Record<string, string | undefined>>;

export function bodyOf(diff: StackDiff, pullRequest: PullRequest, environment: Environment): string {
  const marker = markerOf(diff.stack);
  const footer = footerOf(pullRequest, environment);
  const left = longestComment - marker.length - footer.length - 4;
  return [marker, markdownOf([diff], Math.max(left, fewestCharacters)).trimEnd(), ...(footer ? ["", footer] : [])].join(
    "\n",
  );
}

/** Of which commit it tells, so that nobody takes an old one for the present. */
function footerOf({ commit }: PullRequest, environment: Environment): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  const preview = server && repository && run ? `[preview](${server}/${repository}/actions/runs/${run})` : "preview";
  return commit === undefined ? "" : `<sub>The ${preview} of commit ${commit}.</sub>`;
}

/** The text of a stack's comment. */
import { fewestCharacters, markdownOf, textOf } from "../diff/markdown.ts";
import { code, say } from "../diff/phrases.ts";
import type { StackDiff } from "../diff/stackDiff.ts";
import { markerOf } from "./marker.ts";
import type { Origin } from "./marker.ts";
import type { PullRequest } from "./pullRequest.ts";

/** Characters. Source: https://github.com/orgs/community/discussions/27190 */
const longestComment = 65_536;

type Environment = Readonly<Record<string, string | undefined>>;

/** @param calledStack What the preview itself calls the stack, where it has come so far. */
export function bodyOf(
  diff: StackDiff,
  calledStack: string | undefined,
  origin: Origin,
  pullRequest: PullRequest,
  environment: Environment,
): string {
  const marker = markerOf(diff, origin);
  const footer = [otherStack(diff, calledStack), footerOf(pullRequest, environment)].filter(Boolean).join("\n\n");
  const left = longestComment - marker.length - footer.length - 4;
  return [marker, markdownOf([diff], Math.max(left, fewestCharacters)).trimEnd(), ...(footer ? ["", footer] : [])].join(
    "\n",
  );
}

/** A file of one stack with the preview of another one is seen. */
function otherStack({ stack }: StackDiff, calledStack: string | undefined): string {
  if (calledStack === undefined || [calledStack, ""].includes(stack) || stack.endsWith(`/${calledStack}`)) return "";
  return textOf(say`The preview calls its stack ${code(calledStack)}.`);
}

/** Of which commit it tells, so that nobody takes an old one for the present. */
function footerOf({ commit }: PullRequest, environment: Environment): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  const preview = server && repository && run ? `[preview](${server}/${repository}/actions/runs/${run})` : "preview";
  return commit === undefined ? "" : `<sub>The ${preview} of commit ${commit}.</sub>`;
}

/** The action actions/github-script, run here: its script, with GitHub's own client. */
import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { repository } from "./index.ts";
import type { StubGitHub } from "./index.ts";

/** Source: https://github.com/actions/github-script/blob/v8.0.0/src/async-function.ts */
const AsyncFunction = (async () => {}).constructor as new (
  ...parametersAndBody: string[]
) => (github: Octokit, context: object) => Promise<unknown>;

const Client = Octokit.plugin(paginateRest);

export interface ScriptEvent {
  /** The pull request's, if the event is of one. */
  readonly number?: number;
  readonly payload?: object;
  readonly sha?: string;
}

/**
 * @param inputs Those of the action.
 * @returns the outputs of the step
 */
export async function runScript(
  { script = "", "result-encoding": encoding }: Readonly<Record<string, string>>,
  gitHub: StubGitHub,
  { number, payload, sha }: ScriptEvent,
): Promise<{ result: string }> {
  const client = new Client({ auth: gitHub.token, baseUrl: gitHub.url });
  const [owner, repo] = repository.split("/");
  const context = { repo: { owner, repo }, issue: { owner, repo, number }, payload, sha };
  const result = await new AsyncFunction("github", "context", script)(client, context);
  return { result: encoding === "string" ? String(result) : (JSON.stringify(result) ?? "") };
}

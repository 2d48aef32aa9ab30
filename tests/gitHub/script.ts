/** The action actions/github-script, run here: its script, with GitHub's own client. */
import { Octokit } from "@octokit/core";
import { repository } from "./index.ts";
import type { StubGitHub } from "./index.ts";

/** Source: https://github.com/actions/github-script/blob/v8.0.0/src/async-function.ts */
const AsyncFunction = (async () => {}).constructor as new (
  ...parametersAndBody: string[]
) => (github: Octokit, context: object) => Promise<unknown>;

/** @returns the outputs of the step */
export async function runScript(script: string, gitHub: StubGitHub, number: number): Promise<{ result: string }> {
  const client = new Octokit({ auth: gitHub.token, baseUrl: gitHub.url });
  const [owner, repo] = repository.split("/");
  const context = { repo: { owner, repo }, issue: { owner, repo, number } };
  return { result: JSON.stringify(await new AsyncFunction("github", "context", script)(client, context)) ?? "" };
}

/** The pull request for the comments: the one that the options name, else the one of the workflow's event. */
import { z } from "zod";
import { readTextSync } from "../files.ts";
import { UsageError } from "../userError.ts";

export interface PullRequest {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  /** The head of the branch, if the event has it. */
  readonly commit: string | undefined;
}

export interface PullRequestOptions {
  /** OWNER/NAME. @default `GITHUB_REPOSITORY` */
  readonly repository?: string;
  /** @default the one of the event in `GITHUB_EVENT_PATH` */
  readonly pullRequest?: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
const eventShape = z.object({
  pull_request: z.object({ number: z.int().positive(), head: z.object({ sha: z.string() }).optional() }).optional(),
});

/** @throws UsageError if there is none, or an option is invalid */
export function pullRequestOf({ repository, pullRequest }: PullRequestOptions, environment: Environment): PullRequest {
  const name = repository ?? environment["GITHUB_REPOSITORY"];
  if (!name)
    throw new UsageError("care comment: no repository; write --repository OWNER/NAME, or set GITHUB_REPOSITORY");
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(name) ?? [];
  if (owner === undefined || repo === undefined)
    throw new UsageError(
      `care comment: the repository ${JSON.stringify(name)} is not OWNER/NAME, such as octo-org/care`,
    );
  const event = eventOf(environment["GITHUB_EVENT_PATH"])?.pull_request;
  const number = pullRequest ?? event?.number;
  if (number === undefined)
    throw new UsageError(
      "care comment: no pull request; write --pull-request NUMBER, or run it in a workflow on pull_request, where GITHUB_EVENT_PATH has it",
    );
  return { owner, repo, number, commit: event?.number === number ? event.head?.sha : undefined };
}

function eventOf(path: string | undefined): z.infer<typeof eventShape> | undefined {
  if (!path) return undefined;
  const text = readTextSync(path, { prefix: "care comment: GITHUB_EVENT_PATH " });
  try {
    return eventShape.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new UsageError(
      `care comment: GITHUB_EVENT_PATH ${JSON.stringify(path)} is not the event of a workflow: ${why}`,
    );
  }
}

/** GitHub's own client, with each wait bounded. */
import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { throttling } from "@octokit/plugin-throttling";
import { rememberSecret } from "../../text/index.ts";
import { UsageError } from "../userError.ts";
import * as reply from "./reply.ts";

/** The longest that one request may take, and that one wait which GitHub asks for is respected, in milliseconds. */
const longest = { request: 30_000, wait: 60_000 };

/** How often a request is sent again for a rate limit. */
const rateLimitRetries = 2;

export type GitHub = ReturnType<typeof gitHubOf>;

const Client = Octokit.plugin(paginateRest, throttling);

/**
 * The token comes from the environment alone: an argument would stand in the list of processes.
 *
 * @throws UsageError without a token
 */
export function gitHubOf(environment: Readonly<Record<string, string | undefined>>) {
  const auth = environment["GITHUB_TOKEN"] || environment["GH_TOKEN"];
  if (!auth)
    throw new UsageError(
      "care comment: no token; set GITHUB_TOKEN, in a workflow to ${{ github.token }}, in the environment",
    );
  rememberSecret(auth);
  const mayWait = (seconds: number, _options: unknown, _client: unknown, retries: number) =>
    retries < rateLimitRetries && seconds * 1000 <= longest.wait;
  const baseUrl = environment["GITHUB_API_URL"] || "https://api.github.com";
  const client = new Client({
    auth,
    baseUrl,
    userAgent: "customer-care",
    request: {
      fetch: (url: string, options: RequestInit) =>
        fetch(url, { ...options, signal: AbortSignal.timeout(longest.request) }),
    },
    // What the client would write, errors say already.
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    // Limits are those of one server.
    throttle: { id: baseUrl, onRateLimit: mayWait, onSecondaryRateLimit: mayWait },
  });
  // The client takes an empty answer to a list for an empty list.
  client.hook.after("request", ({ data }, { method, url }) => {
    if (method === "GET") reply.checked(reply.comments, url, data);
  });
  return client;
}

/** GitHub's own client, with a bound for each wait. */
import { Octokit } from "@octokit/core";
import { paginateRest } from "@octokit/plugin-paginate-rest";
import { throttling } from "@octokit/plugin-throttling";
import { proxiedFetch } from "../../google/index.ts";
import { rememberSecret } from "../../text/index.ts";
import { UsageError } from "../userError.ts";
import * as reply from "./reply.ts";

/** The bound for one request, and for one wait that GitHub requests, in milliseconds. */
const limits = { request: 30_000, wait: 60_000 };

/** How often a request is sent again for a rate limit. */
const rateLimitRetries = 2;

export type GitHub = ReturnType<typeof gitHubOf>;

const Client = Octokit.plugin(paginateRest, throttling);

/**
 * The token only comes from the environment: an argument would be visible in the list of processes.
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
    retries < rateLimitRetries && seconds * 1000 <= limits.wait;
  const baseUrl = environment["GITHUB_API_URL"] || "https://api.github.com";
  const client = new Client({
    auth,
    baseUrl,
    userAgent: "customer-care",
    request: {
      fetch: (url: string, options: RequestInit) =>
        proxiedFetch(url, { ...options, signal: AbortSignal.timeout(limits.request) }),
    },
    // The errors already contain what the client would log.
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    // Rate limits apply per server.
    throttle: { id: baseUrl, onRateLimit: mayWait, onSecondaryRateLimit: mayWait },
  });
  // Otherwise the client takes an empty reply for an empty list.
  client.hook.after("request", ({ data }, { method, url }) => {
    if (method === "GET") reply.checked(reply.comments, url, data);
  });
  return client;
}

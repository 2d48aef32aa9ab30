/** Explains GitHub's errors. */
import { RequestError } from "@octokit/request-error";
import { notUnderstood } from "./reply.ts";

/** Whether a rate limit was reached. GitHub also returns 403 for it. */
function isRateLimit(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    (error.status === 429 ||
      (error.status === 403 &&
        (error.response?.headers["x-ratelimit-remaining"] === "0" || /\brate limit\b/i.test(error.message))))
  );
}

/** Whether the error is from GitHub, and not from a proxy. */
function isOfGitHub({ response }: RequestError): boolean {
  const data = response?.data as { readonly message?: unknown } | string | null | undefined;
  return typeof data === "object" && typeof data?.message === "string";
}

/** Whether this token may not comment there: it is read-only, as in a run for a fork, or the conversation is locked. */
export function isForbidden(error: unknown): boolean {
  return error instanceof RequestError && error.status === 403 && isOfGitHub(error) && !isRateLimit(error);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof RequestError && error.status === 404 && isOfGitHub(error);
}

/** Whether the failure is transient. The request may have worked. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof RequestError)) return false;
  // The client also returns 500 for a lost connection.
  return error.status >= 500;
}

/** In one line. The messages of the client's errors contain neither the token nor a header. */
export function reasonOf(error: unknown): string {
  // The client itself fails on some replies.
  if (error instanceof TypeError) return notUnderstood;
  if (!(error instanceof RequestError)) return error instanceof Error ? error.message : String(error);
  if (error.response === undefined) return `GitHub cannot be reached: ${error.message}`;
  if (!isOfGitHub(error) && error.status >= 500)
    return `${String(error.status)}: GitHub or a proxy failed; run the command again`;
  if (!isOfGitHub(error)) return `${String(error.status)}: ${notUnderstood}`;
  return `${String(error.status)} ${error.message.replace(/ - https:\/\/docs\.github\.com\S*/, "")}`;
}

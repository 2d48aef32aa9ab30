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

/** Whether this token may not comment there: it is read-only, as in a run for a fork, or the conversation is locked. */
export function isForbidden(error: unknown): boolean {
  return error instanceof RequestError && error.status === 403 && !isRateLimit(error);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof RequestError && error.status === 404;
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
  return `${String(error.status)} ${error.message.replace(/ - https:\/\/docs\.github\.com\S*/, "")}`;
}

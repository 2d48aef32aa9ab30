/** What GitHub's refusals mean. */
import { RequestError } from "@octokit/request-error";
import { notUnderstood } from "./reply.ts";

/** Whether a limit of requests was met. GitHub answers 403 for it too. */
function isRateLimit(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    (error.status === 429 ||
      (error.status === 403 &&
        (error.response?.headers["x-ratelimit-remaining"] === "0" || /\brate limit\b/i.test(error.message))))
  );
}

/** Whether this token may not comment there: it may read alone, as in a run for a fork, or the conversation is locked. */
export function isForbidden(error: unknown): boolean {
  return error instanceof RequestError && error.status === 403 && !isRateLimit(error);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof RequestError && error.status === 404;
}

/** Whether it is unknown what became of the request: looking again, and then doing what is missing, is safe. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof RequestError)) return false;
  // The client says 500 of a connection that was lost, too.
  return error.status >= 500;
}

/** In one line. The client's errors hold neither the token nor a header in their message. */
export function said(error: unknown): string {
  // The client itself fails at some answers.
  if (error instanceof TypeError) return notUnderstood;
  if (!(error instanceof RequestError)) return error instanceof Error ? error.message : String(error);
  if (error.response === undefined) return `GitHub cannot be reached: ${error.message}`;
  return `${String(error.status)} ${error.message.replace(/ - https:\/\/docs\.github\.com\S*/, "")}`;
}

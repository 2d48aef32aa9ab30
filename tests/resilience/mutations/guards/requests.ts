/** The guards of requests to Google: which are sent again, and whose effect is looked for first. */
import { guardsOf } from "../mutation.ts";
import type { Mutation } from "../mutation.ts";

const error = guardsOf("google/error.ts");
const pages = guardsOf("google/pages.ts");
const retries = guardsOf("google/retries.ts");
const support = guardsOf("google/support.ts");
const transport = guardsOf("google/transport.ts");
const write = guardsOf("components/supportCase/write.ts");

export const requestsGuards: readonly Mutation[] = [
  // closed
  support(
    "a reply that is no case is an error",
    "if (Object.entries(fields).every(has)) return reply;",
    "return reply;",
  ),
  pages("a page that is no list is an error", "found === undefined && isEmpty", "found === undefined"),
  transport(
    "a reply that is no object is an error",
    'if (isObject && !("error" in data && !("name" in data))) return data;',
    "return data;",
  ),
  // partial failure
  write(
    "the provider's text is handed on",
    "provider === undefined ? outputs : { ...outputs, __provider: provider }",
    "outputs",
  ),
  write("a reason is handed on", "reasons: [reason]", "reasons: []"),
  write("the id is handed on", "id: outputs.name, ", ""),
  // settle
  write("an ambiguous reply is settled", "if (!isAmbiguous(error)) throw error;", "throw error;"),
  write("a refusal is no reason to look or to send again", "if (!isAmbiguous(error)) throw error;", ""),
  write(
    "one looks before one sends again",
    "const result = await findResult();",
    "const result = undefined as Awaited<ReturnType<typeof findResult>>;",
  ),
  write("what had no effect is sent again", "tries: 3,", "tries: 1,"),
  write("what had no effect is sent three times at most", "tries: 3,", "tries: 30,"),
  // the engine
  write(
    "an engine that has ended has nothing sent for it",
    'socket.once("error", fail);',
    'socket.once("error", () => resolve());',
  ),
  write(
    "the engine is looked for before each write",
    "{ beforeWrite: () => assertEngineAlive(process.argv[2]) }",
    "{}",
  ),
  // transport, retries, errors
  transport("before a write, what forbids it is asked", "await before?.();", ""),
  transport(
    "a token that was never given out is requested again",
    "if (error instanceof GoogleError && error.wasNotSent) client = undefined;",
    "",
  ),
  transport(
    "a token has a limit of time",
    "await withTimeout(timeout, client.getRequestHeaders(url));",
    "await client.getRequestHeaders(url);",
  ),
  transport("a request has a limit of time", "    timeout,\n    retry: false", "    retry: false"),
  transport(
    "a failure to get a credential is known to be that",
    "throw asNotSent(credentialError(`${name}, for a credential`, error, timeout));",
    "throw credentialError(`${name}, for a credential`, error, timeout);",
  ),
  transport("the library does not send again by itself", "retry: false,", "retry: true,"),
  retries("a read is tried again", 'method === "GET" ? isUnavailable : isWithoutEffect', "isWithoutEffect"),
  retries(
    "a write is not tried again while its effect is in doubt",
    'method === "GET" ? isUnavailable : isWithoutEffect',
    "isUnavailable",
  ),
  retries("Retry-After is respected", "return Math.max(own, Math.min(asked, maxWait));", "return own;"),
  retries(
    "no wait is longer than a minute",
    "return Math.max(own, Math.min(asked, maxWait));",
    "return Math.max(own, asked);",
  ),
  error("a quota that is used up has no effect", "return error.status === 429 ||", "return"),
  error(
    "a server's error is ambiguous",
    "return error.status >= 500 || error.status === 408;",
    "return error.status === 408;",
  ),
  error(
    "no reply is ambiguous",
    "if (error.status === undefined) return !(error.code !== undefined && neverSent.has(error.code));",
    "if (error.status === undefined) return false;",
  ),
  error(
    "what never left is not ambiguous",
    "if (error.status === undefined) return !(error.code !== undefined && neverSent.has(error.code));",
    "if (error.status === undefined) return true;",
  ),
  error(
    "a request without a credential is sent again",
    "if (error.wasNotSent) return [undefined, 429, 500, 502, 503, 504].includes(error.status);",
    "",
  ),
];

import { lookup } from "node:dns";
import { Agent, request as httpRequest } from "node:http";

import { second } from "./clock.ts";
import { isLoopbackAddress, loopbackUrl } from "./endpoint.ts";
import { GoogleApiError, NetworkError } from "./googleApiError.ts";
import { isTransient } from "./retry.ts";
import { isProperties } from "./values.ts";

import type { IncomingMessage } from "node:http";
import type { LookupFunction } from "node:net";
import type { Clock } from "./clock.ts";
import type { Properties } from "./values.ts";

/** A request to a Google API. */
export interface GoogleRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  url: string;
  query?: Record<string, string>;
  body?: Properties | undefined;
  /** The project whose quota pays, as `X-Goog-User-Project`. */
  userProject?: string | undefined;
}

/** What all requests share. */
interface TransportOptions {
  token: string;
  /** How long a request may take, its retries included, in milliseconds. */
  requestTimeout: number;
  /** The project whose quota pays for all requests, whatever each of them names. */
  userProject?: string | undefined;
  requestReason?: string | undefined;
  clock: Clock;
}

interface Answer {
  status: number;
  body: string;
}

/** Sends requests to the local Google Cloud, and to nothing else. */
export class Transport {
  readonly #options: TransportOptions;
  // A connection for each request: whether an answer was lost is then never confused with a kept connection that closed.
  readonly #agent = new Agent({ keepAlive: false, lookup: lookupLoopback });

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** Sends a request; what is transient is tried again (after 0.5, 1, 1.5, 2.5, 4 … s) until the request's time is over. */
  async send(request: GoogleRequest): Promise<Properties> {
    const url = loopbackUrl(request.url, "A request");
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    const { clock, requestTimeout } = this.#options;
    const deadline = clock.now() + requestTimeout;
    for (let pause = second / 2, next = second / 2; ; [pause, next] = [pause + next, pause]) {
      try {
        return await this.#attempt(request, url, deadline - clock.now());
      } catch (error) {
        if (!(error instanceof Error && isTransient(error)) || clock.now() + pause >= deadline) throw error;
        await clock.sleep(pause);
      }
    }
  }

  async #attempt(request: GoogleRequest, url: URL, timeout: number): Promise<Properties> {
    const answer = await this.#exchange(request, url, timeout);
    // A redirection is an answer like any other that is no success: it is never followed.
    if (answer.status < 200 || answer.status > 299) throw new GoogleApiError(answer.status, answer.body);
    if (answer.status === 204) return {};
    const reply: unknown = JSON.parse(answer.body);
    return isProperties(reply) ? reply : {};
  }

  #exchange(request: GoogleRequest, url: URL, timeout: number): Promise<Answer> {
    const { token, requestReason } = this.#options;
    const userProject = this.#options.userProject ?? request.userProject;
    const headers: Record<string, string> = {
      Accept: "application/json",
      Authorization: `Bearer ${token}`,
      "Content-Type": "application/json",
      "User-Agent": "customer-care-local-gcp-plugin",
    };
    if (userProject !== undefined) headers["X-Goog-User-Project"] = userProject;
    if (requestReason !== undefined) headers["X-Goog-Request-Reason"] = requestReason;
    const signal = AbortSignal.timeout(Math.max(Math.ceil(timeout), 1));
    const options = { method: request.method, headers, agent: this.#agent, lookup: lookupLoopback, signal };
    return new Promise((resolve, reject) => {
      const fail = (problem: string, temporary: boolean): void =>
        reject(new NetworkError(request.method, url.href, problem, temporary));
      const sent = httpRequest(url, options, (response) => {
        readBody(response).then(
          (body) => resolve({ status: response.statusCode ?? 0, body }),
          () => fail("unexpected EOF", true),
        );
      });
      sent.on("error", (error: NodeJS.ErrnoException) => {
        if (signal.aborted) fail("context deadline exceeded (Client.Timeout exceeded while awaiting headers)", true);
        // Node says "socket hang up" when the other side closed without an answer: what Go calls EOF, and does not retry.
        else if (error.message === "socket hang up") fail("EOF", false);
        else if (error.code === "ECONNRESET") fail("read: connection reset by peer", true);
        else if (error.code === "ECONNREFUSED") fail(`dial tcp ${url.host}: connect: connection refused`, false);
        else fail(error.message, false);
      });
      sent.end(request.body === undefined ? undefined : JSON.stringify(request.body));
    });
  }
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  if (!response.complete) throw new Error("the answer broke off");
  return Buffer.concat(chunks).toString("utf8");
}

/** Looks a name up as Node does, and refuses an address that is not this machine's, whatever the hosts file says. */
const lookupLoopback: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new Error(`no address for ${host}`), "");
    const other = addresses.find(({ address }) => !isLoopbackAddress(address));
    if (other) return callback(new Error(`${host} is ${other.address}, which is not this machine`), "");
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

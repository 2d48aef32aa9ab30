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
  /** The quota project, for `X-Goog-User-Project`. */
  userProject?: string | undefined;
}

/** The settings of all requests. */
interface TransportOptions {
  token: string;
  /** The timeout of a request including retries, in milliseconds. */
  requestTimeout: number;
  /** The quota project of all requests, which overrides that of each request. */
  userProject?: string | undefined;
  requestReason?: string | undefined;
  clock: Clock;
}

interface Answer {
  status: number;
  body: string;
}

/** Sends requests only to the local Google Cloud. */
export class Transport {
  readonly #options: TransportOptions;
  // Use a new connection for each request, so that a closed kept-alive connection is not mistaken for a lost reply.
  readonly #agent = new Agent({ keepAlive: false, lookup: lookupLoopback });

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** Sends a request. Transient errors are retried (after 0.5, 1, 1.5, 2.5, 4 … s) until the timeout. */
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
    // Redirects count as errors and are never followed.
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
        // Node's "socket hang up" means a connection closed without a reply, which is EOF in Go and not retried.
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
  if (!response.complete) throw new Error("the reply was cut off");
  return Buffer.concat(chunks).toString("utf8");
}

/** Resolves a name like Node, but rejects addresses outside of this machine, regardless of the hosts file. */
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

/**
 * A proxy on the loopback interface that passes requests on to Google, one at a time, so that a replay in the same order gets
 * the same replies. It records each exchange without identifiers and credentials.
 */
import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { refusalOf } from "../localCloud/index.ts";
import type { Addresses } from "./google.ts";
import type { Json, Redactor } from "./redact.ts";

export interface Exchange {
  /** Such as `cloudsupport`. */
  readonly api: string;
  readonly method: string;
  /** With its version. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly credentials: "caller" | "none" | "invalid";
  readonly hasQuotaProject: boolean;
  readonly contentType?: string;
  /** JSON, or the text of a file. */
  readonly request?: Json;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly reply: Json;
}

/** The access token of the requests that must be refused. */
export const invalidToken = "customer-care-acceptance-invalid";

/** What the proxy passes on. */
const requestHeaders = ["authorization", "content-type", "x-goog-user-project", "x-goog-request-reason", "user-agent"];

/** The headers of a reply that a client acts on. */
const recordedHeaders = ["content-type", "retry-after", "www-authenticate", "location"];

const timeout = 120_000;

export interface Recorder {
  readonly address: string;
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

export async function startRecorder(addresses: Addresses, redactor: Redactor): Promise<Recorder> {
  const exchanges: Exchange[] = [];
  let turn: Promise<void> = Promise.resolve();
  const server = createServer((request, response) => {
    turn = turn.then(() =>
      forward(request, response, addresses, redactor).then(
        (exchange) => void exchanges.push(exchange),
        // As if Google had not replied.
        () => void response.destroy(),
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    exchanges,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await turn;
    },
  };
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  addresses: Addresses,
  redactor: Redactor,
): Promise<Exchange> {
  const [, api = "", path = "", search = ""] = /^\/([^/?]+)\/([^?]*)\??(.*)$/.exec(request.url ?? "") ?? [];
  const address = addresses[api];
  if (address === undefined || refusalOf(request.headers) !== undefined) throw new Error("not a request of the run");
  const { method = "GET", headers } = request;
  const sent = await buffer(request);
  const reply = await fetch(`${address}/${path}${search === "" ? "" : `?${search}`}`, {
    method,
    headers: Object.fromEntries(
      requestHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
    ),
    ...(sent.length > 0 && { body: sent }),
    redirect: "manual",
    signal: AbortSignal.timeout(timeout),
  });
  const got = Buffer.from(await reply.arrayBuffer());
  const { status } = reply;
  const exchange = recorded(
    { api, method, path, search, headers, sent, status, replyHeaders: reply.headers, got },
    redactor,
  );
  const passedOn = [...reply.headers].filter(
    ([name]) => !["content-encoding", "content-length", "transfer-encoding", "connection"].includes(name),
  );
  response.writeHead(reply.status, passedOn).end(got);
  return exchange;
}

/** A request and its reply. */
export interface RawExchange {
  readonly api: string;
  readonly method: string;
  readonly path: string;
  /** The query, without its question mark. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  readonly sent: Buffer;
  readonly status: number;
  readonly replyHeaders: Headers;
  readonly got: Buffer;
}

/** The exchange without identifiers and credentials. */
export function recorded(
  { api, method, path, search, headers, sent, status, replyHeaders, got }: RawExchange,
  redactor: Redactor,
): Exchange {
  return {
    api,
    method,
    path: redactor.text(path),
    query: [...new URLSearchParams(search)].map(([key, value]) => [key, redactor.parameter(key, value)]),
    credentials: credentialsOf(headers.authorization),
    hasQuotaProject: headers["x-goog-user-project"] !== undefined,
    ...(headers["content-type"] !== undefined && { contentType: headers["content-type"] }),
    ...(sent.length > 0 && { request: bodyOf(sent, (json) => redactor.request(json), redactor) }),
    status,
    headers: recordedOf(replyHeaders, redactor),
    reply: bodyOf(got, (json) => redactor.reply(json), redactor),
  };
}

function credentialsOf(authorization: string | undefined): Exchange["credentials"] {
  if (authorization === undefined) return "none";
  return authorization.endsWith(invalidToken) ? "invalid" : "caller";
}

function bodyOf(bytes: Buffer, redacted: (json: Json) => Json, redactor: Redactor): Json {
  const json = jsonOf(bytes.toString());
  return json === undefined ? redactor.file(bytes.toString()) : redacted(json);
}

/** Undefined for a text that is not JSON. */
function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** The headers that matter. */
function recordedOf(headers: Headers, redactor: Redactor): Record<string, string> {
  return Object.fromEntries(
    recordedHeaders.flatMap((name) => {
      const value = headers.get(name);
      if (value === null) return [];
      // An upload's address is a credential, also a relative one.
      return [[name, name === "location" ? redactor.url(value) : redactor.text(value)]];
    }),
  );
}

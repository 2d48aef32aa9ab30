/** A server in Google's place, requests to it, and their errors. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "vitest";
import { inspect } from "node:util";
import { createTransport, GoogleError, readGoogleSettings } from "../../../google/index.ts";
import type { GoogleRequest } from "../../../google/index.ts";

/** No error may show it. */
export const token = "ya29.planted-token";

export const settingsOf = (
  config: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
) => readGoogleSettings((key) => config[key], environment);

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** A server on the loopback, and what it received. */
export async function serve(t: TestContext, answer: RequestListener) {
  const received: Received[] = [];
  const server = createServer((request: IncomingMessage, reply: ServerResponse) => {
    received.push({ method: request.method, url: request.url, headers: request.headers });
    void answer(request, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { received, baseUrl: `http://127.0.0.1:${String(port)}/v2/`, host: `127.0.0.1:${String(port)}` };
}

export const answers =
  (status: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): RequestListener =>
  (_request, reply) =>
    void reply.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));

/** @param waits Gathers the waits of the policy, in milliseconds, which take no time. */
export function send(
  baseUrl: string,
  request: Partial<GoogleRequest> = {},
  config: Readonly<Record<string, string>> = {},
  waits: number[] = [],
) {
  const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
  const transport = createTransport(settingsOf({ "gcp:accessToken": token, ...config }), { sleep });
  return transport.request({ method: "GET", baseUrl, path: "projects/shop-dev/cases/1", ...request });
}

/** The error of the call, which must not show the credential. */
export async function errorOf(call: Promise<unknown>): Promise<GoogleError> {
  const error: unknown = await call.then(
    () => assert.fail("the call succeeded"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof GoogleError, inspect(error));
  const shown = [
    error.message,
    error.stack ?? "",
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    inspect(error, { depth: null, showHidden: true }),
  ];
  for (const text of shown) assert.ok(!text.includes(token), `shows the token: ${text}`);
  return error;
}

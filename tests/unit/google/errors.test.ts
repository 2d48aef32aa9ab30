/** The errors of calls to Google: they have everything except the credential (google/error.ts). */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, vi } from "vitest";
import { isWithoutEffect, networkError, replyError } from "../../../google/error.ts";
import { GoogleError, isAmbiguous } from "../../../google/index.ts";
import { timeLimits } from "../../support/timeLimits.ts";
import { answers, errorOf, send, serve, token } from "./server.ts";

describe("an error", () => {
  it("has Google's message, its code and its reason", async (t) => {
    const { baseUrl, host } = await serve(
      t,
      answers(403, {
        error: {
          code: 403,
          message: "Cloud Support API has not been used.",
          status: "PERMISSION_DENIED",
          details: [
            { "@type": "type.googleapis.com/google.rpc.Help" },
            { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "SERVICE_DISABLED" },
          ],
        },
      }),
    );
    const error = await errorOf(send(baseUrl));
    assert.equal(
      error.message,
      `GET ${host}/v2/projects/shop-dev/cases/1: 403 PERMISSION_DENIED: Cloud Support API has not been used.`,
    );
    assert.deepEqual(
      [error.name, error.status, error.code, error.reason, error.retryAfter],
      ["GoogleError", 403, "PERMISSION_DENIED", "SERVICE_DISABLED", undefined],
    );
  });

  it("quotes the beginning of a body that is not JSON, in one line", async (t) => {
    const { baseUrl, host } = await serve(t, answers(502, `<html>\n${"Bad Gateway ".repeat(50)}</html>`));
    const { message, status } = await errorOf(send(baseUrl));
    assert.equal(status, 502);
    assert.ok(message.startsWith(`GET ${host}/v2/projects/shop-dev/cases/1: 502: <html> Bad Gateway`), message);
    assert.ok(message.length < 300, message);
  });

  it("describes a body that is empty or contains no error", async (t) => {
    for (const body of ["", " ", "[]", "null", '{"error":{}}']) {
      const { baseUrl } = await serve(t, answers(404, body));
      const { message } = await errorOf(send(baseUrl));
      assert.ok(message.endsWith(": 404: no message"), `${body}: ${message}`);
    }
  });

  it("has the wait that Google requests, in seconds and as a date", (t) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-10-01T09:00:00Z") });
    t.onTestFinished(() => void vi.useRealTimers());
    const retryAfter = (header: string | null) => replyError("GET /", 429, {}, header).retryAfter;
    assert.equal(retryAfter("7"), 7000);
    assert.equal(retryAfter("0"), 0);
    assert.equal(retryAfter(new Date(Date.now() + 10_000).toUTCString()), 10_000);
    assert.equal(retryAfter(new Date(Date.now() - 60_000).toUTCString()), 0);
    for (const nothing of [null, "", "soon"]) assert.equal(retryAfter(nothing), undefined);
  });

  it("names the failure of the network", async (t) => {
    const { baseUrl, host, received } = await serve(t, ({ socket }) => void socket.destroy());
    const lost = await errorOf(send(baseUrl, { method: "POST", body: {} }));
    assert.equal(lost.message, `POST ${host}/v2/projects/shop-dev/cases/1: no reply (ECONNRESET)`);
    assert.deepEqual([lost.code, lost.status, received.length], ["ECONNRESET", undefined, 1]);
    const refused = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => refused.once("listening", resolve));
    const { port } = refused.address() as AddressInfo;
    await new Promise((resolve) => refused.close(resolve));
    const error = await errorOf(send(`http://127.0.0.1:${String(port)}/v2/`, { method: "POST", body: {} }));
    assert.match(error.message, /no reply \(ECONNREFUSED\) \(5 attempts/);
  });

  it("names the time limit", async (t) => {
    const limits = timeLimits();
    const { baseUrl, received } = await serve(t, () => limits.end(60_000));
    const error = await errorOf(send(baseUrl, { method: "POST", body: {} }));
    assert.match(error.message, /no reply within 60 s$/);
    assert.equal(received.length, 1);
    assert.equal(isAmbiguous(error), true);
  });

  it("names the limit for the whole request, where the library's own does not apply", async (t) => {
    const limits = timeLimits();
    const { baseUrl } = await serve(t, () => limits.end(180_000));
    const error = await errorOf(send(baseUrl, { method: "POST", body: {} }));
    assert.match(error.message, /no reply within 180 s$/);
    assert.equal(isAmbiguous(error), true);
  });

  it("does not show the token where the server echoes it, or the header cannot contain it", async (t) => {
    const { baseUrl } = await serve(t, answers(401, { error: { code: 401, status: "UNAUTHENTICATED" } }));
    const error = await errorOf(send(baseUrl));
    assert.equal(error.status, 401);
    await errorOf(send(baseUrl, {}, { "gcp:accessToken": `${token}\nmore` }));
  });

  it("of a request for which there was no credential states that it may be sent again, unless the credential is refused", () => {
    const of = (status: number | undefined) =>
      new GoogleError("no token", { request: "POST", status, wasNotSent: true });
    assert.deepEqual(
      [undefined, 429, 500, 502, 503, 504, 400, 401, 403].map((status) => isWithoutEffect(of(status))),
      [true, true, true, true, true, true, false, false, false],
    );
  });

  const ambiguous: [what: string, error: unknown, expected: boolean][] = [
    ...[500, 502, 503, 504, 408].map((status) => [`HTTP ${String(status)}`, status, true] as const),
    ...[400, 401, 403, 404, 409, 412, 429].map((status) => [`HTTP ${String(status)}`, status, false] as const),
  ].map(([what, status, expected]) => [what, replyError("POST /", status, {}, null), expected]);
  for (const code of ["ECONNRESET", "EPIPE", "ETIMEDOUT", "UND_ERR_SOCKET", "TimeoutError", undefined])
    ambiguous.push([code ?? "an unknown failure", networkError("POST /", code, 60_000), true]);
  for (const code of [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "UND_ERR_CONNECT_TIMEOUT",
  ])
    ambiguous.push([code, networkError("POST /", code, 60_000), false]);
  ambiguous.push(["no credential", new GoogleError("none was found", { request: "credentials" }), false]);
  ambiguous.push(["another error", new Error("500"), false], ["no error", undefined, false]);
  for (const [what, error, expected] of ambiguous)
    it(`leaves ${expected ? "open" : "no doubt"} whether the request had its effect: ${what}`, () =>
      assert.equal(isAmbiguous(error), expected));
});

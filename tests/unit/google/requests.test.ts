/** The requests to Google: their headers, their projects, and when they are sent again (google/transport.ts). */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it } from "vitest";
import { createTransport } from "../../../google/index.ts";
import { projectOf } from "../../../google/pages.ts";
import { timeLimits } from "../../support/timeLimits.ts";
import { answers, errorOf, send, serve, settingsOf, token } from "./server.ts";

describe("a read", () => {
  const policy = [1000, 1300, 1690, 2197];
  const quotaPolicy = [5000, 10_000, 20_000, 40_000];

  for (const [status, expected] of [
    [503, policy],
    [429, quotaPolicy],
  ] as const)
    it(`is tried five times at ${String(status)}, and no more`, async (t) => {
      const { baseUrl, received } = await serve(t, answers(status));
      const waits: number[] = [];
      const error = await errorOf(send(baseUrl, {}, {}, waits));
      assert.equal(error.status, status);
      const seconds = Math.round(expected.reduce((sum, wait) => sum + wait, 0) / 1000);
      assert.ok(error.message.endsWith(`(5 attempts, with waits of ${String(seconds)} s)`), error.message);
      assert.equal(received.length, 5);
      assert.deepEqual(waits.map(Math.round), expected);
    });

  it("is tried again where the connection is reset, until it succeeds", async (t) => {
    let requests = 0;
    const { baseUrl, received } = await serve(t, (request, reply) => {
      if (++requests < 3) request.socket.destroy();
      else answers(200, { name: "found" })(request, reply);
    });
    const waits: number[] = [];
    assert.deepEqual(await send(baseUrl, {}, {}, waits), { name: "found" });
    assert.equal(received.length, 3);
    assert.deepEqual(waits, policy.slice(0, 2));
  });

  it("waits as long as Google requests, a minute at most", async (t) => {
    const asked = ["2", "3600"];
    const { baseUrl } = await serve(t, (request, reply) => {
      const next = asked.shift();
      if (next === undefined) answers(200)(request, reply);
      else answers(429, {}, { "retry-after": next })(request, reply);
    });
    const waits: number[] = [];
    await send(baseUrl, {}, {}, waits);
    assert.deepEqual(waits, [5000, 60_000]);
  });

  describe("with limits of its own", () => {
    const limited = async (baseUrl: string, waits: number[]) => {
      const sleep = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
      const transport = createTransport(settingsOf({ "gcp:accessToken": token }), { sleep, timeout: 200, retries: 1 });
      return errorOf(transport.request({ method: "GET", baseUrl, path: "projects/shop-dev" }));
    };

    it("waits no longer for a reply, and is sent no oftener", async (t) => {
      const limits = timeLimits();
      const { baseUrl, received } = await serve(t, () => limits.end(200));
      const waits: number[] = [];
      const { message } = await limited(baseUrl, waits);
      assert.match(message, /: no reply within 0\.2 s \(2 attempts, with waits of 1 s\)$/);
      assert.deepEqual([received.length, waits], [2, policy.slice(0, 1)]);
    });

    it("waits out a quota all the same", async (t) => {
      const { baseUrl, received } = await serve(t, answers(429));
      const waits: number[] = [];
      assert.match((await limited(baseUrl, waits)).message, /\(5 attempts, with waits of 75 s\)$/);
      assert.deepEqual([received.length, waits.length], [5, 4]);
    });
  });

  for (const status of [400, 401, 403, 404, 500, 502, 504])
    it(`is sent once at ${String(status)}`, async (t) => {
      const { baseUrl, received } = await serve(t, answers(status));
      assert.equal((await errorOf(send(baseUrl))).status, status);
      assert.equal(received.length, 1);
    });
});

describe("a write", () => {
  for (const method of ["POST", "PATCH", "DELETE"] as const) {
    it(`is sent once where it may have had its effect, or is refused: ${method}`, async (t) => {
      for (const answer of [answers(503, {}, { "retry-after": "1" }), answers(500), answers(401), answers(403)]) {
        const { baseUrl, received } = await serve(t, answer);
        await errorOf(send(baseUrl, { method, body: {} }));
        assert.equal(received.length, 1);
      }
      const { baseUrl, received } = await serve(t, ({ socket }) => void socket.destroy());
      await errorOf(send(baseUrl, { method, body: {} }));
      assert.equal(received.length, 1);
    });

    it(`is sent again where a quota was used up, after the wait that Google requests: ${method}`, async (t) => {
      const waits: number[] = [];
      const { baseUrl, received } = await serve(t, answers(429, {}, { "retry-after": "7" }));
      const error = await errorOf(send(baseUrl, { method, body: {} }, {}, waits));
      assert.match(error.message, /\(5 attempts, with waits of 77 s\)$/);
      assert.deepEqual([received.length, waits], [5, [7000, 10_000, 20_000, 40_000]]);
    });
  }

  it("is sent again where no connection came about", async () => {
    const refused = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => refused.once("listening", resolve));
    const { port } = refused.address() as AddressInfo;
    await new Promise((resolve) => refused.close(resolve));
    const waits: number[] = [];
    await errorOf(send(`http://127.0.0.1:${String(port)}/v2/`, { method: "POST", body: {} }, {}, waits));
    assert.equal(waits.length, 4);
  });
});

describe("the project of a resource", () => {
  const names: [name: string, project: string | undefined][] = [
    ["projects/shop-dev", "shop-dev"],
    ["projects/shop-dev/cases/1", "shop-dev"],
    ["projects/shop-dev:testIamPermissions", "shop-dev"],
    ["projects/example.com:shop-dev/cases/1:close", "example.com:shop-dev"],
    ["projects/example.com:shop-dev:getIamPolicy", "example.com:shop-dev"],
    ["organizations/123456789012/cases/1", undefined],
  ];
  for (const [name, project] of names)
    it(`of ${name} is ${project ?? "none"}`, () => assert.equal(projectOf(name), project));
});

describe("the headers", () => {
  const project = "shop-dev";
  const cases: [what: string, config: Record<string, string>, project: string | undefined, header?: string][] = [
    ["no quota project without userProjectOverride", { "gcp:billingProject": "ops-admin" }, project],
    [
      "the billing project",
      { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" },
      project,
      "ops-admin",
    ],
    ["else the project of the request", { "gcp:userProjectOverride": "true" }, project, project],
    ["none for a request of no project", { "gcp:userProjectOverride": "true" }, undefined],
  ];
  for (const [what, config, of, header] of cases)
    it(`name ${what}`, async (t) => {
      const { baseUrl, received } = await serve(t, answers(200));
      await send(baseUrl, { project: of }, config);
      assert.equal(received[0]?.headers["x-goog-user-project"], header);
    });

  it("have the reason of the request", async (t) => {
    const { baseUrl, received } = await serve(t, answers(200));
    await send(baseUrl, {}, { "gcp:requestReason": "onboarding" });
    await send(baseUrl);
    assert.deepEqual(
      received.map(({ headers }) => headers["x-goog-request-reason"]),
      ["onboarding", undefined],
    );
  });
});

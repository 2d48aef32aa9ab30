/** Who may call the local cloud, and what a caller cannot do to it. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { describe, it } from "vitest";
import fc from "fast-check";
import { glob } from "../../tools/localCloud/filter.ts";
import { useLocalCloud } from "./localCloud.ts";
import { processorTime } from "../support/processorTime.ts";

const local = useLocalCloud("cloudsupport");

/** A reply's code to a request with these headers, whatever fetch would allow. */
async function codeOf(path: string, headers: OutgoingHttpHeaders, method = "GET"): Promise<number | undefined> {
  const { hostname, port } = new URL(local.cloud.address);
  const sent = request({ hostname, port, path, method, headers });
  sent.end();
  const [reply] = (await once(sent, "response")) as [IncomingMessage];
  reply.resume();
  return reply.statusCode;
}

const paths = ["/_local/state", "/_local/environment", "/cloudsupport/v2/projects/shop-dev/cases", "/nothing"];

describe("a page in a browser", () => {
  for (const host of [
    "evil.example",
    "evil.example:PORT",
    "localhost.evil.example",
    "127.0.0.1.evil.example:PORT",
    "10.0.0.1",
    "0.0.0.0:PORT",
    "127.0.0.1@evil.example",
    "user@127.0.0.1",
    "[::ffff:10.0.0.1]",
  ])
    it(`is refused where its name was made to resolve to the loopback: ${host}`, async () => {
      const { port } = new URL(local.cloud.address);
      for (const path of paths) assert.equal(await codeOf(path, { host: host.replace("PORT", port) }), 403);
      assert.equal(await codeOf("/_local/reset", { host: host.replace("PORT", port) }, "POST"), 403);
      assert.deepEqual(local.cloud.requests, []);
    });

  for (const headers of [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1" },
    { origin: "http://127.0.0.1:1" },
    { origin: "http://localhost:3000" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])
    it(`is refused: ${JSON.stringify(headers)}`, async () => {
      local.cloud.faults.set({ searchLag: 100 });
      for (const path of paths)
        assert.equal(await codeOf(path, { host: new URL(local.cloud.address).host, ...headers }), 403);
      for (const method of ["POST", "DELETE"])
        assert.equal(
          await codeOf("/_local/faults", { host: new URL(local.cloud.address).host, ...headers }, method),
          403,
        );
      assert.equal(local.cloud.faults.settings.searchLag, 100);
    });

  it("is let in where it is the cloud's own address in the address bar", async () => {
    const { host, port } = new URL(local.cloud.address);
    for (const headers of [
      {},
      { "sec-fetch-site": "none" },
      { "sec-fetch-site": "same-origin", origin: `http://${host}` },
    ])
      assert.equal(await codeOf("/_local/state", { host, ...headers }), 200);
    for (const name of [`localhost:${port}`, `127.8.9.1:${port}`, `[::1]:${port}`])
      assert.equal(await codeOf("/_local/state", { host: name }), 200);
  });
});

describe("a pattern", () => {
  it("of a fault's path cannot take long", async () => {
    const path = `/cloudsupport/v2/projects/${"a".repeat(3000)}/cases`;
    const begin = processorTime();
    for (const pattern of ["(a+)+$", "(a|a)*b", "(.*a){30}b", "^(([a-z])+.)+[A-Z]([a-z])+$"]) {
      const body = JSON.stringify({ rules: [{ match: { path: pattern }, effect: "reset-before-effect" }] });
      const added = await fetch(`${local.cloud.address}/_local/faults`, { method: "POST", body });
      assert.equal(added.status, 200, pattern);
      await fetch(local.cloud.address + path).catch(() => undefined);
    }
    assert.ok(processorTime() - begin < 20_000);
  });

  it("of a fault's path is refused where it is too much", async () => {
    for (const pattern of ["(", "((a{100}){100}){100}", "(a)\\1", "a".repeat(1001)]) {
      const body = JSON.stringify({ rules: [{ match: { path: pattern }, effect: "reset-before-effect" }] });
      const added = await fetch(`${local.cloud.address}/_local/faults`, { method: "POST", body });
      assert.equal(added.status, 400, pattern);
    }
  });

  it("of a filter matches any text at a star, and cannot take long", () => {
    const few = fc.array(fc.constantFrom("a", "B", "b", "*", ".", "\n")).map((all) => all.join(""));
    fc.assert(
      fc.property(few, few, (pattern, text) => {
        const source = pattern.replaceAll(".", "\\.").replaceAll("*", ".*");
        assert.equal(glob(pattern)(text), new RegExp(`^${source}$`, "is").test(text));
      }),
      { numRuns: 2000 },
    );
    const begin = processorTime();
    glob(`${"*a".repeat(500)}*b`)("a".repeat(100_000));
    assert.ok(processorTime() - begin < 5000);
  });

  it("of a filter has no more parentheses within each other than a person writes", async () => {
    const filter = encodeURIComponent(`${"(".repeat(3000)}state=OPEN${")".repeat(3000)}`);
    const reply = await fetch(`${local.cloud.address}/cloudsupport/v2/projects/shop-dev/cases?filter=${filter}`, {
      headers: { authorization: "Bearer local-operator-token" },
    });
    assert.equal(reply.status, 400);
  });
});

describe("a body", () => {
  it("that is no upload is 4 MiB at most", async () => {
    const body = JSON.stringify({ description: "a".repeat(4 * 1024 * 1024) });
    for (const path of ["/cloudsupport/v2/projects/shop-dev/cases", "/_local/faults", "/_local/reset"]) {
      const reply = await fetch(local.cloud.address + path, { method: "POST", body });
      assert.equal(reply.status, 413, path);
    }
  });

  it("of JSON in JSON without end is no defect", async () => {
    const body = `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`;
    const reply = await fetch(`${local.cloud.address}/cloudsupport/v2/projects/shop-dev/cases`, {
      method: "POST",
      headers: { authorization: "Bearer local-operator-token" },
      body,
    });
    assert.equal(reply.status, 400);
  });
});

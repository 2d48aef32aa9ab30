/** `care comment` behind a proxy: GitHub is reached through it, an address on this machine or in NO_PROXY is not. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, beforeEach, describe, it } from "vitest";
import { proxiedFetch } from "../../../google/index.ts";
import { refusingProxy } from "../../support/refusingProxy.ts";
import type { RefusingProxy } from "../../support/refusingProxy.ts";
import { bodies, comment, granted, useGitHub } from "./pullRequest7.ts";

describe("care comment behind a proxy", () => {
  const names = ["NO_PROXY", "no_proxy"];
  const saved = { ...process.env };
  let proxy: RefusingProxy;
  const restore = (name: string) => {
    const value = saved[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };

  useGitHub();
  beforeAll(async () => {
    proxy = await refusingProxy();
  });
  beforeEach(() => {
    Object.assign(process.env, proxy.environment);
    for (const name of names) delete process.env[name];
    proxy.asked.length = 0;
  });
  afterAll(() => {
    for (const name of [...Object.keys(proxy.environment), ...names]) restore(name);
    proxy.close();
  });

  it("reaches GitHub through the proxy, and does not take its refusal for GitHub's", async () => {
    const { errors, code } = await comment([granted], { pullRequest: 7 }, { GITHUB_API_URL: "https://api.github.com" });
    assert.ok(proxy.asked.includes("CONNECT api.github.com:443"), proxy.asked.join());
    assert.equal(code, 1);
    assert.match(errors, /^care comment: the comment on pull request 7 of \S+ failed \(403: the reply is not one of/);
  });

  it("reaches an address on this machine without it", async () => {
    const { errors, code } = await comment([granted], { pullRequest: 7 });
    assert.equal(code, 0, errors);
    assert.equal(bodies().length, 1);
    assert.deepEqual(proxy.asked, []);
  });

  it("obeys NO_PROXY by the rules of Go", async () => {
    process.env["NO_PROXY"] = "invalid:443";
    const ask = (host: string) => proxiedFetch(`https://${host}/`, {}).catch(() => undefined);
    await ask("github.invalid");
    assert.deepEqual(proxy.asked, []);
    await ask("github.invalid:8443");
    assert.deepEqual(proxy.asked, ["CONNECT github.invalid:8443"]);
  });
});

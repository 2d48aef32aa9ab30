/** Behind a proxy: addresses on this machine are reached without it, all others through it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { withoutProxyForLoopback } from "../../../tools/setup/bootstrap/proxy.mjs";
import { environmentOf } from "../../../tools/setup/environment.ts";
import { reachesPulumiDownloads } from "../../../tools/setup/pulumiDownloads.ts";
import { refusingProxy } from "../../support/refusingProxy.ts";
import type { RefusingProxy } from "../../support/refusingProxy.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const loopback = "localhost,127.0.0.1,::1,[::1]";
const proxy = "http://proxy.example:3128";

describe("the environment of what the commands start", () => {
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "GRPC_PROXY"].flatMap((one) => [
    one,
    one.toLowerCase(),
  ]))
    it(`keeps this machine from the proxy of ${name}, by both names`, () =>
      assert.deepEqual(withoutProxyForLoopback({ [name]: proxy }), { NO_PROXY: loopback, no_proxy: loopback }));

  it("stays as it is without a proxy", () => {
    assert.deepEqual(withoutProxyForLoopback({ HTTPS_PROXY: "", NO_PROXY: "example.com" }), {});
  });

  it("keeps what the user excepts, by either name, without the blanks that gRPC takes for a part of a name", () => {
    const both = (given: object) => withoutProxyForLoopback({ https_proxy: proxy, ...given });
    const excepted = `.corp.example,10.0.0.0/8,${loopback}`;
    assert.deepEqual(both({ no_proxy: " .corp.example, 10.0.0.0/8," }), { NO_PROXY: excepted, no_proxy: excepted });
    assert.deepEqual(both({ NO_PROXY: ".corp.example, 10.0.0.0/8" }), { NO_PROXY: excepted, no_proxy: excepted });
    assert.deepEqual(both({ NO_PROXY: "*", no_proxy: "localhost" }), {
      NO_PROXY: `*,${loopback}`,
      no_proxy: loopback,
    });
    const once = both({ no_proxy: "127.0.0.1" });
    assert.deepEqual(withoutProxyForLoopback({ https_proxy: proxy, ...once }), once);
  });
});

describe("behind a proxy that refuses everything", () => {
  const home = temporaryFolder();
  const names = ["NO_PROXY", "no_proxy"];
  const saved = { ...process.env };
  let refusing: RefusingProxy;

  beforeAll(async () => {
    refusing = await refusingProxy();
    Object.assign(process.env, refusing.environment);
    for (const name of names) delete process.env[name];
  });
  afterAll(() => {
    for (const name of [...Object.keys(refusing.environment), ...names]) {
      const value = saved[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    refusing.close();
  });

  it("the engine's processes call each other without it", async () => {
    const environment = await environmentOf({ home, cli: { pulumi: "/engine/bin/pulumi" }, pulumiHome: home });
    assert.equal(environment["NO_PROXY"], loopback);
    assert.equal(environment["no_proxy"], loopback);
  });

  it("Pulumi's downloads are requested through it", async () => {
    assert.equal(await reachesPulumiDownloads(join(home, "downloads"), "https://get.pulumi.example/"), false);
    assert.deepEqual(refusing.asked, ["CONNECT get.pulumi.example:443"]);
    assert.ok(existsSync(join(home, "downloads", "no-pulumi-downloads")));
  });
});

/** The product's own calls behind a proxy: addresses on this machine are reached without it, whatever NO_PROXY has. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { createTransport, GoogleError, readGoogleSettings, supportApi } from "../../google/index.ts";
import { isDirect } from "../../google/directHosts.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { ofThisMachine, refusingProxy } from "../support/refusingProxy.ts";
import type { RefusingProxy } from "../support/refusingProxy.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("a call to Google", () => {
  const folder = temporaryFolder();
  const saved = { ...process.env };
  let proxy: RefusingProxy;
  let cloud: Cloud;

  beforeAll(async () => {
    [proxy, cloud] = await Promise.all([refusingProxy(), startCloud()]);
    Object.assign(process.env, proxy.environment);
    for (const name of ["NO_PROXY", "no_proxy"]) delete process.env[name];
  });
  afterAll(async () => {
    for (const name of [...Object.keys(proxy.environment), "NO_PROXY", "no_proxy"]) {
      const value = saved[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    proxy.close();
    await cloud.close();
  });

  const ask = async (credentials: Readonly<Record<string, string>>) => {
    const { GOOGLE_OAUTH_ACCESS_TOKEN: _, ...endpoints } = cloud.environment;
    const settings = readGoogleSettings(() => undefined, { ...endpoints, ...credentials });
    return supportApi(createTransport(settings, { retries: 0 })).searchCases("projects/shop-dev", "");
  };

  it("on this machine is sent without the proxy, with each kind of credential", async () => {
    const files = cloud.credentialFiles(folder);
    const credentials = [
      { GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" },
      ...Object.values(files)
        .filter((file): file is string => typeof file === "string")
        .map((file) => ({ GOOGLE_CREDENTIALS: file })),
    ];
    assert.ok(credentials.length > 1);
    for (const credential of credentials) assert.equal((await ask(credential)).length, 1, JSON.stringify(credential));
    assert.deepEqual(proxy.asked, []);
  });

  it("elsewhere is sent through it", async () => {
    const settings = readGoogleSettings(() => undefined, { GOOGLE_OAUTH_ACCESS_TOKEN: "a-token-of-nobody" });
    await assert.rejects(
      supportApi(createTransport(settings, { retries: 0 })).searchCases("projects/shop-dev", ""),
      GoogleError,
    );
    assert.ok(proxy.asked.includes("CONNECT cloudsupport.googleapis.com:443"), proxy.asked.join());
    assert.deepEqual(ofThisMachine(proxy.asked), []);
  });

  it("is sent through it, or not, as Go treats NO_PROXY", async () => {
    const calls = async (noProxy: string) => {
      process.env["NO_PROXY"] = noProxy;
      proxy.asked.length = 0;
      const settings = readGoogleSettings(() => undefined, { GOOGLE_OAUTH_ACCESS_TOKEN: "a-token-of-nobody" });
      const transport = createTransport(settings, { retries: 0, timeout: 2000 });
      await supportApi(transport)
        .searchCases("projects/shop-dev", "")
        .catch(() => undefined);
      return proxy.asked.length > 0;
    };
    for (const one of ["googleapis.com", "*", "cloudsupport.googleapis.com:443", "GOOGLEAPIS.COM", ".GoogleApis.com"])
      assert.equal(await calls(`example.com, ${one}`), false, one);
    for (const one of ["", "apis.com", "googleapis.com:80"]) assert.equal(await calls(one), true, one);
    delete process.env["NO_PROXY"];
  }, 60_000);

  it("is compared with each form of an entry", () => {
    const direct = (url: string, entry: string) => isDirect(new URL(url), entry);
    for (const [url, entry] of [
      ["https://a.example.com/", "*.example.com"],
      ["https://10.1.2.3/", "10.0.0.0/8"],
      ["https://10.1.2.3:8443/", "10.1.2.3"],
      ["http://10.1.2.3/", "10.1.2.3:80"],
      ["https://[2001:db8::1]/", "2001:db8::/32"],
      ["https://[2001:db8::1]/", "2001:DB8:0::1"],
      ["https://[2001:db8::1]/", "[2001:db8::1]:443"],
      ["https://[::1]:8080/", ""],
    ] as const)
      assert.ok(direct(url, entry), `${url} ${entry}`);
    for (const [url, entry] of [
      ["https://example.com/", ".example.com"],
      ["https://anexample.com/", "example.com"],
      ["https://11.1.2.3/", "10.0.0.0/8"],
      ["https://10.1.2.3/", "10.0.0.0/99"],
      ["https://10.1.2.3/", "10.1.2.3:80"],
      ["https://10.1.2.3/", "2.3"],
      ["https://example.com/", ", :443,"],
      ["https://[2001:db8::1]/", "[2001:db8::1]"],
    ] as const)
      assert.ok(!direct(url, entry), `${url} ${entry}`);
  });
});

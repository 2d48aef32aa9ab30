/** The product's own calls behind a proxy: addresses on this machine are reached without it, whatever NO_PROXY has. */
import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "vitest";
import { createTransport, GoogleError, readGoogleSettings, supportApi } from "../../google/index.ts";
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
});

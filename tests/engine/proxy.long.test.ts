/** `npm start` behind a proxy that refuses everything: all that it needs is on this machine, and is reached without the proxy. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { run } from "../../tools/setup/bootstrap/process.mjs";
import { engineFromEnvironment } from "../support/engineFromEnvironment.ts";
import { ofThisMachine, refusingProxy } from "../support/refusingProxy.ts";
import type { RefusingProxy } from "../support/refusingProxy.ts";

describe("npm start behind a proxy", () => {
  let proxy: RefusingProxy;

  beforeAll(async () => {
    // Files that are fetched or built once are not tested here.
    await engineFromEnvironment();
    proxy = await refusingProxy();
  });
  afterAll(() => proxy.close());

  it("carries out the guide, and asks the proxy for nothing of this machine", async () => {
    const { NO_PROXY: _upper, no_proxy: _lower, ...environment } = process.env;
    const bootstrap = join(root, "tools", "setup", "bootstrap.mjs");
    const { code, stdout, stderr } = await run(process.execPath, [bootstrap, "quickstart", "--destroy"], {
      cwd: root,
      env: { ...environment, ...proxy.environment },
    });
    assert.equal(code, 0, `${stdout}${stderr}`);
    assert.deepEqual(ofThisMachine(proxy.asked), []);
  });
});

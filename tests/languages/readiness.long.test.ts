/** A program that takes the component from the package learns of places in which an update would fail as one in TypeScript does. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "vitest";
import { localRun } from "../support/localRun.ts";
import { takePackage, whyNoPackages } from "./packages.ts";

const whyNot = await whyNoPackages();

describe("a program with the component of the package", () => {
  it("fails in the preview for a project that does not exist, and creates nothing", async (t) => {
    t.skip(whyNot !== undefined, whyNot);
    const config = {
      "customer-care:plan": "enhanced",
      "customer-care:projects": { "shop-dev": {}, "shop-live": {} },
      "customer-care:testCase": { project: "shop-dev" },
    };
    const run = await localRun({ name: "packagedReadiness", config });
    t.onTestFinished(() => run.close());
    await takePackage(run.directory, join(import.meta.dirname, "programs", "packaged.ts"));
    const { failed, messages } = await run.preview();
    const text = messages.join("\n");
    assert.equal(failed, true, text);
    assert.ok(
      text.includes(
        'customer-care:projects.shop-live: the project "shop-live" does not exist; write the ID of an existing project',
      ),
      text,
    );
    assert.doesNotMatch(text, /^\s+at .*:\d+:\d+/m);
    assert.deepEqual(
      run.cloud.requests.filter(({ rpc }) => /^(EnableService|CreateCase)$/.test(rpc)),
      [],
    );
  });
});

/**
 * The test case's provider in every stack's state: a later release reads it back, so that it changes only
 * on purpose. To accept a change: UPDATE_SNAPSHOT=1 npx vitest tests/unit/shim.test.ts
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { SupportCase } from "../../components/dynamicCase.ts";
import { testCaseDefaults } from "../../guide/index.ts";

const snapshot = new URL("shim.snapshot.txt", import.meta.url);

/** The texts that two cases register as their provider. */
async function providers(): Promise<unknown[]> {
  const texts: unknown[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      const given = inputs as Record<string, unknown>;
      texts.push(given["__provider"]);
      return { id: `${name}-id`, state: given };
    },
    call: () => ({}),
  });
  for (const name of ["one", "another"])
    new SupportCase(name, {
      ...testCaseDefaults,
      version: 1,
      parent: "projects/shop-dev",
      marker: `marker of ${name}`,
      subscriberEmailAddresses: [`${name}@example.com`],
      keepOpen: name === "another",
      testCase: true,
    });
  await pulumi.runtime.disconnect();
  return texts;
}

describe("the provider in the state", () => {
  let texts: unknown[];
  let text: string;

  beforeAll(async () => {
    texts = await providers();
    text = String(texts[0]);
  });

  it("is the same text for each case", () => {
    assert.equal(texts.length, 2);
    assert.equal(typeof texts[0], "string");
    assert.equal(texts[0], texts[1]);
  });

  it("is the one in the stacks of the last release", () => {
    if (process.env["UPDATE_SNAPSHOT"] !== undefined) writeFileSync(snapshot, text);
    assert.equal(text, readFileSync(snapshot, "utf8"));
  });

  it("is short, and calls the package for everything", () => {
    assert.ok(text.length < 4000, `${String(text.length)} characters`);
    const calls = [...text.matchAll(/import\("customer-care\/supportCase"\)\)\.(\w+)\(/g)].map(([, method]) => method);
    assert.deepEqual(calls.sort(), ["check", "create", "delete", "diff", "read", "update"]);
  });

  it("has nothing of a case, of the machine, or of the types that were taken out", () => {
    for (const word of ["Test issue", "marker of", "example.com", "shop-dev", "file:", process.cwd()])
      assert.ok(!text.includes(word), word);
    for (const line of text.split("\n")) assert.doesNotMatch(line.trim(), / {3}/);
  });
});

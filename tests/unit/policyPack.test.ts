/** The pack as a whole: its names, its levels, and a config whose defaults fit. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { Ajv } from "ajv";
import { SupportCase } from "../../components/dynamicCase.ts";
import { policies } from "../../policy/policies.ts";
import { supportCaseTypes } from "../../components/supportCase/properties.ts";
import * as pulumi from "@pulumi/pulumi";

const versionOf = (path: string) =>
  (JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")) as { version: string }).version;

describe("the policy pack", () => {
  it("has the version of the repository", () =>
    assert.equal(versionOf("policy/package.json"), versionOf("package.json")));

  it("has a name of its own for each policy", () =>
    assert.equal(new Set(policies.map(({ name }) => name)).size, policies.length));

  it("has defaults that its own config schemas take", () => {
    for (const { name, configSchema } of policies)
      for (const [key, schema] of Object.entries(configSchema?.properties ?? {})) {
        assert.notEqual(schema.default, undefined, `${name}.${key} has no default`);
        assert.ok(new Ajv().validate(schema, schema.default), `${name}.${key}`);
      }
  });

  it("knows the case by the type that it is registered with", async () => {
    const types: string[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ type, name, inputs }) => {
        types.push(type);
        return { id: name, state: inputs as Record<string, unknown> };
      },
      call: () => ({}),
    });
    new SupportCase("one", {} as ConstructorParameters<typeof SupportCase>[1]);
    await pulumi.runtime.disconnect();
    assert.deepEqual(types, [supportCaseTypes.dynamic]);
  });
});

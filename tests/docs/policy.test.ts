/** The document of the policy pack has each policy, with its level and its options. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "vitest";
import type { PolicyConfigSchema } from "@pulumi/policy";
import { policies } from "../../policy/policies.ts";
import { pathOf } from "../support/documents.ts";

const rows = readFileSync(pathOf("docs/reference/policy.md"), "utf8")
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));

describe("the table of the policies", () => {
  it("has no other policy", () =>
    assert.deepEqual(
      rows.flatMap(([, name = ""]) => /^`([a-z-]+)`$/.exec(name)?.[1] ?? []),
      policies.map(({ name }) => name),
    ));

  for (const { name, enforcementLevel, ...policy } of policies)
    it(`has the level and the options of ${name}`, () => {
      const [, , , level, config = ""] = rows.find(([, cell]) => cell === `\`${name}\``) ?? [];
      assert.equal(level, enforcementLevel);
      const { properties = {} } = ("configSchema" in policy ? policy.configSchema : {}) as Partial<PolicyConfigSchema>;
      const options = Object.entries(properties);
      if (options.length === 0) return assert.equal(config, "none");
      for (const [option, schema] of options)
        assert.ok(
          config.includes(
            `\`${option}\`: \`${JSON.stringify((schema as { default?: unknown }).default).replaceAll(",", ", ")}\``,
          ),
          option,
        );
    });
});

/** The files of the root's stacks, whoever has written into them. Their content is tested on a copy (tests/support/environments/). */
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, it } from "vitest";
import { parse } from "yaml";
import { checkStackValues, formatPath } from "../../onboarding/index.ts";
import type { StackValue } from "../../onboarding/index.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { shippedFile, shippedStacks } from "../support/environments/index.ts";
import { pathOf } from "../support/documents.ts";
import { readStackFile } from "../support/stackFile.ts";

const project = parse(readFileSync(pathOf("Pulumi.yaml"), "utf8")) as {
  name: string;
  config: Record<string, { default?: unknown }>;
};

/** A value as the engine hands it to the program. */
function valueOf(value: unknown): StackValue {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return { text, isSecret: typeof value === "object" && value !== null && "secure" in value };
}

/** What the program finds wrong with a stack's file, and the defaults of Pulumi.yaml below it. */
function problemsOf(text: string): string[] {
  const defaults = Object.entries(project.config).flatMap(([key, value]) =>
    value.default === undefined ? [] : [[`${project.name}:${key}`, value.default] as const],
  );
  const values = new Map<string, unknown>([...defaults, ...Object.entries(readStackFile(text).config ?? {})]);
  const { problems } = checkStackValues(
    project.name,
    [...values].map(([key, value]) => [key, valueOf(value)] as const),
  );
  return problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

describe("a stack's file of the root", () => {
  for (const file of globSync("Pulumi.*.yaml", { cwd: root }).sort())
    it(`${file} is accepted by the program`, () =>
      assert.deepEqual(problemsOf(readFileSync(pathOf(file), "utf8")), []));

  // Nothing in a clone distinguishes this repository from an adopter's. So a difference is no failure: each run reports it as a skipped test.
  for (const stack of shippedStacks)
    it(`Pulumi.${stack}.yaml is the one that is tested on the local cloud`, (test) => {
      const [own = "", tested] = [pathOf(`Pulumi.${stack}.yaml`), shippedFile(stack)].map((path) =>
        existsSync(path) ? readFileSync(path, "utf8") : undefined,
      );
      if (own === tested) return;
      test.skip(
        `it has other content than tests/support/environments/Pulumi.${stack}.yaml, as yours may; the files shipped with customer-care are copied there`,
      );
    });
});

describe("the check of them", () => {
  const file = (lines: string) => `config:\n${lines}`;

  it("takes what an adopter writes", () => {
    const texts = [
      "encryptionsalt: v1:abc",
      file("  customer-care:organization: { domain: acme.com, administrators: ['group:ops@acme.com'] }"),
      file("  gcp:essentialContactsCustomEndpoint: http://127.0.0.1:41953/\n  gcp:accessToken: { secure: AAAB }"),
      file(`  customer-care:projects: '{"acme-dev":{"editors":["user:ada@acme.com"]}}'`),
    ];
    for (const text of texts) assert.deepEqual(problemsOf(text), [], text);
  });

  it("refuses what the program would", () => {
    const bad = {
      "  customer-care:projects: { acme-dev: { editor: [] } }": /acme-dev\.editor: /,
      "  customercare:projects: {}": /write customer-care:projects/,
      "  customer-care:projects: { secure: AAAB }": /is a secret/,
    };
    for (const [lines, message] of Object.entries(bad)) {
      const [problem = ""] = problemsOf(file(lines));
      assert.match(problem, message);
    }
  });
});

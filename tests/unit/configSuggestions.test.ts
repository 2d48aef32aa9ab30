/** The value that an error suggests can be copied, and a key that nobody reads is an error. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { check, checkStackValues } from "../../onboarding/index.ts";

const messagesOf = (document: unknown) => check(document).problems.map(({ message }) => message);

const long = fc.integer({ min: 130, max: 400 }).map((length) => "a".repeat(length));

describe("a suggestion", () => {
  const project = (own: object) => ({ plan: "enhanced", projects: { "shop-dev": own } });
  const pool = "iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/shop";

  it("is whole, however long it is", () => {
    fc.assert(
      fc.property(long, (name) => {
        for (const [document, suggestion] of [
          [project({ editors: `principal://${pool}/subject/${name}` }), `principal://${pool}/subject/${name}`],
          [
            project({ contacts: [`${name.slice(0, 60)}@${"sub.".repeat(30)}example.com`] }),
            `${"sub.".repeat(30)}example.com`,
          ],
          [{ ...project({}), testCase: { project: "shop-dev", displayName: `Line\n${name}` } }, `write "Line ${name}"`],
        ] as const) {
          const text = messagesOf(document).join("\n");
          assert.ok(text.includes(suggestion), text);
        }
      }),
    );
  });
});

describe("an unknown key of a stack's config", () => {
  it("is an error whatever is under it, nothing too", () => {
    for (const text of ["", "{}", "[]", "null", '{"a":{}}', "text"])
      for (const key of ["fodlers", "project", "another"]) {
        const { problems } = checkStackValues("customer-care", [
          ["customer-care:plan", { text: "enhanced", isSecret: false }],
          [`customer-care:${key}`, { text, isSecret: false }],
        ]);
        assert.deepEqual(
          problems.map(({ path }) => path),
          [[key]],
          text,
        );
        assert.match(problems[0]?.message ?? "", /is not a key here/);
      }
  });
});

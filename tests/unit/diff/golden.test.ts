/**
 * What `care diff` writes of each preview that Pulumi's engine was recorded with, word by word.
 * To accept a change: UPDATE_SNAPSHOT=1 npx vitest tests/unit/diff/golden.test.ts
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "vitest";
import { jsonOf, kindCounts } from "../../../care/diff/json.ts";
import { changeKinds } from "../../../care/diff/kinds.ts";
import { markdownOf } from "../../../care/diff/markdown.ts";
import { namedDiffs } from "../../../care/diff/namedDiffs.ts";
import { readPreviews } from "../../../care/diff/readPreviews.ts";
import { markdownFile, readRecording } from "../../support/previews/recordings.ts";
import { noRefreshes, refreshes, scenarios } from "../../support/previews/scenarios.ts";

const diffsOf = (name: string) => {
  const place = `${name}.json`;
  return namedDiffs(
    readPreviews(readRecording({ name }), place).map((preview) => ({ preview, place, stack: undefined })),
  );
};

const kindsIn = (name: string) => kindCounts(diffsOf(name));

describe("the preview", () => {
  for (const scenario of scenarios)
    it(`${scenario.name} is explained as before`, () => {
      const markdown = markdownOf(diffsOf(scenario.name), 65_000);
      if (process.env["UPDATE_SNAPSHOT"] !== undefined) writeFileSync(markdownFile(scenario), markdown);
      assert.equal(markdown, readFileSync(markdownFile(scenario), "utf8"));
    });

  it("is explained in the same way for a stream and a digest", () => {
    for (const name of ["first-up", "contact-removed", "failed", "landing-zone", "other-grants", "claimed-twice"])
      assert.deepEqual(jsonOf(diffsOf(`${name}-streamed`)), jsonOf(diffsOf(name)), name);
  });
});

describe("docs/reference/diff.md", () => {
  const text = readFileSync(new URL("../../../docs/reference/diff.md", import.meta.url), "utf8");
  it("shows the text about an added administrator", () => {
    const quoted = markdownOf(diffsOf("administrator-added"), 65_000)
      // The name of the recorded stack; the page's commands are for `org`.
      .replace("## Stack `test`", "## Stack `org`")
      .trimEnd()
      .replace(/^/gm, "> ")
      .replace(/ +$/gm, "");
    assert.ok(text.includes(quoted), quoted);
  });
  it("has each kind, as the help describes it", () => {
    const rows = text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    for (const [name, { description }] of Object.entries(changeKinds))
      assert.ok(
        rows.some(([, kind, what]) => kind === `\`${name}\`` && what === description),
        name,
      );
  });
});

describe("a secret of a landing zone", () => {
  const names = scenarios.map(({ name }) => name).filter((name) => name.startsWith("landing-zone"));
  it("is in the engine's output, in IDs and in what it debugs", () =>
    assert.ok(names.some((name) => readRecording({ name }).includes("hidden@example.com"))));
  it("is not shown", () => {
    for (const name of names) {
      const diffs = diffsOf(name);
      assert.doesNotMatch(markdownOf(diffs, 65_000) + JSON.stringify(jsonOf(diffs)), /hidden@example/);
    }
  });
});

describe("the kinds of the preview", () => {
  const expected: Readonly<Record<string, ReturnType<typeof kindsIn>>> = {
    "nothing-changes": {},
    "grant-removed": { delete: 1 },
    "administrator-added": { "admin-grant": 1, organization: 1 },
    "administrator-removed": { "admin-removal": 1, organization: 1, delete: 1 },
    "contact-removed": { organization: 1, delete: 1 },
    "last-contact-removed": { "last-contact": 2, organization: 5, delete: 2 },
    "project-added": { external: 2 },
    // Its service stays enabled: only the grant is removed.
    "project-removed": { delete: 1 },
    "case-description-changed": { external: 1, "case-close": 1, replace: 1 },
    "case-kept-open": { replace: 1 },
    "case-closed": { "case-close": 1 },
    "case-removed": { "case-close": 1 },
    "case-changed": { external: 1 },
    "real-case": { external: 1, "real-case": 1 },
    drift: { organization: 1, drift: 2 },
    destroyed: { "case-close": 1 },
    "other-grants": {
      unknown: 1,
      external: 7,
      "admin-grant": 5,
      "admin-removal": 1,
      "privileged-grant": 1,
      organization: 4,
      delete: 3,
    },
    "landing-zone": { unknown: 1, external: 4, "privileged-grant": 1 },
    "landing-zone-contact-removed": { "last-contact": 1, delete: 1 },
    "landing-zone-contact-removed-sames-shown": { delete: 1 },
  };
  for (const [name, kinds] of Object.entries(expected))
    it(`${name} are ${Object.keys(kinds).join(", ") || "none"}`, () => assert.deepEqual(kindsIn(name), kinds));
});

describe("a recording", () => {
  for (const scenario of [...scenarios, ...refreshes, ...noRefreshes])
    it(`${scenario.name} contains no path of a machine`, () =>
      assert.doesNotMatch(readRecording(scenario), /(?<![\w.])\/(tmp|root|home|Users)\/|127\.0\.0\.1|localhost/));
});

/** A tag is released only if each version and the changelog agree with it. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { components } from "../../tools/pack/index.ts";
import { releaseOf } from "../../tools/release/release.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { SetUpError } from "../../tools/setup/bootstrap/setUpError.mjs";

const changelog = `# Changelog

## [Unreleased]

## [0.2.0] - 2026-12-24

### Added

- [A page](docs/how-to/case.md#read), and [another](https://example.com/), at [one place](#here).

## [0.1.0] - 2026-11-29
`;
const repository = "https://github.com/octo-org/customer-care";
const versions = new Map([
  ["package.json", "0.2.0"],
  ["care/package.json", "0.2.0"],
]);

const now = new Date("2026-12-24T12:00:00Z");
const sources = { tag: "v0.2.0", versions, changelog, repository, now };

describe("a release", () => {
  it("has the section of the changelog as its notes, with links that work on its page", () => {
    expect(releaseOf(sources)).toEqual({
      version: "0.2.0",
      notes: `### Added

- [A page](${repository}/blob/v0.2.0/docs/how-to/case.md#read), and [another](https://example.com/), at [one place](#here).`,
    });
  });

  it("is refused with each reason", () => {
    expect(() => releaseOf({ ...sources, tag: "v0.1.0" })).toThrow(
      [
        "package.json: the version is 0.2.0, but the tag is v0.1.0.",
        "care/package.json: the version is 0.2.0, but the tag is v0.1.0.",
        'CHANGELOG.md: there is no section "## [0.1.0] - DATE" with text.',
        "CHANGELOG.md: 0.2.0 is already there, and 0.1.0 is an earlier version.",
      ].join("\n"),
    );
  });

  const own = "## [0.2.0] - 2026-12-24";
  const noSection = 'there is no section "## [0.2.0] - DATE" with text.';
  const refused: Readonly<Record<string, { readonly with: string; readonly problem: string }>> = {
    "one entry that is not released": {
      with: changelog.replace("[Unreleased]", "[Unreleased]\n\n### Fixed\n\n- A fault."),
      problem: "[Unreleased] still has 1 entry; move it into the section of 0.2.0.",
    },
    "two entries that are not released": {
      with: changelog.replace("[Unreleased]", "[Unreleased]\n\n### Fixed\n\n- A fault.\n- Another."),
      problem: "[Unreleased] still has 2 entries; move them into the section of 0.2.0.",
    },
    "no section": { with: changelog.replace("[0.2.0]", "[0.1.5]"), problem: noSection },
    "a section without a date": { with: changelog.replace(" - 2026-12-24", ""), problem: noSection },
    "a section without text": { with: `# Changelog\n\n${own}\n\n## [0.1.0] - 2026-11-29\n`, problem: noSection },
    "two sections": { with: `${changelog}\n${own}\n\nText.\n`, problem: "there are two sections of 0.2.0." },
    "a later version": {
      with: changelog.replace(own, `## [0.10.0] - 2026-12-23\n\n${own}`),
      problem: "0.10.0 is already there, and 0.2.0 is an earlier version.",
    },
    "a date in the future": {
      with: changelog.replace("2026-12-24", "2026-12-26"),
      problem: "the section of 0.2.0 has a date in the future, 2026-12-26; write today's.",
    },
    ...Object.fromEntries(
      ["2026-02-30", "2026-13-01", "24 December", "20261224", "DATE"].map((date) => [
        `the date ${date}`,
        {
          with: changelog.replace("2026-12-24", date),
          problem: `the section of 0.2.0 has the date "${date}"; write a day such as 2026-12-24.`,
        },
      ]),
    ),
  };
  for (const [what, { with: changed, problem }] of Object.entries(refused))
    it(`is refused for a changelog with ${what}`, () => {
      expect(() => releaseOf({ ...sources, changelog: changed })).toThrow(new SetUpError(`CHANGELOG.md: ${problem}`));
    });

  it("can have the day of a place where it is tomorrow already", () => {
    expect(releaseOf({ ...sources, now: new Date("2026-12-23T11:00:00Z") }).version).toBe("0.2.0");
  });

  for (const tag of ["0.2.0", "v0.2", "v0.2.0-rc.1", "v00.2.0", "", undefined])
    it(`is refused for the tag ${String(tag)}`, () => {
      expect(() => releaseOf({ ...sources, tag })).toThrow(/write one such as v0\.2\.0\.$/);
    });
});

it("names its version in each document and example that installs it", () => {
  const version = components.manifest.version;
  const places = ["README.md", "CONTRIBUTING.md", "docs/**/*.md", "care/*.md", "examples/*/package.json"];
  const named = globSync(places, { cwd: root }).flatMap((path) =>
    [
      ...readFileSync(join(root, path), "utf8").matchAll(
        /customer-care(?:-cli)?(?:-|@|\.git#v|#v| resource customer-care )(\d+\.\d+\.\d+)/g,
      ),
    ].map(([, found]) => `${path}: ${found ?? ""}`),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((one) => !one.endsWith(` ${version}`))).toEqual([]);
});

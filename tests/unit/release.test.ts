/** A tag is released only if each version and the changelog agree with it. */
import { describe, expect, it } from "vitest";
import { releaseOf } from "../../tools/release/release.ts";

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

describe("a release", () => {
  it("has the section of the changelog as its notes, with links that work on its page", () => {
    expect(releaseOf({ tag: "v0.2.0", versions, changelog, repository })).toEqual({
      version: "0.2.0",
      notes: `### Added

- [A page](${repository}/blob/v0.2.0/docs/how-to/case.md#read), and [another](https://example.com/), at [one place](#here).`,
    });
  });

  it("is refused with each reason", () => {
    expect(() => releaseOf({ tag: "v0.1.0", versions, changelog, repository })).toThrow(
      [
        "package.json: the version is 0.2.0, but the tag is v0.1.0.",
        "care/package.json: the version is 0.2.0, but the tag is v0.1.0.",
        'CHANGELOG.md: there is no section "## [0.1.0] - DATE" with text.',
      ].join("\n"),
    );
  });

  for (const tag of ["0.2.0", "v0.2", "v0.2.0-rc.1", "", undefined])
    it(`is refused for the tag ${String(tag)}`, () => {
      expect(() => releaseOf({ tag, versions, changelog, repository })).toThrow(/write one such as v0\.2\.0\.$/);
    });
});

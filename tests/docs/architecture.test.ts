/** The walks of docs/explanation/architecture.md go from file to file as the imports do. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { describe, expect, it } from "vitest";
import { importsOf } from "../../tools/generate/architecture.ts";
import { pathOf } from "../support/documents.ts";

const page = "docs/explanation/architecture.md";

/** The source files of the numbered steps, by the heading that they are under. */
const walks = readFileSync(pathOf(page), "utf8")
  .split(/^## /m)
  .map((section) => ({
    title: section.split("\n", 1)[0] ?? "",
    files: [...section.matchAll(/(?<=^(?:\d+\.| {3,}).*)\]\((\.\.\/[^)]+\.ts)\)/gm)].map(([, url = ""]) =>
      join(dirname(page), url),
    ),
  }))
  .filter(({ files }) => files.length > 0);

/** What a file imports, directly or through the front door of a folder. */
function reachedBy(file: string): string[] {
  return importsOf(file).flatMap((path) => [path, ...(path.endsWith("/index.ts") ? importsOf(path) : [])]);
}

describe("each file of the walk, but for the first, is imported by one before it", () => {
  it("has two walks", () => expect(walks).toHaveLength(2));

  for (const { title, files } of walks)
    it(title, () => {
      const missed = files.filter(
        (file, index) =>
          index > 0 && !files.slice(0, index).some((before) => before === file || reachedBy(before).includes(file)),
      );
      expect(missed).toEqual([]);
    });
});

describe("a walk", () => {
  it("takes few files, the YAML not among them", () => {
    expect(walks.map(({ files }) => files.length)).toEqual([5, 11]);
  });

  it("goes through each room once, and never back", () => {
    for (const { files } of walks) {
      const rooms = files.map((file) => dirname(file)).filter((room, index, all) => room !== all[index - 1]);
      expect(rooms).toEqual([...new Set(rooms)]);
    }
  });
});

/** The pages are easy to find and to read: each is in a folder by its purpose, names its readers, and has short cells. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { changeKinds } from "../../care/diff/kinds.ts";
import { documents } from "../support/documents.ts";

const folders = ["docs/tutorial/", "docs/how-to/", "docs/reference/", "docs/explanation/"];

const longestCell = 120;

/** Texts of the program, which a page repeats. */
const ofProgram = new Set<string>(Object.values(changeKinds).map(({ description }) => description));

const words = /\b(anew|mend(s|ed|ing)?|in so many words|be had|is told|are told|put(s|ting)? (it|them|\w+) up)\b/i;

describe("a page of docs/", () => {
  for (const { path, text } of documents.filter((page) => page.path.startsWith("docs/")))
    it(path, () => {
      assert.ok(
        folders.some((folder) => path.startsWith(folder)),
        "it is in none of the four folders",
      );
      const [, first = ""] = /^(?:<!--.*-->\n\n)?# .+\n\n(.+)/.exec(text) ?? [];
      assert.match(first, /^For /, "the first line names the page's readers");
    });
});

describe("the cells and the words of", () => {
  for (const { path, text } of documents)
    it(path, () => {
      const cells = text
        .split("\n")
        .filter((line) => line.startsWith("|") && !/^\|[ |:-]+$/.test(line))
        .flatMap((line) => line.split("|").map((cell) => cell.trim().replace(/\]\([^)]*\)/g, "]")))
        .filter((cell) => cell.length > longestCell && !ofProgram.has(cell));
      assert.deepEqual(cells, []);
      assert.doesNotMatch(text, words);
    });
});

it("the README fits on a few screens", () => {
  const readme = documents.find(({ path }) => path === "README.md");
  assert.ok(readme !== undefined && readme.text.split("\n").length <= 250);
});

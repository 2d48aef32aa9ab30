/** The pages are easy to find and to read: each is in a folder by its purpose, names its readers, and has short cells. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { updatePermissions } from "../../guide/index.ts";
import { documents } from "../support/documents.ts";

const folders = ["docs/tutorial/", "docs/how-to/", "docs/reference/", "docs/explanation/"];

const longestCell = 120;

// A purpose of the guide's data, which the API reports have, keeps "outside of the console".
const words =
  /\b(anew|mend(s|ed|ing)?|in so many words|be had|is told|are told|outside of(?! the console)|put(s|ting)? (it|them|\w+) up)\b/i;

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
        // As it is written, with the addresses of its links.
        .flatMap((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
        .filter((cell) => cell.length > longestCell);
      assert.deepEqual(cells, []);
      assert.doesNotMatch(text, words);
    });
});

it("the README fits on a few screens", () => {
  const readme = documents.find(({ path }) => path === "README.md");
  assert.ok(readme !== undefined && readme.text.split("\n").length <= 250);
});

it("the README begins with its pictures, what the program creates and what it never does", () => {
  const readme = documents.find(({ path }) => path === "README.md");
  const [top = ""] = readme?.text.split("\n## Try it", 1) ?? [];
  const order = ["docs/images/overview.svg", "docs/images/report.png", "## What it creates", "## What it never does"];
  const positions = order.map((part) => top.indexOf(part));
  assert.deepEqual(
    positions.filter((at, index) => at <= (positions[index - 1] ?? 0)),
    [],
  );
});

it("the README's figures of speed are those of the page about performance", () => {
  const textOf = (page: string) => documents.find(({ path }) => path === page)?.text ?? "";
  const [, speed = ""] = /\n## Speed\n(.*?)\n## /s.exec(textOf("README.md")) ?? [];
  const figures = speed.match(/\d+\.\d+/g) ?? [];
  assert.ok(figures.length > 0);
  const measured = new Set(textOf("docs/explanation/performance.md").match(/\d+\.\d+/g));
  assert.deepEqual(
    figures.filter((figure) => !measured.has(figure)),
    [],
  );
});

it("the exit codes are in a table of one page", () => {
  const pages = documents.filter(({ text }) => /^\| *(exit )?code +\|/im.test(text)).map(({ path }) => path);
  assert.deepEqual(pages, ["docs/reference/care.md"]);
});

it("the page of roles has each role that an update needs", () => {
  const { text = "" } = documents.find(({ path }) => path === "docs/reference/credentials.md") ?? {};
  const [, sections = "", names = ""] = /\n## Roles\n.*?(\| section .*?)\n\n(.*)/s.exec(text) ?? [];
  const { grantRoles, ...others } = updatePermissions;
  for (const { role, displayName } of Object.values(others)) {
    assert.match(sections, new RegExp(`\\| [^|]*\\b${displayName}\\b[^|]* \\|`), displayName);
    assert.match(names, new RegExp(`^\\| ${displayName} +\\| \`${role}\` +\\|$`, "m"), role);
  }
  for (const { role, displayName } of Object.values(grantRoles))
    assert.match(names, new RegExp(`^\\| ${displayName} +\\| \`${role}\` +\\|$`, "m"), role);
});

/** Links lead somewhere: to a file of the repository, to a heading of a document, or to an https address. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "vitest";
import { documents, pathOf } from "../support/documents.ts";
import type { Document } from "../support/documents.ts";

describe("the links of", () => {
  for (const document of documents)
    it(document.path, () => {
      const broken = document.links.filter(({ url }) => !leadsSomewhere(document, url));
      assert.deepEqual(
        broken.map(({ url, line }) => `line ${String(line)}: ${url}`),
        [],
      );
    });
});

function leadsSomewhere(from: Document, url: string): boolean {
  if (/^[a-z]+:/.test(url)) return url.startsWith("https://");
  const [path = "", anchor] = url.split("#");
  const target = path === "" ? from.path : posix.join(posix.dirname(from.path), path);
  if (target.startsWith("../") || !existsSync(pathOf(target))) return false;
  return anchor === undefined || documents.some(({ path, anchors }) => path === target && anchors.has(anchor));
}

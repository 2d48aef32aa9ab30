/** Links lead somewhere: to a file of the repository, to a heading of a document, or to an https address. */
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { describe, it } from "vitest";
import { root } from "../../tools/setup/bootstrap/places.mjs";
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

it("lead to a document from each text of the program, too", () => {
  const rooms = "care,components,google,guide,onboarding,plugin,policy,text,tools";
  const sources = ["index.ts", ...globSync(`{${rooms}}/**/*.{ts,mjs,cjs,json,yaml}`, { cwd: root })];
  const named = sources.flatMap((file) =>
    [...readFileSync(pathOf(file), "utf8").matchAll(/docs\/[\w./-]+\.md/g)].map(([path]) => ({ file, path })),
  );
  assert.ok(named.length > 20, String(named.length));
  assert.deepEqual(
    named.filter(({ path }) => !existsSync(pathOf(path))),
    [],
  );
});

function leadsSomewhere(from: Document, url: string): boolean {
  if (/^[a-z]+:/.test(url)) return url.startsWith("https://");
  const [path = "", anchor] = url.split("#");
  const target = path === "" ? from.path : posix.join(posix.dirname(from.path), path);
  if (target.startsWith("../") || !existsSync(pathOf(target))) return false;
  return anchor === undefined || documents.some(({ path, anchors }) => path === target && anchors.has(anchor));
}

/** The documents use common abbreviations and plain English, and have no open tasks. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, it } from "vitest";
import { awkwardWords } from "../../tools/setup/plainEnglish.mjs";
import { documents, pathOf } from "../support/documents.ts";

const known = new Set([
  "API",
  "APIs",
  "BCP",
  "CDN",
  "CI",
  "CIS",
  "CLI",
  "GKE",
  "HTML",
  "HTTP",
  "REST",
  "TLS",
  "IAM",
  "IANA",
  "ID",
  "IDs",
  "JSON",
  "KMS",
  "RE2",
  "RFCs",
  "URL",
  "URN",
  "UTF",
  "VM",
  "YAML",
]);

/** Words in capitals that shorten nothing: letters, a guide row, a priority, a file of the repository. */
const isName = (word: string) =>
  /^([A-Z]|[GP][0-9])$/.test(word) || existsSync(pathOf(word)) || existsSync(pathOf(`${word}.md`));

describe("the words of", () => {
  for (const { path, text, prose } of documents)
    it(path, () => {
      const capitals = new Set(prose.match(/\b[A-Z][A-Z0-9]*s?\b/g) ?? []);
      assert.deepEqual(
        [...capitals].filter((word) => !known.has(word) && !isName(word)),
        [],
      );
      assert.doesNotMatch(text, /\b(TODO|FIXME|TBD|XXX)\b/);
      assert.deepEqual(
        awkwardWords(prose).map(({ found }) => found),
        [],
      );
    });
});

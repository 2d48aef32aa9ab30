/** No block escapes: each is in a language that is executed or checked, or has a reason why it is not. */
import assert from "node:assert/strict";
import { it } from "vitest";
import { blocks } from "../support/documents.ts";

/** How many blocks may be marked as not executed. */
const exceptions = 3;

it("each block is executed or checked, or has a reason why not", () => {
  // The programs in Python, Go and YAML are deployed by tests/languages. caseEvents.test.ts runs the one in JavaScript.
  const checked = ["yaml", "ts", "typescript", "js", "sh", "console", "python", "go"];
  const others = blocks.filter(({ language, notExecuted }) => !checked.includes(language) && notExecuted === undefined);
  assert.deepEqual(
    others.map(({ place, language }) => `${place} ${language}`),
    [],
  );
});

it("as many blocks as were agreed to are not executed", () => {
  const reasons = blocks.flatMap(({ place, notExecuted }) => (notExecuted === undefined ? [] : [place, notExecuted]));
  assert.equal(reasons.length / 2, exceptions, reasons.join("\n"));
});

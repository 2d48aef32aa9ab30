import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inWords, sum } from "../counts.ts";
import { chooseParts, parts, testFilesOf } from "../parts.ts";

describe("the choice of parts", () => {
  it("is all of them but the optional ones where none is named", () => {
    const left = parts.filter((part) => !chooseParts([]).includes(part));
    assert.deepEqual(
      left.map(({ name }) => name),
      ["mutations", "fleetScale"],
    );
  });

  it("is the named ones, in their own order", () => {
    assert.deepEqual(
      chooseParts(["contract", "unit"]).map(({ name }) => name),
      ["unit", "contract"],
    );
  });

  it("names the known ones where one is not", () => {
    assert.throws(() => chooseParts(["unit", "units"]), {
      message: `No such part of the tests: units. Known: ${parts.map(({ name }) => name).join(", ")}.`,
    });
  });

  it("finds this very file", () => {
    assert.ok(testFilesOf({ name: "setup", needsEngine: false }).includes("tests/setup/run.test.ts"));
    assert.deepEqual(testFilesOf({ name: "nowhere", needsEngine: false }), []);
  });
});

it("counts are told in one form", () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  assert.equal(inWords(sum(one, one)), "2 passed, 4 failed, 6 skipped");
});

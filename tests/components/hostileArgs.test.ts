/** What a program without types may pass, at each path of the schema: an error of the user's, without a stack trace, or nothing. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import * as pulumi from "@pulumi/pulumi";
import { onboardingOfArgs } from "../../onboarding/index.ts";
import type { CustomerCareArgs } from "../../components/index.ts";
import { other, pathsIn, sharded, whole, withValue } from "../support/wholeConfigs.ts";

const circle: Record<string, unknown> = {};
circle["self"] = circle;

const values: Readonly<Record<string, unknown>> = {
  null: null,
  NaN: NaN,
  "a big integer": 1n,
  "a symbol": Symbol("x"),
  "a function": () => undefined,
  "a class": class One {},
  "a date": new Date(0),
  "an invalid date": new Date(NaN),
  "a Map": new Map([["a", 1]]),
  "a Set": new Set([1]),
  "an error": new Error("x"),
  "a regular expression": /x/,
  bytes: new Uint8Array(2),
  "a boxed text": Object("x") as unknown,
  "a map without a prototype": Object.create(null) as unknown,
  "a list with a gap": Array(2),
  "a list of lists": [[[]]],
  "a key of JavaScript": JSON.parse('{"__proto__": {"x": 1}, "constructor": 1, "toString": 2}') as unknown,
  "half a character": "\ud800",
  "a NUL": "\0",
  "a long text": "x".repeat(100_000),
  "a circle": circle,
  "a Promise": Promise.resolve("x"),
  "an Output": pulumi.output("x"),
};

describe("a value of another type", () => {
  const all = [whole, other, sharded].flatMap((document) => pathsIn(document).map((path) => ({ document, path })));
  for (const [what, value] of Object.entries(values))
    it(`is an error of the user's at each path: ${what}`, () => {
      for (const { document, path } of [...all, { document: {}, path: [] }]) {
        const args = path.length === 0 ? value : withValue(document, path, value);
        try {
          onboardingOfArgs("care", args as CustomerCareArgs);
        } catch (error) {
          const where = `${path.join(".")}: ${(error as Error).stack ?? ""}`;
          assert.ok(pulumi.RunError.isInstance(error), where);
          assert.doesNotMatch(error.message, /\[object|\n\s+at /, where);
        }
      }
    });
});

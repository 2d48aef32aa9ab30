/** Properties of every config (onboarding/): the check never crashes, and order is not significant. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { check, ConfigError } from "../../onboarding/index.ts";
import type { Contacts } from "../../onboarding/index.ts";
import { notificationCategoryNames } from "../../guide/index.ts";
import {
  addresses,
  assertReadable,
  contacts,
  contactsOf,
  goodConfig,
  isMap,
  pathsIn,
  pick,
  put,
  valueAt,
} from "./configDocuments.ts";
import type { Document, Map } from "./configDocuments.ts";

function judge(document: unknown): void {
  const { config, problems } = check(document);
  assert.equal(config === undefined, problems.length > 0);
  assertReadable(problems);
}

const hostileKeys = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "a.b", "a\nb", "[0]", "0"];
const anything = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Document>;

describe("any document", () => {
  it("is judged without a crash", () => {
    fc.assert(fc.property(anything, judge));
  });

  it("is judged without a crash at each place of a config", () => {
    const keys = ["plan", "valueAddedServices", "organization", "folders", "projects", "testCase"];
    const loose = fc.dictionary(fc.constantFrom(...keys, ...hostileKeys), anything, { noNullPrototype: true });
    fc.assert(fc.property(loose, judge));
  });

  it("is judged without a crash when it was a good config before some of it was changed", () => {
    const change = fc.record({
      kind: fc.constantFrom("replace", "delete", "insert"),
      at: fc.nat(),
      key: fc.oneof(fc.constantFrom(...hostileKeys), fc.string()),
      value: anything,
    });
    fc.assert(
      fc.property(goodConfig, fc.array(change, { minLength: 1, maxLength: 5 }), (config, changes) => {
        for (const { kind, at, key, value } of changes) {
          const path = pick(pathsIn(config), at);
          if (path === undefined) continue;
          const parent = valueAt(config, path.slice(0, -1));
          const target = valueAt(config, path);
          if (kind === "replace") put(config, path, value);
          else if (kind === "delete" && Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
          else if (kind === "delete") delete (parent as Map)[String(path.at(-1))];
          else if (Array.isArray(target)) target.push(value);
          else if (isMap(target)) put(config, [...path, key], value);
        }
        judge(config);
      }),
      { numRuns: 300 },
    );
  });
});

/** The same document, its maps and lists in another order. */
function shuffled(document: Document): fc.Arbitrary<Document> {
  if (typeof document !== "object" || document === null) return fc.constant(document);
  if (Array.isArray(document)) return fc.shuffledSubarray(document, { minLength: document.length });
  const entries = Object.entries(document);
  return fc
    .tuple(...entries.map(([key, child]) => fc.tuple(fc.constant(key), shuffled(child))))
    .chain((shuffledEntries) => fc.shuffledSubarray(shuffledEntries, { minLength: entries.length }))
    .map((inOrder) => Object.fromEntries(inOrder));
}

describe("the order of a config", () => {
  it("means nothing to its contacts, which are sorted, each once", () => {
    const pair = contacts("any").chain((one) => fc.tuple(fc.constant(one), shuffled(one)));
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const found = contactsOf(one);
        assert.deepEqual(contactsOf(other as Contacts), found);
        const emails = found.map(({ email }) => email);
        assert.deepEqual(emails, [...new Set(emails)].sort());
        for (const { categories } of found)
          assert.deepEqual(
            categories,
            notificationCategoryNames.filter((name) => categories.includes(name)),
          );
      }),
    );
  });

  it("means nothing to whether it is written by category or by address", () => {
    const byCategory = fc.dictionary(fc.constantFrom(...notificationCategoryNames), fc.subarray(addresses("any")));
    fc.assert(
      fc.property(byCategory, (written) => {
        const found = contactsOf(written);
        const byAddress = Object.fromEntries(found.map(({ email, ...details }) => [email.toUpperCase(), details]));
        assert.deepEqual(contactsOf(byAddress), found);
      }),
    );
  });

  it("does not affect its errors", () => {
    const spoilt = fc.tuple(goodConfig, fc.nat()).map(([config, at]) => {
      // Not in a list, whose indexes are part of the error.
      const keys = pathsIn(config).filter((path) => typeof path.at(-1) === "string");
      put(config, pick(keys, at) ?? ["plan"], null);
      return config;
    });
    const pair = spoilt.chain((one) => fc.tuple(fc.constant(one), shuffled(one)));
    const linesOf = (document: Document) => new ConfigError("", check(document).problems).message.split("\n").sort();
    fc.assert(fc.property(pair, ([one, other]) => assert.deepEqual(linesOf(other), linesOf(one))));
  });

  it("does not affect the example of a test case without a value", () => {
    const messagesFor = (projects: readonly string[]) =>
      check({
        plan: "enhanced",
        projects: Object.fromEntries(projects.map((id) => [id, {}])),
        testCase: null,
      }).problems.map(({ message }) => message);
    assert.match(messagesFor(["shop-dev", "pay-dev"]).join(), /write \{project: pay-dev\}/);
    assert.deepEqual(messagesFor(["shop-dev", "pay-dev"]), messagesFor(["pay-dev", "shop-dev"]));
  });
});

describe("a config without a mistake", () => {
  it("is accepted, and is accepted again as it was returned", () => {
    fc.assert(
      fc.property(goodConfig, (written) => {
        const { config, problems } = check(written);
        assert.deepEqual(problems, []);
        assert.deepEqual(check(config), { config, problems: [] });
      }),
    );
  });
});

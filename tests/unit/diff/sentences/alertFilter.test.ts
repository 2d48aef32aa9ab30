/** The filter of an alert, as `care diff` understands it. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import fc from "fast-check";
import { incidentFilterOf, isNarrower } from "../../../../care/diff/alertFilter.ts";
import { alertEventNames, alertFilter, relevanceNames, relevances } from "../../../../guide/index.ts";
import { compileLoggingQuery } from "../../../../tools/localCloud/loggingQuery.ts";
import { alertPolicy } from "../../../support/previews/alerts.ts";
import { step, types } from "../../../support/previews/steps.ts";
import { changesOf } from "./changes.ts";

describe("the filter of an alert", () => {
  it("is understood as the program writes it, whatever the values are", () =>
    fc.assert(
      fc.property(
        fc.record({
          on: fc.constantFrom(...alertEventNames),
          products: fc.uniqueArray(fc.string({ minLength: 1, unit: "binary" }), { maxLength: 3 }),
          locations: fc.subarray(["europe-west1", "us-central1", "global"]),
          relevance: fc.subarray([...relevanceNames]),
        }),
        ({ on, ...lists }) => {
          fc.pre(!lists.products.some((product) => /\[secret\]|04da6b54/.test(product)));
          assert.deepEqual(incidentFilterOf(alertFilter({ on, ...lists })), {
            onlyNew: on === "new-incidents",
            ...lists,
          });
        },
      ),
    ));

  it("is narrower only if an incident no longer matches in the local cloud", () => {
    const words = ["a", "b", "aa", "ab", "ba", "aab", "bab"];
    const places = ["europe-west1", "europe-west1-b", "europe-west10", "europe", "us"];
    const relevance = relevanceNames.slice(0, 2);
    const cases = ["c", ...words].flatMap((product) =>
      ["global", ...places].flatMap((location) =>
        relevanceNames.slice(0, 3).flatMap((one) =>
          ["true", "false"].map((isNew) => ({
            resource: { type: "servicehealth.googleapis.com/Event" },
            labels: { "servicehealth.googleapis.com/new_event": isNew },
            jsonPayload: {
              "@type": "type.googleapis.com/google.cloud.servicehealth.logging.v1.EventLog",
              category: "INCIDENT",
              impactedProducts: `['${product}']`,
              impactedLocations: `['${location}']`,
              relevance: relevances[one].apiName,
            },
          })),
        ),
      ),
    ) as unknown as Parameters<ReturnType<typeof compileLoggingQuery>>[0][];
    const filter = fc.record({
      on: fc.constantFrom(...alertEventNames),
      products: fc.uniqueArray(fc.mixedCase(fc.constantFrom(...words)), { maxLength: 3 }),
      locations: fc.subarray(places, { maxLength: 2 }),
      relevance: fc.subarray(relevance),
    });
    const understood = (text: string) => incidentFilterOf(text) ?? assert.fail(text);
    fc.assert(
      fc.property(filter, filter, fc.boolean(), (before, other, hasOneChange) => {
        const after = hasOneChange ? { ...before, products: other.products } : other;
        const [from, to] = [alertFilter(before), alertFilter(after)];
        const [wasMatched, isMatched] = [compileLoggingQuery(from), compileLoggingQuery(to)];
        const isLess = cases.some((event) => wasMatched(event) && !isMatched(event));
        assert.equal(isNarrower(understood(from), understood(to)), isLess);
      }),
    );
  });

  it("is not understood with a location that is any other expression", () => {
    for (const expression of ["europe", ".*", "(^|[^a-z0-9-])(europe.*)([^a-z0-9]|$)", "europe-west1"]) {
      const after = alertPolicy([], `jsonPayload.impactedLocations=~"${expression}"`);
      const [change] = changesOf(step("create", types.alertPolicy, { after }));
      assert.deepEqual(change?.kinds, ["unknown"]);
      assert.match(change?.text ?? "", /does not know/);
    }
  });
});

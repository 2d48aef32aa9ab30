/** What the tests of Cloud Support v2 share: Google's own client, and the guide's test case. */
import assert from "node:assert/strict";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import { organization } from "../localCloud.ts";
import type { LocalCloud } from "../localCloud.ts";

export const { cases, caseClassifications, media } = new cloudsupport_v2.Cloudsupport({});

export const shop = "projects/shop-dev";
export const seededCase = "projects/shop-dev/cases/43595344";

export const computeEngineId =
  "100IK2AKCLHMGRJ9CDGMOCGP8DM6UTB4BT262T31BT1M2T31DHNMENPO6KS36CPJ786L2TBFEHGN6NPI64R3CDHN8880G08I1H3MURR7DHII0GRCDTQM8";

/** The guide's test case. */
export const guideCase: cloudsupport_v2.Schema$Case = {
  displayName: "Test issue",
  description: "Test message",
  classification: { id: computeEngineId },
  priority: "P4",
  testCase: true,
};

/** Creates and searches cases as the operator. */
export const casesIn = (local: LocalCloud) => ({
  createCase: async (change: cloudsupport_v2.Schema$Case = {}, parent = shop): Promise<string> => {
    const { data } = await cases.create({ parent, requestBody: { ...guideCase, ...change } }, local.as("operator"));
    return data.name ?? assert.fail("a case without a name");
  },

  found: async (query: string, parent = organization): Promise<(string | null | undefined)[]> => {
    const { data } = await cases.search({ parent, query }, local.as("operator"));
    return (data.cases ?? []).map(({ displayName }) => displayName);
  },
});

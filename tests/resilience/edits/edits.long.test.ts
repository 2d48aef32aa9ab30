/** The same as edits.test.ts, for more configs: CUSTOMER_CARE_EDITS pairs from the seed CUSTOMER_CARE_EDITS_SEED. */
import { describe, expect, it } from "vitest";
import { walks } from "./walks.ts";

const { CUSTOMER_CARE_EDITS: pairs = "300", CUSTOMER_CARE_EDITS_SEED: seed = "101" } = process.env;

describe("an edited config, for long", () => {
  it(
    "leaves the cloud that it would have created alone, and an empty preview",
    async ({ annotate }) => {
      const { findings, lines } = await walks({ pairs: Number(pairs), seed: Number(seed) });
      for (const line of lines) await annotate(line);
      expect(findings).toEqual([]);
    },
    360 * 60_000,
  );
});

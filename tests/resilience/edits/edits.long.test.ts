/** The same as edits.test.ts, for more configs: CUSTOMER_CARE_EDITS pairs from the seed CUSTOMER_CARE_EDITS_SEED. */
import { describe, expect, it } from "vitest";
import { integerFrom } from "../../support/integerFrom.ts";
import { walks } from "./walks.ts";

describe("an edited config, for long", () => {
  it("leaves the cloud that it would have created alone, and an empty preview", async ({ annotate }) => {
    const [pairs, seed] = [integerFrom("CUSTOMER_CARE_EDITS", 300), integerFrom("CUSTOMER_CARE_EDITS_SEED", 101)];
    const { findings, lines } = await walks({ pairs, seed });
    for (const line of lines) await annotate(line);
    expect(findings).toEqual([]);
  });
});

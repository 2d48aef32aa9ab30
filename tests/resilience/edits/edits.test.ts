/** For random configs A and B, the cloud after A and then B is the cloud after B alone, or the preview of B refuses. */
import { describe, expect, it } from "vitest";
import { walks } from "./walks.ts";

describe("an edited config", () => {
  it("leaves the cloud that it would have created alone, and an empty preview", async ({ annotate }) => {
    const { findings, lines } = await walks({ pairs: 20, seed: 1 });
    for (const line of lines) await annotate(line);
    expect(findings).toEqual([]);
  });
});

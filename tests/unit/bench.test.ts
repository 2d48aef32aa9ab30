import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { plot } from "../../bench/plot.ts";
import type { Measurement } from "../../bench/round.ts";
import { spread } from "../../bench/statistics.ts";
import { ratioOf, tables } from "../../bench/table.ts";

const measured = (contender: string, elapsed: number, round = 1): Measurement => ({
  ...{ projects: 100, contender, round, operation: "update", elapsed, cpu: 1, memory: 2 ** 20 },
  requests: { ListServices: 3, EnableService: 1 },
});

describe("the benchmark", () => {
  it("takes the median of an even number of rounds between the middle two", () => {
    assert.deepEqual(spread([4, 1, 3, 2]), { min: 1, median: 2.5, max: 4 });
    assert.deepEqual(spread([5]), { min: 5, median: 5, max: 5 });
  });

  it("says a ratio to Terraform, and whether the goal is met", () => {
    const fast = [measured("one stack", 9), measured("Terraform", 10)];
    assert.equal(ratioOf(fast, "one stack", 100, "update"), 0.9);
    assert.match(tables(fast), /one stack .* 0\.90 .* 1: met/);
    assert.match(tables([measured("one stack", 11), measured("Terraform", 10)]), / 1\.10 .* 1: missed/);
  });

  it("says no ratio where Terraform was not measured", () => {
    const alone = [measured("one stack", 9)];
    assert.equal(ratioOf(alone, "one stack", 100, "update"), undefined);
    assert.doesNotMatch(tables(alone), /: met|: missed|NaN/);
  });

  it("counts the requests by method", () => {
    assert.match(tables([measured("one stack", 9)]), / 4 .*EnableService 1|ListServices 3, EnableService 1/);
  });

  it("draws who grows how", () => {
    const svg = plot([measured("one stack", 9), measured("Terraform", 10)]);
    assert.match(svg, /^<svg [^]*one stack[^]*Terraform[^]*<\/svg>$/);
  });
});

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { CommanderError } from "commander";
import { BenchError, measure } from "../../tools/bench/measure.ts";
import { benchCommand } from "../../tools/bench/options.ts";
import { plot } from "../../tools/bench/plot.ts";
import type { Measurement } from "../../tools/bench/round.ts";
import { sectionOf } from "../../tools/bench/published.ts";
import { spread, ratioOf, tables } from "../../tools/bench/table.ts";

const measured = (contender: string, elapsed: number, round = 1): Measurement => ({
  projects: 100,
  contender,
  round,
  operation: "update",
  elapsed,
  cpu: 1,
  memory: 2 ** 20,
  requests: { ListServices: 3, EnableService: 1 },
});

describe("the benchmark", () => {
  it("takes the median of an even number of rounds between the middle two", () => {
    assert.deepEqual(spread([4, 1, 3, 2]), { min: 1, median: 2.5, max: 4 });
    assert.deepEqual(spread([5]), { min: 5, median: 5, max: 5 });
  });

  it("reports a ratio to Terraform, and whether the goal is met", () => {
    const fast = [measured("one stack", 9), measured("Terraform", 10)];
    assert.equal(ratioOf(fast, "one stack", 100, "update"), 0.9);
    assert.match(tables(fast), /one stack .* 0\.90 .* 1 × Terraform: met/);
    assert.match(tables([measured("one stack", 11), measured("Terraform", 10)]), / 1\.10 .* 1 × Terraform: missed/);
  });

  it("reports no ratio where Terraform was not measured", () => {
    const alone = [measured("one stack", 9)];
    assert.equal(ratioOf(alone, "one stack", 100, "update"), undefined);
    assert.doesNotMatch(tables(alone), /: met|: missed|NaN/);
  });

  it("reports whether a goal of growth is met", () => {
    const of = (projects: number, elapsed: number) => ({ ...measured("fleet", elapsed), projects });
    assert.match(tables([of(1000, 109)]), / 1\.1 × linear from 100 /);
    assert.match(tables([of(100, 10), of(1000, 109)]), / 1\.1 × linear from 100: met/);
    assert.match(tables([of(100, 9), of(1000, 109)]), / 1\.1 × linear from 100: missed/);
  });

  it("publishes the median and the spread of each size, and both ratios to Terraform", () => {
    const measurements = [
      measured("one stack", 9, 1),
      measured("one stack", 12, 2),
      measured("one stack", 10, 3),
      ...[1, 2, 3].map((round) => ({ ...measured("Terraform", 20, round), cpu: 4 })),
    ];
    const text = sectionOf({ projects: 100, date: "2026-11-30", machine: "2 × X", conditions: "Busy.", measurements });
    assert.match(text, /^## 100 projects\n\n2026-11-30, 3 rounds, `2 × X`\. Busy\.\n\n\| operation /);
    assert.match(text, /\n\| update \| one stack \| 10\.0 \(9\.0 to 12\.0\) \| 1\.0 \| 1 \| 0\.50 \| 0\.25 \| 1 \|\n/);
    assert.match(text, /\n\| update \| Terraform \| 20\.0 \(20\.0 to 20\.0\) \| 4\.0 \| 1 \|(?: {2}\|){3}$/);
  });

  it("counts the requests by method", () => {
    assert.match(tables([measured("one stack", 9)]), / 4 .*EnableService 1|ListServices 3, EnableService 1/);
  });

  it("draws who grows how", () => {
    const svg = plot([measured("one stack", 9), measured("Terraform", 10)]);
    assert.match(svg, /^<svg [^]*one stack[^]*Terraform[^]*<\/svg>$/);
  });

  it("refuses what cannot be measured, before anything begins", async () => {
    const refused = async (...args: readonly string[]) => {
      let output = "";
      const command = benchCommand(() => assert.fail("it began"));
      command.exitOverride().configureOutput({ writeErr: (text) => (output += text) });
      await assert.rejects(command.parseAsync(args, { from: "user" }), CommanderError);
      return output;
    };
    for (const option of ["--sizes", "--rounds", "--parallelism"])
      assert.match(await refused(option, "0"), /^error: .*"0" is not a whole number from 1, such as 3\n$/);
    assert.match(await refused("--latency", "99999999999"), /is not a whole number up to 60000, such as 50\n$/);
    assert.equal(
      await refused("--who", "fleet,Nomad"),
      "error: --who: Nomad; write one or more of one stack,one stack with alerts,fleet\n",
    );
    assert.match(
      await refused("--terraform-provider", "nowhere"),
      /^error: --terraform-provider: there is no terraform-provider-google-beta in .*nowhere\n$/,
    );
  });

  it("reports the output of a command that fails, without a trace", async () => {
    const log = join(tmpdir(), `bench-${String(process.pid)}.txt`);
    const failing = { file: "false", args: ["x"], directory: ".", environment: process.env, log };
    await assert.rejects(measure(failing), new BenchError(`false x exited with 1; see ${log}.`));
    rmSync(log, { force: true });
  });
});

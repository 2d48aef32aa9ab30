/**
 * For random configs A and B, the cloud after A and then B is the cloud after B alone, or the preview of B refuses. So many
 * pairs as CUSTOMER_CARE_EDITS says; the seeds of the walks follow the one that CUSTOMER_CARE_EDITS_SEED says.
 */
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { run } from "../../local/setup/bootstrap/process.mjs";
import { engineFromEnvironment } from "../engineFromEnvironment.ts";
import type { Finding } from "./walk.ts";

interface Walk {
  readonly pairs: number;
  readonly refused: number;
  readonly findings: readonly Finding[];
}

const pairs = Number(process.env["CUSTOMER_CARE_EDITS"] ?? "20");
const firstSeed = Number(process.env["CUSTOMER_CARE_EDITS_SEED"] ?? "1");
/** A chain of edits shows what comes of one after the other; many chains begin from other configs. */
const longestWalk = 25;

describe("an edited config", () => {
  const walks: Walk[] = [];

  after(() => {
    const sum = (count: (walk: Walk) => number) => walks.map(count).reduce((one, other) => one + other, 0);
    const found = (kind: Finding["kind"]) => sum(({ findings }) => findings.filter((one) => one.kind === kind).length);
    console.log(
      `edits: seeds from ${String(firstSeed)}, ${String(sum(({ refused }) => refused))} refused by the preview`,
    );
    console.log(
      `edits: ${String(sum((walk) => walk.pairs))} pairs, ${String(found("lost"))} lost, ${String(found("stuck"))} stuck, ${String(found("surprising"))} surprising`,
    );
  });

  it("leaves the cloud that it would have made alone, and an empty preview", async () => {
    await engineFromEnvironment();
    const workers = Math.min(availableParallelism(), 4);
    const each = Math.min(longestWalk, Math.ceil(pairs / workers));
    const sizes = Array.from({ length: Math.ceil(pairs / each) }, (_, index) => Math.min(each, pairs - index * each));
    const left = sizes.map((size, index) => ({ size, seed: firstSeed + index }));
    const work = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const { code, stdout, stderr } = await run(process.execPath, [
          join(import.meta.dirname, "walk.ts"),
          String(next.seed),
          String(next.size),
        ]);
        assert.equal(code, 0, `seed ${String(next.seed)}: ${stderr}`);
        walks.push(JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Walk);
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
    const findings = walks.flatMap((walk) => walk.findings);
    assert.deepEqual(findings, [], JSON.stringify(findings, undefined, 1));
    assert.equal(
      walks.reduce((all, walk) => all + walk.pairs, 0),
      pairs,
    );
  });
});

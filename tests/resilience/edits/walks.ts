/** Walks through random configs, so many at a time as there are processors. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { run } from "../../../tools/setup/bootstrap/process.mjs";
import type { Finding, Walk } from "./walk.ts";

/** A chain of edits shows what comes of one after the other; many chains begin from other configs. */
const longestWalk = 25;

export interface Walks {
  readonly findings: readonly Finding[];
  /** What to print. */
  readonly lines: readonly string[];
}

export async function walks({ pairs, seed }: { readonly pairs: number; readonly seed: number }): Promise<Walks> {
  const workers = Math.min(availableParallelism(), 4);
  const each = Math.min(longestWalk, Math.ceil(pairs / workers));
  const left = Array.from({ length: Math.ceil(pairs / each) }, (_, index) => ({
    seed: seed + index,
    pairs: Math.min(each, pairs - index * each),
  }));
  const done: Walk[] = [];
  const work = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const walk = [join(import.meta.dirname, "walk.ts"), String(next.seed), String(next.pairs)];
      const { code, stdout, stderr } = await run(process.execPath, walk);
      if (code !== 0) throw new Error(`seed ${String(next.seed)}: ${stdout}${stderr}`);
      done.push(JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Walk);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const findings = done.flatMap((walk) => walk.findings);
  const sum = (count: (walk: Walk) => number) => done.map(count).reduce((one, other) => one + other, 0);
  const found = (kind: Finding["kind"]) => String(findings.filter((one) => one.kind === kind).length);
  return {
    findings,
    lines: [
      `edits: ${String(done.length)} walks from seed ${String(seed)}, ${String(sum(({ refused }) => refused))} configs refused by the preview`,
      `edits: ${String(sum((walk) => walk.pairs))} pairs, ${found("lost")} lost, ${found("stuck")} stuck, ${found("surprising")} surprising`,
    ],
  };
}

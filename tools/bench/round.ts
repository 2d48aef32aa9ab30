/** One round: measures each operation of a contender once. */
import type { BenchCloud } from "./cloud.ts";
import type { Contender, Operation } from "./contender.ts";
import { operations } from "./contender.ts";
import type { Usage } from "./measure.ts";

export interface Measurement extends Usage {
  readonly projects: number;
  readonly contender: string;
  readonly round: number;
  readonly operation: Operation;
  /** The number of calls of each API method. */
  readonly requests: Readonly<Record<string, number>>;
}

export interface RoundOptions {
  readonly contender: Contender;
  readonly cloud: BenchCloud;
  readonly projects: number;
  readonly round: number;
  /** The latency of each request, in milliseconds. */
  readonly latency: number;
  readonly print: (line: string) => void;
}

export async function runRound(options: RoundOptions): Promise<Measurement[]> {
  const { contender, cloud, projects, round, latency, print } = options;
  await cloud.reset(latency);
  await contender.prepare();
  const measurements: Measurement[] = [];
  let before = await cloud.requests();
  for (const operation of operations) {
    const usage = await contender.run(operation);
    if (usage === undefined) continue;
    const after = await cloud.requests();
    measurements.push({
      projects,
      contender: contender.name,
      round,
      operation,
      ...usage,
      requests: difference(after, before),
    });
    before = after;
    print(
      `${String(projects)} projects, round ${String(round)}, ${contender.name}, ${operation}: ${formatUsage(usage)}`,
    );
  }
  return measurements;
}

function formatUsage({ elapsed, cpu, memory }: Usage): string {
  return `${elapsed.toFixed(1)} s, ${cpu.toFixed(1)} s of processors, ${(memory / 2 ** 20).toFixed(0)} MiB`;
}

function difference(
  after: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): Record<string, number> {
  const counts = Object.entries(after).map(([rpc, count]) => [rpc, count - (before[rpc] ?? 0)] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0).sort(([one], [other]) => (one < other ? -1 : 1)));
}

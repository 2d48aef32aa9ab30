/** The published results, and the table in the documentation that is generated from them. */
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/bootstrap/places.mjs";
import { cells, goalsFor, ratioOf, reference, spread, valuesOf } from "./table.ts";
import type { Result } from "./table.ts";

/** The results of one run of the benchmark. */
interface Run {
  readonly projects: number;
  readonly date: string;
  readonly machine: string;
  /** What else the machine did, as a sentence. */
  readonly conditions: string;
  readonly measurements: readonly Result[];
}

const file = join(root, "tools/bench/published.json");

export const page = "docs/explanation/performance.md";

/** Replaces the published results of the sizes that this run has measured. */
export async function publish(machine: string, conditions: string, measurements: readonly Result[]): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const sizes = [...new Set(measurements.map(({ projects }) => projects))];
  const published = JSON.parse(await readFile(file, "utf8")) as Run[];
  const runs = published.filter(({ projects }) => !sizes.includes(projects));
  for (const projects of sizes) {
    const own = measurements.filter((one) => one.projects === projects);
    runs.push({ projects, date, machine, conditions, measurements: own.map(withoutRequests) });
  }
  runs.sort((one, other) => one.projects - other.projects);
  await writeFile(file, `${JSON.stringify(runs, undefined, 2)}\n`);
}

function withoutRequests({ projects, contender, round, operation, elapsed, cpu, memory }: Result): Result {
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return { projects, contender, round, operation, elapsed: rounded(elapsed), cpu: rounded(cpu), memory };
}

const [begin, end] = ["<!-- generated: tools/bench/published.json -->", "<!-- end of generated -->"];

/** The page with the tables of the published results. */
export function pageWithTables(): string {
  const text = readFileSync(join(root, page), "utf8");
  const [before = "", rest = ""] = text.split(begin);
  const [, after = ""] = rest.split(end);
  const runs = JSON.parse(readFileSync(file, "utf8")) as Run[];
  return `${before}${begin}\n\n${runs.map(sectionOf).join("\n\n")}\n\n${end}${after}`;
}

export function sectionOf({ projects, date, machine, conditions, measurements }: Run): string {
  const rounds = new Set(measurements.map(({ round }) => round)).size;
  const rows = cells(measurements).map(({ operation, contender }) => {
    const spreadOf = (measured: "elapsed" | "cpu" | "memory") =>
      spread(valuesOf(measurements, contender, projects, operation, measured));
    const ratio = (measured: "elapsed" | "cpu") =>
      contender === reference
        ? ""
        : (ratioOf(measurements, contender, projects, operation, measured)?.toFixed(2) ?? "");
    const { min, median, max } = spreadOf("elapsed");
    const goals = contender === reference ? [] : goalsFor(projects, operation);
    return [
      operation,
      contender === "fleet" ? "`care fleet`" : contender,
      `${median.toFixed(1)} (${min.toFixed(1)} to ${max.toFixed(1)})`,
      spreadOf("cpu").median.toFixed(1),
      (spreadOf("memory").max / 2 ** 20).toFixed(0),
      ratio("elapsed"),
      ratio("cpu"),
      goals.flatMap(({ unit, atMost }) => (unit === "× Terraform" ? [String(atMost)] : [])).join(""),
    ];
  });
  const head = [
    "operation",
    "program",
    "seconds: median (min to max)",
    "processor seconds",
    "MiB",
    "ratio of seconds",
    "of processor seconds",
    "goal for the ratio",
  ];
  const table = [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
  const title = `## ${String(projects)} projects`;
  return `${title}\n\n${date}, ${String(rounds)} ${rounds === 1 ? "round" : "rounds"}, \`${machine}\`. ${conditions}\n\n${table}`;
}

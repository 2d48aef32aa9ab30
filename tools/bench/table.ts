/** Formats the measurements as tables. */
import Table from "cli-table3";
import { operations, withAlerts } from "./contender.ts";
import type { Operation } from "./contender.ts";
import type { Measurement } from "./round.ts";

export const reference = "Terraform";

/** A measurement as it is published. */
export type Result = Omit<Measurement, "requests">;

/** What a ratio compares: the duration, or the processor time, which depends less on what else the machine does. */
export type Measured = "elapsed" | "cpu";

/** The ratio of the contender's median to the reference's; undefined if one of them was not measured. */
export function ratioOf(
  measurements: readonly Result[],
  contender: string,
  projects: number,
  operation: Operation,
  measured: Measured = "elapsed",
): number | undefined {
  const median = (name: string) => spread(valuesOf(measurements, name, projects, operation, measured)).median;
  const ratio = median(contender) / median(reference);
  return Number.isNaN(ratio) ? undefined : ratio;
}

export function tables(measurements: readonly Measurement[]): string {
  return [timesTable(measurements), requestsTable(measurements)].join("\n\n");
}

function timesTable(measurements: readonly Result[]): string {
  const table = new Table({
    head: [
      "projects",
      "operation",
      "who",
      "seconds: median (min to max)",
      "processors, s",
      "MiB",
      "ratio",
      "of processors",
      "goal",
    ],
    style: { head: [], border: [] },
  });
  for (const { projects, operation, contender } of cells(measurements)) {
    const own = measurements.filter(
      (one) => one.projects === projects && one.operation === operation && one.contender === contender,
    );
    const { min, median, max } = spread(own.map(({ elapsed }) => elapsed));
    const ratio = contender === reference ? undefined : ratioOf(measurements, contender, projects, operation);
    const goals = [reference, withAlerts].includes(contender) ? [] : goalsFor(projects, operation);
    table.push([
      String(projects),
      operation,
      contender,
      `${median.toFixed(1)} (${min.toFixed(1)} to ${max.toFixed(1)})`,
      spread(own.map(({ cpu }) => cpu)).median.toFixed(1),
      (spread(own.map(({ memory }) => memory)).max / 2 ** 20).toFixed(0),
      ratio?.toFixed(2) ?? "",
      contender === reference ? "" : (ratioOf(measurements, contender, projects, operation, "cpu")?.toFixed(2) ?? ""),
      goals.map((goal) => goalText(goal, measurements, contender)).join("\n"),
    ]);
  }
  return table.toString();
}

/** A goal, and whether it is met if it was measured. */
function goalText(
  { projects, operation, atMost, unit }: Goal,
  measurements: readonly Result[],
  contender: string,
): string {
  const median = (size: number) => spread(valuesOf(measurements, contender, size, operation)).median;
  const value = {
    "× Terraform": () => ratioOf(measurements, contender, projects, operation) ?? NaN,
    "× linear from 100": () => median(projects) / ((median(100) * projects) / 100),
  }[unit]();
  const goal = `${String(atMost)} ${unit}`;
  return Number.isNaN(value) ? goal : `${goal}: ${value <= atMost ? "met" : "missed"}`;
}

function requestsTable(measurements: readonly Measurement[]): string {
  const table = new Table({
    head: ["projects", "operation", "who", "requests", "by method"],
    style: { head: [], border: [] },
    colWidths: [null, null, null, null, 80],
    wordWrap: true,
  });
  for (const { projects, operation, contender } of cells(measurements)) {
    const first = measurements.find(
      (one) => one.projects === projects && one.operation === operation && one.contender === contender,
    );
    const requests = Object.entries(first?.requests ?? {});
    table.push([
      String(projects),
      operation,
      contender,
      String(requests.reduce((sum, [, count]) => sum + count, 0)),
      requests.map(([rpc, count]) => `${rpc} ${String(count)}`).join(", "),
    ]);
  }
  return table.toString();
}

export function cells(measurements: readonly Result[]): Pick<Measurement, "projects" | "operation" | "contender">[] {
  const sizes = [...new Set(measurements.map(({ projects }) => projects))];
  const contenders = [...new Set(measurements.map(({ contender }) => contender))];
  return sizes.flatMap((projects) =>
    operations.flatMap((operation) =>
      contenders
        .filter((contender) => valuesOf(measurements, contender, projects, operation).length > 0)
        .map((contender) => ({ projects, operation, contender })),
    ),
  );
}

export function valuesOf(
  measurements: readonly Result[],
  contender: string,
  projects: number,
  operation: Operation,
  measured: Measured | "memory" = "elapsed",
): number[] {
  return measurements
    .filter((one) => one.contender === contender && one.projects === projects && one.operation === operation)
    .map((one) => one[measured]);
}

/** The minimum, median and maximum of several runs. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? NaN;
  const middle = (sorted.length - 1) / 2;
  return { min: at(0), median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, max: at(sorted.length - 1) };
}

export interface Goal {
  readonly projects: number;
  readonly operation: Operation;
  /** The maximum. */
  readonly atMost: number;
  /** Relative to Terraform, or relative to linear growth from 100 projects. */
  readonly unit: "× Terraform" | "× linear from 100";
}

/** The goals apply to any machine. */
const goals: readonly Goal[] = [
  { projects: 2, operation: "empty preview", atMost: 1.2, unit: "× Terraform" },
  { projects: 100, operation: "update", atMost: 1, unit: "× Terraform" },
  { projects: 100, operation: "change of one project", atMost: 1, unit: "× Terraform" },
  { projects: 100, operation: "destroy", atMost: 1, unit: "× Terraform" },
  { projects: 400, operation: "update", atMost: 0.25, unit: "× Terraform" },
  { projects: 1000, operation: "update", atMost: 0.25, unit: "× Terraform" },
  { projects: 1000, operation: "update", atMost: 1.1, unit: "× linear from 100" },
];

export function goalsFor(projects: number, operation: Operation): Goal[] {
  return goals.filter((goal) => goal.projects === projects && goal.operation === operation);
}

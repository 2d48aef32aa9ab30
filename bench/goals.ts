/** What is aimed at, as ratios of our time to Terraform's in one run: it holds on any machine. */
import type { Operation } from "./contender.ts";

export interface Goal {
  readonly projects: number;
  readonly operation: Operation;
  /** At most so many times Terraform's time. */
  readonly ratio: number;
}

export const goals: readonly Goal[] = [
  { projects: 100, operation: "update", ratio: 1 },
  { projects: 100, operation: "empty preview", ratio: 1.5 },
  { projects: 400, operation: "update", ratio: 0.35 },
  { projects: 400, operation: "empty preview", ratio: 0.6 },
];

export function goalFor(projects: number, operation: Operation): Goal | undefined {
  return goals.find((goal) => goal.projects === projects && goal.operation === operation);
}

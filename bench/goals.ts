/** What is aimed at. A ratio of two times of one run holds on any machine; seconds are of the one that the goals were set on. */
import type { Operation } from "./contender.ts";

export interface Goal {
  readonly projects: number;
  readonly operation: Operation;
  /** At most so much. */
  readonly atMost: number;
  /** Of Terraform's time; of what so many projects would take at the time of 100 for each; or in seconds. */
  readonly unit: "× Terraform" | "× linear from 100" | "s";
}

export const goals: readonly Goal[] = [
  { projects: 2, operation: "empty preview", atMost: 2, unit: "s" },
  { projects: 100, operation: "update", atMost: 1, unit: "× Terraform" },
  { projects: 100, operation: "empty preview", atMost: 1.5, unit: "× Terraform" },
  { projects: 400, operation: "update", atMost: 0.35, unit: "× Terraform" },
  { projects: 400, operation: "empty preview", atMost: 0.6, unit: "× Terraform" },
  { projects: 1000, operation: "update", atMost: 120, unit: "s" },
  { projects: 1000, operation: "update", atMost: 1.2, unit: "× linear from 100" },
];

export function goalsFor(projects: number, operation: Operation): Goal[] {
  return goals.filter((goal) => goal.projects === projects && goal.operation === operation);
}

/** A tool that can do the work. */
import type { Usage } from "./measure.ts";

/** In the order of measurement. `update` creates everything, including the preview or plan. */
export const operations = ["update", "empty preview", "change of one project", "refresh", "destroy"] as const;

export type Operation = (typeof operations)[number];

/** A contender that has more to do than the others. */
export const withAlerts = "one stack with alerts";

export interface Contender {
  readonly name: string;
  /** Resets the contender before each round. */
  prepare(): Promise<void>;
  /** Undefined if the contender does not support the operation. */
  run(operation: Operation): Promise<Usage | undefined>;
}

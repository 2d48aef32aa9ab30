/** Somebody who can do the work. */
import type { Usage } from "./measure.ts";

/** In the order in which they are measured. An `update` is from nothing, with the preview or plan that belongs to it. */
export const operations = ["update", "empty preview", "change of one project", "refresh", "destroy"] as const;

export type Operation = (typeof operations)[number];

export interface Contender {
  readonly name: string;
  /** A fresh start, before each round. */
  prepare(): Promise<void>;
  /** Undefined for what it cannot do. */
  run(operation: Operation): Promise<Usage | undefined>;
}

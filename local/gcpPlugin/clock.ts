import { setTimeout as timeout } from "node:timers/promises";

/** Time, so that tests need not wait for it. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The time that passes. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => timeout(milliseconds),
};

/** Milliseconds in a second and in a minute. */
export const second = 1000;
export const minute = 60 * second;

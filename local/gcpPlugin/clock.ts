import { setTimeout as timeout } from "node:timers/promises";

/** Time, so that tests need not wait for it. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** How many times faster than the real plugin it waits: set by tests, whose local cloud answers at once. */
const speed = Number(process.env["CUSTOMER_CARE_STAND_IN_SPEED"] ?? 1);

export const systemClock: Clock = {
  now: () => performance.now() * speed,
  sleep: (milliseconds) => timeout(milliseconds / speed),
};

/** Milliseconds in a second and in a minute. */
export const second = 1000;
export const minute = 60 * second;

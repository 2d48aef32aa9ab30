import { setTimeout as timeout } from "node:timers/promises";

/** A clock that tests can speed up. */
export interface Clock {
  /** The current time in milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * The factor by which waits are shorter than the real plugin's. Tests set it, because their local cloud replies
 * immediately.
 */
const speed = Number(process.env["CUSTOMER_CARE_STAND_IN_SPEED"] ?? 1);

export const systemClock: Clock = {
  now: () => performance.now() * speed,
  sleep: (milliseconds) => timeout(milliseconds / speed),
};

/** Milliseconds in a second and in a minute. */
export const second = 1000;
export const minute = 60 * second;

const units: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The milliseconds of a duration as Go writes it (`3s`, `1m30s`, `500ms`); undefined if it is invalid. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  if (!/^(\d+(\.\d*)?(ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  let milliseconds = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g)) {
    milliseconds += Number(number) * (units[unit ?? ""] ?? 0);
  }
  return milliseconds;
}

/** A duration in milliseconds as Go writes it. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 1) return `${milliseconds}ms`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = `${Number((seconds % 60).toFixed(3))}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}

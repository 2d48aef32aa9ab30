/** Time as the local cloud sees it. Every timestamp and every delay goes through one of these, so a test can own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after that many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref()),
};

/** A time as google.protobuf.Timestamp is written in JSON. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

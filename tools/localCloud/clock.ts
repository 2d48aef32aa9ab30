/** The clock of the local cloud. All timestamps and delays use it, so that tests can control the time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after a number of milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref()),
};

/** A time in the JSON form of google.protobuf.Timestamp. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

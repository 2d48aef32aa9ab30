/** The delay before the first progress message, and the interval on a terminal or in plain lines, in milliseconds. */
export interface HeartbeatIntervals {
  readonly first: number;
  readonly terminal: number;
  readonly plain: number;
}

/** @returns A function that ends it. */
export function startHeartbeat(
  { first, terminal, plain }: HeartbeatIntervals,
  isTerminal: boolean,
  write: () => void,
): () => void {
  let repeated: NodeJS.Timeout | undefined;
  const begun = setTimeout(() => {
    write();
    repeated = setInterval(write, isTerminal ? terminal : plain);
  }, first);
  return () => {
    clearTimeout(begun);
    clearInterval(repeated);
  };
}

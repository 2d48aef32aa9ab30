/** When work that goes on says so again, in milliseconds: first, then on a terminal, or in plain lines elsewhere. */
export interface Patience {
  readonly first: number;
  readonly terminal: number;
  readonly plain: number;
}

/** Ends with the function that is answered. */
export function repeatedly({ first, terminal, plain }: Patience, isTerminal: boolean, write: () => void): () => void {
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

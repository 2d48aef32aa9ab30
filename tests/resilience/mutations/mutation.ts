/** A guard of the product taken out. */
export interface Mutation {
  /** What the guard is for. */
  readonly guard: string;
  /** Relative to the clone. */
  readonly file: string;
  /** The text, which occurs in the file once. */
  readonly text: string;
  readonly instead: string;
}

/** Makes the guards of one file. */
export const guardsOf =
  (file: string) =>
  (guard: string, text: string, instead: string): Mutation => ({ guard, file, text, instead });

/** @throws where the text is not there, or more than once */
export function mutatedText(source: string, { file, text, instead }: Mutation): string {
  const parts = source.split(text);
  if (parts.length !== 2) throw new Error(`${file} has ${String(parts.length - 1)} times: ${text}`);
  return parts.join(instead);
}

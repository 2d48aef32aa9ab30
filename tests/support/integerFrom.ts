/** A positive integer from an environment variable, such as the seed of a random test. */
export function integerFrom(variable: string, fallback: number): number {
  const { [variable]: text = String(fallback) } = process.env;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Error(`${variable}: ${JSON.stringify(text)} is not a positive integer`);
  return Number(text);
}

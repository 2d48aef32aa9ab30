/** An integer of the environment, such as the seed of a random test. */
export function integerFrom(variable: string, byDefault: number): number {
  const { [variable]: text = String(byDefault) } = process.env;
  if (!/^\d{1,15}$/.test(text)) throw new Error(`${variable}: ${JSON.stringify(text)} is not a positive integer`);
  return Number(text);
}

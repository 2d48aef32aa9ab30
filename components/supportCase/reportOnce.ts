/**
 * The SDK's host of dynamic providers writes an error of check, diff, read and delete to its log, and also answers the engine
 * with it: the engine would print it twice. The line of the log is left out.
 *
 * Source: @pulumi/pulumi, cmd/dynamic-provider: `` console.error(`${e}: ${e.stack}`) ``
 */
export function reportOnce(error: Error): void {
  const line = `${String(error)}: ${error.stack ?? ""}`;
  const write = console.error;
  const withoutLine = (...parts: readonly unknown[]) => {
    if (parts.length !== 1 || parts[0] !== line) return write(...parts);
    // Whoever has taken its place since then hands on to it: it stays, and lets all through.
    if (console.error === withoutLine) console.error = write;
  };
  console.error = withoutLine;
}

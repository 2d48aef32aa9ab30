/**
 * What the read gives, or nothing if it meets a value that only the update will know. The update runs the policies too,
 * before it makes the resource: it judges what a preview cannot.
 */
export function known<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    // The package throws its UnknownValueError, but keeps it out of its types.
    if (error instanceof Error && error.constructor.name === "UnknownValueError") return undefined;
    throw error;
  }
}

/** The text that the read gives, or other words for it as long as it is unknown. */
export function knownText(read: () => unknown, otherwise: string): string {
  const value = known(read);
  return typeof value === "string" ? value : otherwise;
}

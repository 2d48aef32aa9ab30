/** A reader that has read enough, such as `head`, closes the pipe. */

/**
 * Goes on without writing where nobody reads any more: what is being done is done to its end, and the exit code says how
 * it went, as a gate needs it.
 */
export function goOnWithoutReader(...streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams)
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
}

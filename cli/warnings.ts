/** What Node itself writes to standard error, in the middle of what a command says. */

/** Of google-auth-library: it has looked in vain whether this machine is Google's. What that means, a command tells itself. */
const untold = "MetadataLookupWarning";

export function leaveOutWarnings(): void {
  const tell = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== untold) for (const listener of tell) listener(warning);
  });
}

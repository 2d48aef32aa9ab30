/** `care`: what people do beside `pulumi up`. Each command is a folder here. */
import { inspect } from "node:util";
import { exitCodeOf, exitCodes } from "./exitCodes.ts";
import { careProgram } from "./program.ts";
import { guardOutput } from "./terminal.ts";

/**
 * Goes on without writing where nobody reads any more, as `head` closes the pipe: what is being done is done to its end, and the exit code says how
 * it went, as a gate needs it.
 */
function goOnWithoutReader(...streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams)
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
}

/** Of google-auth-library: it has looked in vain whether this machine is Google's. What that means, a command tells itself. */
const untold = "MetadataLookupWarning";

/** Of what Node itself writes to standard error, in the middle of what a command says. */
function leaveOutWarnings(): void {
  const tell = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== untold) for (const listener of tell) listener(warning);
  });
}

leaveOutWarnings();

goOnWithoutReader(process.stdout, process.stderr);
// A shell reads what completes a word, which has no text from outside.
if (!["complete", "completion"].includes(process.argv[2] ?? "")) guardOutput(process.stdout, process.stderr);

/** A fault of the program. Node itself would write it past the guard. */
function tellFault(error: unknown): void {
  console.error(inspect(error, { colors: false }));
  process.exitCode = exitCodes.failedOrFindings;
}

process.on("uncaughtException", (error) => {
  tellFault(error);
  process.exit();
});
try {
  await careProgram().parseAsync();
} catch (error) {
  try {
    process.exitCode = exitCodeOf(error);
  } catch {
    tellFault(error);
  }
}

/** Runs `care`. Each command has a folder here. */
import { inspect } from "node:util";
import { exitCodeOf, exitCodes } from "./exitCodes.ts";
import { careProgram } from "./program.ts";
import { guardOutput } from "./terminal.ts";

/**
 * Continues without output if the reader closes the pipe, as `head` does. The command finishes, and its exit code is correct, which a
 * gate needs. An output that is lost for another reason, such as a full disk, fails the command.
 */
function handleOutputErrors(...streams: readonly NodeJS.WriteStream[]): void {
  for (const stream of streams)
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") return;
      // Nothing can be written any more. If this is standard output, the error still goes to the other stream.
      process.exitCode = exitCodeOf(error);
      process.exit();
    });
}

handleOutputErrors(process.stdout, process.stderr);
// A shell reads the completions, which contain no text from outside.
if (!["complete", "completion"].includes(process.argv[2] ?? "")) {
  guardOutput(process.stdout, "output");
  guardOutput(process.stderr, "message");
}

/** Prints a bug of the program. Node itself would bypass the guard. */
function printBug(error: unknown): void {
  console.error(inspect(error, { colors: false }));
  process.exitCode = exitCodes.failedOrFindings;
}

process.on("uncaughtException", (error) => {
  printBug(error);
  process.exit();
});
try {
  await careProgram().parseAsync();
} catch (error) {
  try {
    process.exitCode = exitCodeOf(error);
  } catch {
    printBug(error);
  }
}

/** `care`: what people do beside `pulumi up`. Each command is a folder here. */
import { inspect } from "node:util";
import { goOnWithoutReader } from "./closedPipe.ts";
import { exitCodeOf, exitCodes } from "./exitCodes.ts";
import { careProgram } from "./program.ts";
import { guardOutput } from "./terminal.ts";
import { leaveOutWarnings } from "./warnings.ts";

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

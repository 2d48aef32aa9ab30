/** `care`: what people do beside `pulumi up`. Each command is a folder here. */
import { goOnWithoutReader } from "./closedPipe.ts";
import { exitCodeOf } from "./exitCodes.ts";
import { careProgram } from "./program.ts";
import { leaveOutWarnings } from "./warnings.ts";

leaveOutWarnings();

goOnWithoutReader(process.stdout, process.stderr);
try {
  await careProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** `npm start`: deploys the guide on the local Google Cloud. */
import { parseArgs } from "node:util";
import { SetUpError } from "../setup/index.ts";
import { quickstart } from "./quickstart.ts";
import { counted } from "../../text/index.ts";
import { Screen } from "./screen.ts";

const usage = `Usage: npm start [-- options]

Deploys the guide on a local Google Cloud: pulumi preview, up, the test case, who is notified of an incident,
an empty second preview, the checklist, the report.

  --destroy  also destroy the stack, and show what remains
  --help     print this`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { destroy: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const screen = new Screen();
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => {
      screen.line(`${signal}: stopping.`);
      abort.abort();
    });
  const open = await quickstart({ screen, destroy: values.destroy, signal: abort.signal }).catch((error: unknown) => {
    if (abort.signal.aborted) return 0;
    throw error;
  });
  if (abort.signal.aborted) return 130;
  screen.line();
  if (screen.failures.length === 0) {
    screen.line(
      open === 0
        ? screen.style("green", "All checks passed.")
        : `${screen.style("yellow", "All checks passed.")} The report has ${counted(open, "open finding")}.`,
    );
    return 0;
  }
  screen.line(screen.style("red", `Failed checks: ${screen.failures.join("; ")}`));
  return 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = 1;
    if (error instanceof SetUpError) console.error(error.message);
    else if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
      console.error(`${error.message}\n\n${usage}`);
    else if (error instanceof Error && error.name === "CommandError")
      console.error("Pulumi failed. See the output above.");
    else console.error(error);
  },
);

/** `npm start`: the main job on the local Google Cloud. */
import { parseArgs } from "node:util";
import { SetUpError } from "../setup/index.ts";
import { quickstart } from "./quickstart.ts";
import { Screen } from "./screen.ts";

const usage = `Usage: npm start [-- options]

Carries out the guide on a local Google Cloud: pulumi preview, up, the test case, an empty second preview, the checklist.

  --destroy  also destroy the stack, and show what stays
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
      screen.line(`${signal}: ending what runs.`);
      abort.abort();
    });
  try {
    await quickstart({ screen, destroy: values.destroy, signal: abort.signal });
  } catch (error) {
    if (abort.signal.aborted) return 130;
    throw error;
  }
  if (abort.signal.aborted) return 130;
  screen.line();
  if (screen.failures.length === 0) {
    screen.line(screen.style("green", "Each step was seen to hold."));
    return 0;
  }
  screen.line(screen.style("red", `Not seen to hold: ${screen.failures.join("; ")}`));
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
      console.error("Pulumi could not carry this out: see above.");
    else console.error(error);
  },
);

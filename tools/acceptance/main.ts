/** `npm run acceptance`: the guide and its APIs on the real Google Cloud, recorded and compared with the local cloud. */
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { GoogleError } from "../../google/index.ts";
import { sanitized } from "../../text/index.ts";
import { home } from "../setup/bootstrap/places.mjs";
import { SetUpError } from "../setup/index.ts";
import { acceptance, cleanUpLast } from "./acceptance.ts";
import { AcceptanceError } from "./google.ts";
import { recordingVersion, replay } from "./replay.ts";
import type { Recording } from "./replay.ts";
import { readSandboxSettings, placesOf } from "./sandbox.ts";
import type { SandboxSettings } from "./sandbox.ts";
import { report } from "./table.ts";

const usage = `Usage: npm run acceptance -- [options]

Carries out the guide in a sandbox on Google Cloud, records the requests without identifiers and credentials, and compares
the replies with those of the local cloud. It removes everything that it creates, except closed test cases.

  --yes          start without a prompt
  --clean-up     only remove what an interrupted run has left
  --replay FILE  only compare a recording with the local cloud
  --json FILE    also write the differences to a file
  --folder PATH  a folder in this clone for the recording and the journal (default: .customer-care/acceptance)
  --help         print this

CUSTOMER_CARE_ACCEPTANCE_PROJECT       the ID of the sandbox project; required
CUSTOMER_CARE_ACCEPTANCE_MEMBER        a group or a user for grants and contacts, such as group:care-sandbox@example.com
CUSTOMER_CARE_ACCEPTANCE_FOLDER        the number of a sandbox folder
CUSTOMER_CARE_ACCEPTANCE_ORGANIZATION  the number of a sandbox organization

docs/how-to/acceptance.md describes the roles, the cost and how to send a recording.`;

const interrupted = 130;

async function confirmed(given: SandboxSettings): Promise<boolean> {
  if (!process.stdin.isTTY) throw new AcceptanceError("Not a terminal; add --yes to start without a prompt.");
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(
    `This creates test cases, grants and contacts on ${placesOf(given).join(", ")}, and removes them. Write yes to start: `,
  );
  prompt.close();
  return answer.trim() === "yes";
}

async function readRecording(file: string): Promise<Recording> {
  const recording = JSON.parse(await readFile(file, "utf8")) as Recording;
  if (recording.version === recordingVersion) return recording;
  throw new AcceptanceError(
    `${file}: the recording has version ${String(recording.version)}, not ${String(recordingVersion)}. Record it again.`,
  );
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      yes: { type: "boolean", default: false },
      "clean-up": { type: "boolean", default: false },
      replay: { type: "string" },
      json: { type: "string" },
      folder: { type: "string", default: join(home, "acceptance") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (abort.signal.aborted) process.exit(interrupted);
      console.error(`${signal}: cleaning up. Another one stops at once; the next start then cleans up.`);
      abort.abort();
    });
  if (values["clean-up"]) {
    await cleanUpLast(resolve(values.folder));
    return 0;
  }
  let recording: Recording;
  if (values.replay === undefined) {
    const given = readSandboxSettings(process.env);
    if (!values.yes && !(await confirmed(given))) return 1;
    const run = { given, folder: resolve(values.folder), signal: abort.signal };
    const recorded = await acceptance(run).catch((error: unknown) => {
      if (abort.signal.aborted && !(error instanceof AcceptanceError)) return undefined;
      throw error;
    });
    if (recorded === undefined) return interrupted;
    recording = recorded;
  } else recording = await readRecording(values.replay);
  const comparison = await replay(recording);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(comparison, undefined, 2)}\n`);
  console.log(report(recording, comparison));
  return comparison.differences.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isUsers = error instanceof AcceptanceError || error instanceof GoogleError || error instanceof SetUpError;
    const isOption = error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    const text =
      error instanceof Error ? (isUsers || isOption ? error.message : (error.stack ?? error.message)) : String(error);
    console.error(sanitized(text));
    process.exit(2);
  },
);

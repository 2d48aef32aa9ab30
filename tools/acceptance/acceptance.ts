/** A run of the acceptance: read the sandbox, carry out the steps through the recorder, clean up, write the recording. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "../../google/index.ts";
import { sanitized } from "../../text/index.ts";
import { withLock } from "../setup/bootstrap/lock.mjs";
import { home } from "../setup/bootstrap/places.mjs";
import { setUp } from "../setup/index.ts";
import type { Engine } from "../setup/index.ts";
import { cleanUp, readJournal, writeJournal } from "./cleanUp.ts";
import { AcceptanceError, addressesOf, askWith, endpointsAt, settingsOf } from "./google.ts";
import type { Addresses } from "./google.ts";
import { guideLife } from "./guideLife.ts";
import { startRecorder } from "./proxy.ts";
import { Redactor } from "./redact.ts";
import { knownIn, recordingVersion, worldOf } from "./replay.ts";
import type { Recording } from "./replay.ts";
import { ownOf, readSandbox } from "./sandbox.ts";
import type { SandboxSettings, Sandbox } from "./sandbox.ts";
import { caseLife, contactLife, grantLife, refusals } from "./steps.ts";
import type { Answers } from "./steps.ts";

export interface Run {
  readonly given: SandboxSettings;
  /** The folder of the journal, the stack and the recording. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

const journalIn = (folder: string) => join(folder, "journal.json");

const stackIn = (folder: string) => join(folder, "stack");

const print = (line: string) => console.error(line);

/** Requests to Google itself, which are not recorded. */
function directClient(project: string, addresses: Addresses) {
  const transport = createTransport(settingsOf(project, process.env));
  return { transport, ask: askWith(transport, addresses) };
}

async function cleanUpSandbox(folder: string, sandbox: Sandbox, addresses: Addresses): Promise<void> {
  const removals = await cleanUp(journalIn(folder), sandbox, directClient(sandbox.project, addresses).ask);
  await rm(stackIn(folder), { recursive: true, force: true });
  print(`Cleaned up: ${String(removals)} removed.`);
}

/** Only one run at a time uses the journal. */
const withRunLock = <Result>(work: () => Promise<Result>) => withLock(join(home, "locks", "acceptance"), work);

/** Removes what an interrupted run has left. */
export function cleanUpLast(folder: string): Promise<void> {
  return withRunLock(async () => {
    const last = await readJournal(journalIn(folder));
    if (last === undefined) return print("Nothing to clean up.");
    print("Cleaning up after an interrupted run.");
    return cleanUpSandbox(folder, last, addressesOf(process.env));
  });
}

export async function acceptance(run: Run): Promise<Recording> {
  const { given, folder } = run;
  await cleanUpLast(folder);
  const addresses = addressesOf(process.env);
  const engine = await setUp();
  if (engine.gcpPlugin === "stand-in" && Object.values(addresses).some((address) => address.startsWith("https:")))
    throw new AcceptanceError(
      "The gcp plugin is not installed, and its stand-in calls only a local cloud. Run pulumi plugin install resource gcp.",
    );
  return withRunLock(async () => {
    const { transport, ask } = directClient(given.project, addresses);
    const sandbox = await readSandbox(given, transport, ask);
    await writeJournal(journalIn(folder), sandbox);
    try {
      return await runSteps(run, sandbox, engine, addresses);
    } finally {
      await cleanUpSandbox(folder, sandbox, addresses);
    }
  });
}

async function runSteps(
  { folder, signal }: Run,
  sandbox: Sandbox,
  engine: Engine,
  addresses: Addresses,
): Promise<Recording> {
  const recorder = await startRecorder(addresses, new Redactor(ownOf(sandbox), knownIn(sandbox)));
  const { address } = recorder;
  const answers: Answers = {};
  const environment = { ...process.env, ...endpointsAt(address) };
  const transport = createTransport(settingsOf(sandbox.project, environment));
  const proxied = Object.fromEntries(Object.keys(addresses).map((api) => [api, `${address}/${api}`]));
  const step = { sandbox, ask: askWith(transport, proxied, signal), answers };
  const steps: readonly (readonly [string, () => Promise<void>])[] = [
    ["the guide by Pulumi", () => guideLife({ sandbox, engine, address, directory: stackIn(folder), answers, signal })],
    ["cases", () => caseLife(step)],
    ...(sandbox.member === undefined
      ? []
      : ([
          ["contacts", () => contactLife(step)],
          ["grants", () => grantLife(step)],
        ] as const)),
    ["refusals", () => refusals(step, address)],
  ];
  if (sandbox.member === undefined) print("Without CUSTOMER_CARE_ACCEPTANCE_MEMBER: no contacts and no grants.");
  try {
    for (const [name, work] of steps) {
      signal.throwIfAborted();
      print(`Running: ${name}.`);
      // What one API refuses must not hide the others.
      await work().catch((error: unknown) => {
        signal.throwIfAborted();
        answers[`What stops ${name}?`] = "an error: see the terminal";
        print(sanitized(error instanceof Error ? error.message : String(error)));
      });
    }
  } finally {
    await recorder.close();
  }
  const tools = {
    node: process.versions.node,
    pulumi: engine.version,
    gcpPlugin: `${engine.gcpPlugin} ${engine.gcpPluginVersion}`,
  };
  const day = new Date().toISOString().slice(0, 10);
  const recording: Recording = {
    version: recordingVersion,
    day,
    tools,
    world: worldOf(sandbox),
    answers,
    exchanges: recorder.exchanges,
  };
  const file = join(folder, "recording.json");
  await writeFile(file, `${JSON.stringify(recording, undefined, 2)}\n`);
  print(`Recorded ${String(recorder.exchanges.length)} exchanges in ${file}.`);
  return recording;
}

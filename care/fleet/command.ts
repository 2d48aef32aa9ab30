/** `care fleet`: one config, many stacks, so that no state grows with the number of projects. */
import { readFileSync } from "node:fs";
import { availableParallelism, freemem } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { jsonText } from "../../text/index.ts";
import { UserError } from "../userError.ts";
import type { Operated } from "./operate.ts";
import { jsonOf } from "./summary.ts";
import { isAgreed, openFleet } from "./options.ts";
import type { FleetOptions } from "./options.ts";
import { planCommand } from "./plan.ts";
import { previewCommand, tell } from "./preview.ts";

const help = `
Examples:
  care fleet preview prod
  care fleet up prod --yes
  care fleet plan prod --format github-matrix`;

export function fleetCommand(): Command {
  const command = new Command("fleet")
    .description("Preview, put up and destroy the many stacks of one config, whose projects they share")
    .addHelpText("after", help);
  for (const one of [previewCommand(), upCommand(), destroyCommand()])
    command.addCommand(
      one
        .argument("<fleet>", "the fleet's name: prod for Pulumi.prod.yaml")
        .option("-C, --cwd <folder>", "the program's folder", ".")
        .option(
          "--parallel <stacks>",
          "how many stacks at once; by default as many as the processors and the memory bear",
          countOf,
          bearable(),
        ),
    );
  return command.addCommand(planCommand());
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError(`${JSON.stringify(text)} is not a number of stacks, such as 4`);
  return count;
}

/** What an engine takes with its program and the gcp plugin, in bytes: `npm run bench` saw 957 MiB for 100 projects. */
const perStack = 2 ** 30;

/** Engines on each processor: an engine mostly waits for Google. */
const perProcessor = 2;

/** How many stacks this machine can work on at the same time. */
function bearable(): number {
  return Math.max(1, Math.min(perProcessor * availableParallelism(), Math.floor(availableMemory() / perStack)));
}

/** What Linux could give, caches included; elsewhere what is free. */
function availableMemory(): number {
  try {
    const [, kilobytes] = /^MemAvailable: +(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8")) ?? [];
    return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  } catch {
    return freemem();
  }
}

/** Of a command that asks before it begins. */
interface AgreedOptions extends FleetOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
}

const json = ["--json", "write JSON to standard output, in the shape of docs/reference/care.schema.json"] as const;

/** `care fleet up`: all stacks put up. After a kill, the same command goes on. */
function upCommand(): Command {
  return new Command("up")
    .description("Put all stacks up: with a preview and a question before it, unless --yes says that none is needed")
    .option("-y, --yes", "without a preview, and without asking")
    .option(...json)
    .addHelpText("after", "\nExamples:\n  care fleet up prod\n  care fleet up prod --yes")
    .action(up);
}

async function up(name: string, options: AgreedOptions): Promise<void> {
  const fleet = await openFleet(name, options);
  if (!options.yes) {
    const previewed = await fleet.carryOut("preview");
    // With --json, standard output has the document alone.
    await tell(previewed, false, options.json ? process.stderr : process.stdout);
    if (previewed.runs.some(({ status }) => status !== "done"))
      throw new UserError("care fleet: not put up, as not all previews succeeded");
  }
  if (!(await isAgreed(`Put up the ${String(fleet.stacks.length)} stacks of ${name}?`, options.yes)))
    throw new UserError("care fleet: not put up");
  show(await fleet.carryOut("up"), options);
}

/** `care fleet destroy`: all stacks torn down. */
function destroyCommand(): Command {
  return new Command("destroy")
    .description("Destroy what all stacks have made; services stay enabled, as with pulumi destroy")
    .option("-y, --yes", "without asking")
    .option(...json)
    .addHelpText("after", "\nExamples:\n  care fleet destroy prod")
    .action(destroy);
}

async function destroy(name: string, options: AgreedOptions): Promise<void> {
  const fleet = await openFleet(name, options);
  const question = `Destroy what the ${String(fleet.stacks.length)} stacks of ${name} have made?`;
  if (!(await isAgreed(question, options.yes))) throw new UserError("care fleet: not destroyed");
  show(await fleet.carryOut("destroy"), options);
}

function show(operated: Operated, options: AgreedOptions): void {
  if (options.json) process.stdout.write(`${jsonText(jsonOf(operated))}\n`);
}

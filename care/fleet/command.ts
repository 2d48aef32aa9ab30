/** `care fleet`: one config, many stacks, so that no state grows with the number of projects. */
import { readFileSync } from "node:fs";
import { availableParallelism, freemem } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { documentPath, jsonText } from "../../text/index.ts";
import { withExitCodes } from "../exitCodes.ts";
import { UserError } from "../userError.ts";
import type { Operated } from "./operate.ts";
import { jsonOf } from "./summary.ts";
import { isConfirmed, openFleet } from "./options.ts";
import type { FleetOptions } from "./options.ts";
import { planCommand } from "./plan.ts";
import { previewCommand, explain } from "./preview.ts";

const help = `
Examples:
  care fleet preview prod
  care fleet up prod --yes
  care fleet plan prod --format github-matrix`;

export function fleetCommand(): Command {
  const command = new Command("fleet")
    .description("Preview, update and destroy a fleet: one config whose projects are divided among many stacks")
    .addHelpText("after", help);
  for (const one of [previewCommand(), upCommand(), destroyCommand()])
    command.addCommand(
      one
        .argument("<fleet>", "the fleet's name: prod for Pulumi.prod.yaml")
        .option("-C, --cwd <folder>", "the program's folder", ".")
        .option(
          "--parallel <stacks>",
          "how many stacks at once; by default as many as the processors and the memory allow",
          countOf,
          maxParallelStacks(),
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

/** The memory of an engine with its program and the gcp plugin, in bytes: `npm run bench` measured 957 MiB for 100 projects. */
const perStack = 2 ** 30;

/** Engines on each processor: an engine mostly waits for Google. */
const perProcessor = 2;

/** How many stacks this machine can work on at the same time. */
function maxParallelStacks(): number {
  return Math.max(1, Math.min(perProcessor * availableParallelism(), Math.floor(availableMemory() / perStack)));
}

/** On Linux the available memory, including caches; elsewhere the free memory. */
function availableMemory(): number {
  try {
    const [, kilobytes] = /^MemAvailable: +(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8")) ?? [];
    return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
  } catch {
    return freemem();
  }
}

/** The options of a command that requires confirmation. */
interface ConfirmedOptions extends FleetOptions {
  readonly yes?: boolean;
  readonly json?: boolean;
}

const json = [
  "--json",
  `write JSON to standard output, in the shape of ${documentPath("docs/reference/care.schema.json")}`,
] as const;

/** `care fleet up`: updates all stacks. After a kill, run the same command to continue. */
function upCommand(): Command {
  const command = new Command("up")
    .description("Update all stacks, after a preview and a confirmation, which --yes skips")
    .option("-y, --yes", "skip the preview and the confirmation")
    .option(...json)
    .addHelpText("after", "\nExamples:\n  care fleet up prod\n  care fleet up prod --yes")
    .action(up);
  return withExitCodes(command, {
    fine: "all stacks were updated",
    failedOrFindings: "a stack failed, you did not confirm, or the command was interrupted",
    usage: "the command is wrong, the fleet's file is invalid, or there is no terminal and no --yes",
  });
}

async function up(name: string, options: ConfirmedOptions): Promise<void> {
  const fleet = await openFleet(name, options);
  const previewed = options.yes ? undefined : await fleet.run("preview");
  if (previewed !== undefined) {
    // With --json, standard output only has the document.
    await explain(previewed, false, options.json ? process.stderr : process.stdout);
    if (previewed.runs.some(({ status }) => status !== "done"))
      throw new UserError("care fleet: not updated, since not all previews succeeded");
  }
  if (!(await isConfirmed(`Update the ${String(fleet.stacks.length)} stacks of ${name}?`, options.yes)))
    throw new UserError("care fleet: not updated");
  writeJson(await fleet.run("up", previewed), options);
}

/** `care fleet destroy`: destroys the resources of all stacks. */
function destroyCommand(): Command {
  const command = new Command("destroy")
    .description("Destroy the resources of all stacks; services stay enabled, as with pulumi destroy")
    .option("-y, --yes", "skip the confirmation")
    .option(...json)
    .addHelpText("after", "\nExamples:\n  care fleet destroy prod")
    .action(destroy);
  return withExitCodes(command, {
    fine: "the resources of all stacks were destroyed",
    failedOrFindings: "a stack failed, you did not confirm, or the command was interrupted",
    usage: "the command is wrong, the fleet's file is invalid, or there is no terminal and no --yes",
  });
}

async function destroy(name: string, options: ConfirmedOptions): Promise<void> {
  const fleet = await openFleet(name, options);
  const question = `Destroy the resources of the ${String(fleet.stacks.length)} stacks of ${name}?`;
  if (!(await isConfirmed(question, options.yes))) throw new UserError("care fleet: not destroyed");
  writeJson(await fleet.run("destroy"), options);
}

function writeJson(operated: Operated, options: ConfirmedOptions): void {
  if (options.json) process.stdout.write(`${jsonText(jsonOf(operated))}\n`);
}

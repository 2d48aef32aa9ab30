/** The options of `npm run bench`. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { withAlerts } from "./contender.ts";
import { reference } from "./table.ts";

export interface Options {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly latency: number;
  readonly parallelism: number;
  readonly terraformProvider?: string;
  readonly who?: readonly string[];
  /** What else the machine does, as a sentence for the documentation. */
  readonly publish?: string;
}

const providerFile = "terraform-provider-google-beta";

/** The maximum latency. The contenders time out before that. */
const mostMilliseconds = 60_000;

const help = `
The results are also written to .customer-care/bench/: results.json, results.svg, results.txt.

Examples:
  npm run bench
  npm run bench -- --sizes 2,10,100,400,1000 --rounds 3 --terraform-provider ../tools`;

export function benchCommand(bench: (options: Options) => Promise<void>): Command {
  const command = new Command("bench")
    .description("Compare this program with Terraform on a local Google Cloud")
    .option("--sizes <numbers>", "the numbers of projects", counts, [2, 10, 100])
    .option("--rounds <number>", "the number of rounds", count, 3)
    .option("--latency <milliseconds>", "the latency of each request", milliseconds, 0)
    .option("--parallelism <number>", "the number of concurrent operations, for both", count, 500)
    .option(
      "--terraform-provider <directory>",
      "the folder of terraform-provider-google-beta; without it, Terraform is not measured",
    )
    .option("--who <names>", "the contenders, such as `fleet,Terraform`; by default all", (text) => text.split(","))
    .option(
      "--publish <conditions>",
      "write the results into the documentation, with a sentence about the machine, such as `Nothing else ran.`",
    )
    .addHelpText("after", help)
    .action(async (options: Options) => {
      refuseUnknown(options, command);
      await bench(options);
    });
  return command;
}

/** Runs before the results of an earlier run are deleted. */
function refuseUnknown({ who = [], terraformProvider }: Options, command: Command): void {
  const refuse = (message: string) => command.error(`error: ${message}`, { exitCode: 2 });
  const names = ["one stack", withAlerts, "fleet", ...(terraformProvider === undefined ? [] : [reference])];
  const unknown = who.filter((name) => !names.includes(name));
  if (unknown.length > 0) refuse(`--who: ${unknown.join(", ")}; write one or more of ${names.join(",")}`);
  if (terraformProvider !== undefined && !existsSync(join(terraformProvider, providerFile)))
    refuse(`--terraform-provider: there is no ${providerFile} in ${resolve(terraformProvider)}`);
}

function count(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value === 0)
    throw new InvalidArgumentError(`${JSON.stringify(text)} is not a whole number from 1, such as 3`);
  return value;
}

function counts(text: string): number[] {
  return text.split(",").map(count);
}

function milliseconds(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > mostMilliseconds)
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is not a whole number up to ${String(mostMilliseconds)}, such as 50`,
    );
  return value;
}

/** What `npm run bench` can be told. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { reference } from "./table.ts";

export interface Options {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly latency: number;
  readonly parallelism: number;
  readonly terraformProvider?: string;
  readonly who?: readonly string[];
}

const providerFile = "terraform-provider-google-beta";

/** A minute for each request is more than what the contenders wait for. */
const mostMilliseconds = 60_000;

const help = `
The results are also written to .customer-care/bench/: results.json, results.svg, results.txt.

Examples:
  npm run bench
  npm run bench -- --sizes 2,10,100,400,1000 --rounds 3 --terraform-provider ../tools`;

export function benchCommand(bench: (options: Options) => Promise<void>): Command {
  const command = new Command("bench")
    .description("Measure this program beside Terraform, on one local Google Cloud")
    .option("--sizes <numbers>", "how many projects", counts, [2, 10, 100])
    .option("--rounds <number>", "how often each does the work", count, 3)
    .option("--latency <milliseconds>", "what each request takes", milliseconds, 0)
    .option("--parallelism <number>", "how many resources at a time, for both", count, 500)
    .option("--terraform-provider <directory>", "the folder of terraform-provider-google-beta; without it, ours alone")
    .option("--who <names>", "who does the work, such as `fleet,Terraform`; without it, all", (text) => text.split(","))
    .addHelpText("after", help)
    .action(async (options: Options) => {
      refuseUnknown(options, command);
      await bench(options);
    });
  return command;
}

/** Before the results of an earlier run go. */
function refuseUnknown({ who = [], terraformProvider }: Options, command: Command): void {
  const refuse = (message: string) => command.error(`error: ${message}`, { exitCode: 2 });
  const names = ["one stack", "fleet", ...(terraformProvider === undefined ? [] : [reference])];
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

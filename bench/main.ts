/** `npm run bench`: the same work by this repository's program and by Terraform, in turn, on one local Google Cloud. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { home } from "../local/setup/bootstrap/places.mjs";
import { SetUpError, setUp } from "../local/setup/index.ts";
import { capacityOf } from "./capacity.ts";
import { startBenchCloud } from "./cloud.ts";
import type { Contender } from "./contender.ts";
import { fleet } from "./contenders/fleet.ts";
import { oneStack } from "./contenders/oneStack.ts";
import { terraform } from "./contenders/terraform.ts";
import { plot } from "./plot.ts";
import { runRound } from "./round.ts";
import type { Measurement } from "./round.ts";
import { tables } from "./table.ts";
import { seedWith } from "./work.ts";

interface Options {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly latency: number;
  readonly parallelism: number;
  readonly terraformProvider?: string;
  readonly who?: readonly string[];
}

const help = `
The results are also written to .customer-care/bench/: results.json, results.svg, results.txt.

Examples:
  npm run bench
  npm run bench -- --sizes 2,10,100,400,1000 --rounds 3 --terraform-provider ../tools`;

const program = new Command("bench")
  .description("Measure this program beside Terraform, on one local Google Cloud")
  .option("--sizes <numbers>", "how many projects", numbers, [2, 10, 100])
  .option("--rounds <number>", "how often each does the work", number, 3)
  .option("--latency <milliseconds>", "what each request takes", number, 0)
  .option("--parallelism <number>", "how many resources at a time, for both", number, 500)
  .option("--terraform-provider <directory>", "the folder of terraform-provider-google-beta; without it, ours alone")
  .option("--who <names>", "who does the work, such as `fleet,Terraform`; without it, all", (text) => text.split(","))
  .addHelpText("after", help)
  .action(bench);

async function bench({ sizes, rounds, latency, parallelism, terraformProvider, who }: Options): Promise<void> {
  const engine = await setUp();
  const directory = join(home, "bench");
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const log = join(directory, "log.txt");
  const say = (line: string) => console.error(line);
  const machine = `${String(cpus().length)} × ${cpus()[0]?.model ?? "unknown processor"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}, Pulumi ${engine.version}, gcp plugin: ${engine.gcpPlugin}`;
  say(machine);
  const measurements: Measurement[] = [];
  const capacities: Record<string, number> = {};
  for (const count of sizes) {
    const cloud = await startBenchCloud(directory, seedWith(count));
    try {
      capacities[count] = await capacityOf(cloud);
      say(`${String(count)} projects: the local cloud answers ${capacities[count].toFixed(0)} requests a second`);
      const common = { cloud, count, parallelism, log };
      const contenders = chosen(who, [
        oneStack({ ...common, engine }),
        fleet({ ...common, engine }),
        ...(terraformProvider === undefined
          ? []
          : [terraform({ ...common, directory: join(directory, "terraform"), provider: resolve(terraformProvider) })]),
      ]);
      for (let round = 1; round <= rounds; round++)
        for (const contender of contenders) {
          measurements.push(...(await runRound({ contender, cloud, projects: count, round, latency, say })));
          const results = { machine, latency, parallelism, capacities, measurements };
          await writeFile(join(directory, "results.json"), `${JSON.stringify(results, undefined, 2)}\n`);
        }
    } finally {
      await cloud.close();
    }
  }
  const text = `${machine}; ${String(latency)} ms a request, parallelism ${String(parallelism)}\n\n${tables(measurements)}\n`;
  await writeFile(join(directory, "results.txt"), text);
  await writeFile(join(directory, "results.svg"), plot(measurements));
  console.log(text);
}

function chosen(who: readonly string[] | undefined, contenders: readonly Contender[]): readonly Contender[] {
  const names = contenders.map(({ name }) => name);
  const unknown = (who ?? []).filter((name) => !names.includes(name));
  if (unknown.length > 0)
    program.error(`error: --who: ${unknown.join(", ")}; write one or more of ${names.join(",")}`, { exitCode: 2 });
  return contenders.filter(({ name }) => who?.includes(name) ?? true);
}

function number(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`${JSON.stringify(text)} is not a whole number, such as 3`);
  return value;
}

function numbers(text: string): number[] {
  return text.split(",").map(number);
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** `npm run bench`: deploys the same resources with this program and with Terraform, in turn, on one local Google Cloud. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { home } from "../setup/bootstrap/places.mjs";
import { SetUpError, setUp } from "../setup/index.ts";
import { BenchError } from "./measure.ts";
import { capacityOf, startBenchCloud } from "./cloud.ts";
import { fleet } from "./contenders/fleet.ts";
import { oneStack } from "./contenders/oneStack.ts";
import { terraform } from "./contenders/terraform.ts";
import { benchCommand } from "./options.ts";
import type { Options } from "./options.ts";
import { plot } from "./plot.ts";
import { publish } from "./published.ts";
import { runRound } from "./round.ts";
import type { Measurement } from "./round.ts";
import { tables } from "./table.ts";
import { seedWith } from "./work.ts";

async function bench({
  sizes,
  rounds,
  latency,
  parallelism,
  terraformProvider,
  who,
  publish: conditions,
}: Options): Promise<void> {
  const engine = await setUp();
  const directory = join(home, "bench");
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const log = join(directory, "log.txt");
  const print = (line: string) => console.error(line);
  const machine = `${String(cpus().length)} × ${cpus()[0]?.model ?? "unknown processor"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}, Pulumi ${engine.version}, gcp plugin: ${engine.gcpPlugin}`;
  print(machine);
  const measurements: Measurement[] = [];
  const capacities: Record<string, number> = {};
  for (const count of sizes) {
    const cloud = await startBenchCloud(directory, seedWith(count));
    try {
      capacities[count] = await capacityOf(cloud);
      print(`${String(count)} projects: the local cloud answers ${capacities[count].toFixed(0)} requests a second`);
      const common = { cloud, count, parallelism, log };
      const contenders = [
        oneStack({ ...common, engine }),
        oneStack({ ...common, engine }, true),
        fleet({ ...common, engine }),
        ...(terraformProvider === undefined
          ? []
          : [terraform({ ...common, directory: join(directory, "terraform"), provider: resolve(terraformProvider) })]),
      ].filter(({ name }) => who?.includes(name) ?? true);
      for (let round = 1; round <= rounds; round++)
        for (const contender of contenders) {
          measurements.push(...(await runRound({ contender, cloud, projects: count, round, latency, print })));
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
  if (conditions !== undefined) await publish(machine, conditions, measurements);
  console.log(text);
}

try {
  await benchCommand(bench).parseAsync();
} catch (error) {
  if (!(error instanceof SetUpError || error instanceof BenchError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

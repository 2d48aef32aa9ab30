/** This repository's program as one stack, with `pulumi up`. With alerts, it deploys more than the other contenders. */
import { join } from "node:path";
import { home } from "../../setup/bootstrap/places.mjs";
import type { Engine } from "../../setup/index.ts";
import { createLocalStack, writeConfig } from "../../stack/index.ts";
import type { BenchCloud } from "../cloud.ts";
import { withAlerts } from "../contender.ts";
import type { Contender, Operation } from "../contender.ts";
import { measure } from "../measure.ts";
import type { Usage } from "../measure.ts";
import { address, category, editorsOf } from "../work.ts";

export interface OneStackOptions {
  readonly cloud: BenchCloud;
  readonly count: number;
  readonly engine: Engine;
  readonly parallelism: number;
  readonly log: string;
}

export function oneStack(options: OneStackOptions, hasAlerts = false): Contender {
  const { cloud, count, engine, parallelism, log } = options;
  // Inside the clone, so that Node finds the program's dependencies.
  const directory = join(home, "bench", hasAlerts ? "oneStackWithAlerts" : "oneStack");
  const stackName = "bench";
  let environment: Record<string, string> = {};
  const run = (...args: string[]) =>
    measure({
      file: engine.pulumi,
      directory,
      log,
      args: [...args, "--stack", stackName, "--non-interactive", "--suppress-progress"],
      environment: { ...process.env, ...environment, PULUMI_PARALLEL: String(parallelism) },
    });
  const commands: Record<Operation, () => Promise<Usage>> = {
    update: () => run("up", "--yes"),
    "empty preview": () => run("preview", "--expect-no-changes"),
    "change of one project": async () => {
      await writeConfig({ directory, stackName, config: config(count, true, hasAlerts) });
      return run("up", "--yes");
    },
    refresh: () => run("refresh", "--yes", "--skip-preview", "--expect-no-changes"),
    destroy: () => run("destroy", "--yes"),
  };
  return {
    name: hasAlerts ? withAlerts : "one stack",
    async prepare() {
      const cloudEnvironment = cloud.environment;
      const stack = { directory, stackName, engine, cloudEnvironment, config: config(count, false, hasAlerts) };
      environment = (await createLocalStack(stack)).workspace.envVars;
    },
    run: (operation) => commands[operation](),
  };
}

export function config(count: number, isChanged: boolean, hasAlerts = false): Record<string, unknown> {
  const alerts = hasAlerts && { alerts: { serviceHealth: { notify: [address] } } };
  const projects = Object.fromEntries(
    [...editorsOf(count, isChanged)].map(([id, editors]) => [
      id,
      { editors, contacts: { [category]: [address] }, ...alerts },
    ]),
  );
  return { "customer-care:plan": "enhanced", "customer-care:projects": projects };
}

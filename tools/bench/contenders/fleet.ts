/** This repository's program as a fleet of stacks: `care fleet`. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { home, root } from "../../setup/bootstrap/places.mjs";
import { pluginsOf, writeConfig } from "../../stack/index.ts";
import type { Contender, Operation } from "../contender.ts";
import { measure } from "../measure.ts";
import type { Usage } from "../measure.ts";
import { config } from "./oneStack.ts";
import type { OneStackOptions } from "./oneStack.ts";

/** The approximate number of projects in a stack: the fastest on two processors (docs/how-to/fleet.md). */
const perShard = 50;

const name = "bench";

export function fleet({ cloud, count, engine, parallelism, log }: OneStackOptions): Contender {
  const directory = join(home, "bench", "fleet");
  const state = join(directory, "state");
  const write = (isChanged: boolean) =>
    writeConfig({
      directory,
      stackName: name,
      config: { ...config(count, isChanged), "customer-care:fleet": { shards: Math.ceil(count / perShard) } },
    });
  const care = (...args: string[]) => `${process.execPath} ${join(root, "care/main.ts")} fleet ${args.join(" ")}`;
  const run = (...commands: string[]) =>
    measure({
      file: "bash",
      args: ["-c", commands.join(" && ")],
      directory,
      log,
      environment: {
        ...process.env,
        ...engine.environment,
        ...cloud.environment,
        PULUMI_BACKEND_URL: `file://${state}`,
        PULUMI_PARALLEL: String(parallelism),
      },
    });
  const preview = care("preview", name);
  const up = care("up", name, "--yes");
  const commands: Partial<Record<Operation, () => Promise<Usage>>> = {
    update: () => run(preview, up),
    "empty preview": () => run(preview),
    "change of one project": async () => {
      await write(true);
      return run(preview, up);
    },
    destroy: () => run(care("destroy", name, "--yes")),
  };
  return {
    name: "fleet",
    async prepare() {
      await rm(directory, { recursive: true, force: true });
      await mkdir(state, { recursive: true });
      const project = parse(await readFile(join(root, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
      await writeFile(
        join(directory, "Pulumi.yaml"),
        stringify({ ...project, ...pluginsOf(engine), main: join(root, "main.mjs") }),
      );
      await write(false);
    },
    run: async (operation) => commands[operation]?.(),
  };
}

/** A fleet on a local cloud of its own, and `care fleet` as a person runs it there. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parse, stringify } from "yaml";
import { loadSeed, startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { home, root } from "../../tools/setup/bootstrap/places.mjs";
import { pluginsOf, writeConfig } from "../../tools/stack/index.ts";
import { assertPublished } from "./careOutputs.ts";
import { engineFromEnvironment } from "./engineFromEnvironment.ts";

/** The folder that the fleet's projects are below, in a folder of the seed. */
export const folder = "600000000001";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface LocalFleet {
  readonly cloud: Cloud;
  readonly directory: string;
  readonly projects: readonly string[];
  /** Adds an active project below the folder. */
  addProject(id: string): void;
  setConfig(config: Readonly<Record<string, unknown>>): Promise<void>;
  /** Runs `care fleet`. */
  care(...args: readonly string[]): Promise<Ended>;
  /** Begins it, in a process group of its own. */
  begin(...args: readonly string[]): ChildProcess;
  close(): Promise<void>;
}

export interface LocalFleetOptions {
  readonly name: string;
  readonly count: number;
  readonly config: Readonly<Record<string, unknown>>;
}

export async function localFleet({ name, count, config }: LocalFleetOptions): Promise<LocalFleet> {
  const engine = await engineFromEnvironment();
  const seed = structuredClone(loadSeed());
  const projects = Array.from({ length: count }, (_, index) => `team-${String(index).padStart(4, "0")}`);
  const [usual] = seed.projects;
  if (usual === undefined) throw new Error("the seed has no project");
  seed.folders.push({
    id: folder,
    displayName: "Teams",
    parent: "organizations/123456789012",
    bindings: [],
    createTime: "2020-01-01T00:00:00Z",
  });
  const projectOf = (projectId: string, index: number) => ({
    ...usual,
    projectId,
    projectNumber: String(200_000_000_000 + index),
    parent: `folders/${folder}`,
    displayName: projectId,
  });
  seed.projects.push(...projects.map(projectOf));
  const cloud = await startCloud({ seed });
  const directory = join(home, "tests", name);
  const state = join(directory, "state");
  await rm(directory, { recursive: true, force: true });
  await mkdir(state, { recursive: true });
  const project = parse(await readFile(join(root, "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
  await writeFile(
    join(directory, "Pulumi.yaml"),
    stringify({ ...project, ...pluginsOf(engine), main: join(root, "main.mjs") }),
  );
  const setConfig = (next: Readonly<Record<string, unknown>>) =>
    writeConfig({ directory, stackName: "prod", config: next });
  await setConfig(config);

  const begin = (...args: readonly string[]) =>
    spawn(process.execPath, [join(root, "care/main.ts"), "fleet", ...args], {
      cwd: directory,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...engine.environment, ...cloud.environment, PULUMI_BACKEND_URL: `file://${state}` },
    });
  return {
    cloud,
    directory,
    projects,
    setConfig,
    begin,
    addProject(id) {
      const first = cloud.state.projects.get(projects[0] ?? "");
      if (first === undefined) throw new Error("the fleet has no project");
      const number = String(300_000_000_000 + cloud.state.projects.size);
      cloud.state.projects.set(id, {
        ...structuredClone(first),
        projectId: id,
        projectNumber: number,
        name: `projects/${number}`,
        services: new Map(),
      });
    },
    async care(...args) {
      const child = begin(...args);
      const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
      if (child.stdout === null || child.stderr === null) throw new Error("the program has no output");
      const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      assertPublished(["fleet", ...args], stdout);
      return { code, stdout, stderr };
    },
    close: () => cloud.close(),
  };
}

export const fleetConfig = {
  "gcp:userProjectOverride": "true",
  "gcp:billingProject": "ops-admin",
  "customer-care:plan": "enhanced",
  "customer-care:fleet": { shards: 4 },
  "customer-care:organization": { domain: "example.com", editors: ["group:sre@example.com"] },
  "customer-care:folders": {
    [folder]: {
      contactViewers: ["group:auditors@example.com"],
      everyProject: { editors: ["user:ada@example.com"], contacts: { technical: ["oncall@example.com"] } },
    },
  },
};

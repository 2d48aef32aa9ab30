/** Prints what to do next on this machine. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runsTypeScript } from "../../text/nodeVersion.mjs";
import type { Engine } from "../setup/index.ts";
import type { Screen } from "./screen.ts";

export interface Machine {
  /** The version of its own Node, which runs the program in `pulumi up`. */
  readonly node: string;
  readonly hasPulumi: boolean;
  readonly hasGcloud: boolean;
}

export function thisMachine({ source }: Pick<Engine, "source">, environment = process.env): Machine {
  const { PATH = "", CUSTOMER_CARE_MACHINE_NODE: node = process.versions.node } = environment;
  const hasGcloud = PATH.split(delimiter).some((folder) => folder !== "" && existsSync(join(folder, "gcloud")));
  return { node, hasPulumi: source === "PATH", hasGcloud };
}

/** The programs that the commands below need and that the machine lacks. */
export function toInstall({ node, hasPulumi, hasGcloud }: Machine): string[] {
  return [
    ...(runsTypeScript(node) ? [] : [`Node 22.18 or later (here: ${node}): https://nodejs.org`]),
    ...(hasPulumi ? [] : ["Pulumi 3.259 or later: https://www.pulumi.com/docs/install/"]),
    ...(hasGcloud ? [] : ["gcloud: https://cloud.google.com/sdk/docs/install"]),
  ];
}

export function showNext(screen: Screen, engine: Engine, destroyed: boolean, page: string): void {
  const missing = toInstall(thisMachine(engine));
  screen.heading("Next");
  screen.line("  Open the report:");
  screen.line(`    ${page}`);
  if (!destroyed) {
    screen.line("  See what remains after a destroy:");
    screen.line("    npm start -- --destroy");
  }
  if (missing.length > 0) {
    screen.line("  To deploy to Google Cloud, first install:");
    for (const program of missing) screen.line(`    ${program}`);
  }
  screen.wrapped(
    `  ${missing.length > 0 ? "Then write" : "Deploy to Google Cloud: write"} your plan into Pulumi.yaml and your projects into Pulumi.dev.yaml (docs/reference/config.md lists all keys), and run:`,
    2,
  );
  for (const command of commands) screen.line(`    ${command}`);
}

const commands = [
  "gcloud auth application-default login",
  "pulumi login",
  "pulumi stack init dev",
  "npm run --silent care -- doctor --stack dev",
  "pulumi preview --stack dev",
  "pulumi up --stack dev",
];

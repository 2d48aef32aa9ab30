/** `npm run cloud`: starts the local Google Cloud. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { home } from "../setup/bootstrap/places.mjs";
import type { Engine } from "../setup/index.ts";
import type { Cloud } from "./index.ts";

const usage = `Usage: npm run cloud -- [options]

Starts a local Google Cloud and prints how to use it from other programs. Stop it with Ctrl-C.

  --port NUMBER   the port to listen on (default: a free one)
  --host ADDRESS  the loopback address to listen on (default: 127.0.0.1)
  --seed FILE     the initial state (default: tools/localCloud/seed.yaml)
  --pulumi        also install Pulumi's engine, and write what a shell needs to two files
  --json          print one JSON document instead of shell commands
  --help          print this`;

const stop = "Press Ctrl-C to stop it.";

/** For a POSIX shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function exportsOf(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
}

function configOf({ gcpConfig }: Cloud): string[] {
  return Object.entries(gcpConfig).map(
    ([key, value]) => `pulumi config set --stack "\${STACK:-local}" gcp:${key} ${quote(value)}`,
  );
}

function describe(cloud: Cloud): string {
  return [
    `The local Google Cloud listens on ${cloud.address}`,
    "",
    "Any program:",
    ...exportsOf(cloud.environment),
    "",
    "For a stack of your own, named local, or the value of the variable STACK. These commands write to its file, such as Pulumi.local.yaml.",
    ...configOf(cloud),
    "",
    stop,
  ].join("\n");
}

/** The engine takes a gcp plugin of another version than `@pulumi/gcp` only from `PATH`, unless the project names its folder. */
function pluginByHand({ gcpPluginFolder, gcpPluginVersion, gcpPackageVersion }: Engine): [string[], object] {
  if (gcpPluginVersion === gcpPackageVersion) return [[], {}];
  return [[gcpPluginFolder], { PULUMI_IGNORE_AMBIENT_PLUGINS: "false" }];
}

/** Writes the commands to two files for another shell, because nobody should have to copy so many lines. */
async function describeWithEngine(cloud: Cloud, engine: Engine): Promise<string> {
  const { pulumi, version, gcpPlugin, environment } = engine;
  const { PATH: _whole, ...variables } = environment;
  const [folders, settings] = pluginByHand(engine);
  const path = [...folders, dirname(pulumi), dirname(process.execPath)].map(quote).join(":");
  const folder = join(home, "localCloud");
  const lines = {
    "environment.sh": [
      ...exportsOf({ ...cloud.environment, ...variables, ...settings }),
      `export PATH=${path}:"$PATH"`,
    ],
    "config.sh": configOf(cloud),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, commands] of Object.entries(lines)) await writeFile(join(folder, name), `${commands.join("\n")}\n`);
  const shown = (name: keyof typeof lines) => `. ${quote(relative("", join(folder, name)))}`;
  const plugin = gcpPlugin === "stand-in" ? "a stand-in for the gcp plugin" : "the gcp plugin";
  return [
    `The local Google Cloud listens on ${cloud.address}`,
    "",
    `Run these commands in another terminal, in the same folder. They configure it for Pulumi ${version} with`,
    `${plugin}, and create a stack named local. For another name, first run export STACK=NAME.`,
    "",
    shown("environment.sh"),
    'pulumi stack init "${STACK:-local}"',
    shown("config.sh"),
    "",
    stop,
  ].join("\n");
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (!/^\d*$/.test(text ?? "") || text === "" || port > 65535)
    throw new Error(`--port takes a number from 0 to 65535, not "${text}"; 0 means a free port.`);
  return port;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** The error in one sentence, with a remedy if there is one. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isSystemError(error) && error.syscall === "listen")
    return `The local cloud cannot listen there (${error.message}); leave --port out for a free port.`;
  if ("code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
    return `${error.message.replace(/\.$/, "")}; the options are --port, --host, --seed, --pulumi, --json and --help.`;
  return error.message;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      host: { type: "string" },
      seed: { type: "string" },
      pulumi: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const port = portOf(values.port);
  const engine = values.pulumi ? await (await import("../setup/index.ts")).setUp() : undefined;
  // Load the server only now, so that --help and invalid options reply immediately.
  const { startCloud } = await import("./index.ts");
  const cloud = await startCloud({
    port,
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
  });
  const { address, endpoints, environment, gcpConfig } = cloud;
  const document = { address, endpoints, environment: { ...environment, ...engine?.environment }, gcpConfig };
  if (values.json) console.log(JSON.stringify(document, undefined, 2));
  else console.log(engine === undefined ? describe(cloud) : await describeWithEngine(cloud, engine));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void cloud.close());
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});

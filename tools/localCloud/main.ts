/** `npm run cloud`: starts the local Google Cloud. */
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import type { Engine } from "../setup/index.ts";
import type { Cloud } from "./index.ts";

const usage = `Usage: npm run cloud -- [options]

Starts a local Google Cloud and prints how to use it from other programs. Stop it with Ctrl-C.

  --port NUMBER   the port to listen on (default: a free one)
  --host ADDRESS  the loopback address to listen on (default: 127.0.0.1)
  --seed FILE     the initial state (default: tools/localCloud/seed.yaml)
  --pulumi        also install Pulumi's engine, and print how to use it
  --json          print one JSON document instead of shell commands
  --help          print this`;

/** For a POSIX shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function exportsOf(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
}

/** The variables with which a shell finds this clone's engine and its gcp plugin. */
function describeEngine({ pulumi, version, gcpPlugin, environment }: Engine): string[] {
  const { PATH: _whole, ...rest } = environment;
  const path = [dirname(pulumi), dirname(process.execPath)].map(quote).join(":");
  const plugin = gcpPlugin === "stand-in" ? "a stand-in for the gcp plugin" : "the gcp plugin";
  return ["", `Pulumi ${version} with ${plugin}, by hand:`, `export PATH=${path}:"$PATH"`, ...exportsOf(rest)];
}

function describe({ address, environment, gcpConfig }: Cloud, engine: Engine | undefined): string {
  const config = Object.entries(gcpConfig).map(
    ([key, value]) => `pulumi config set --stack "\${STACK:-local}" gcp:${key} ${quote(value)}`,
  );
  return [
    `The local Google Cloud listens on ${address}`,
    "",
    "Any program:",
    ...exportsOf(environment),
    ...(engine === undefined ? [] : describeEngine(engine)),
    "",
    "A stack of your own, named local, or as in the variable STACK: these stay in its file, such as Pulumi.local.yaml.",
    ...config,
    "",
    "Ctrl-C ends it.",
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
  console.log(values.json ? JSON.stringify(document, undefined, 2) : describe(cloud, engine));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void cloud.close());
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});

/** A stack of the program on a local cloud of its own, driven by Pulumi's engine as a user drives it. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { GcpPluginServer } from "../../tools/gcpStandIn/server.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { home } from "../../tools/setup/bootstrap/places.mjs";
import { run as runProgram } from "../../tools/setup/bootstrap/process.mjs";
import { createLocalStack, writeConfig } from "../../tools/stack/index.ts";
import { engineFromEnvironment } from "./engineFromEnvironment.ts";
import { normalized } from "./normalized.ts";

export interface LocalRunOptions {
  /** Names the run's folder and its transcript. */
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** In place of the operator's access token: how the caller is known. */
  readonly credentials?: Readonly<Record<string, string>>;
  readonly program?: string;
  /** A folder with a project of its own, its program and its dependencies. @default a folder for this repository's */
  readonly project?: string;
  /** One that other runs share, and that they do not close. @default one of its own */
  readonly cloud?: Cloud;
  /** Whether it waits for something by the clock: how often it then asks is chance, and its transcript lists equal reads once. */
  readonly waits?: true;
  /** @default "test" */
  readonly stackName?: string;
  /** The name of another Pulumi project. @default the program's own */
  readonly projectName?: string;
  /** The folder of another run's state. @default one of its own */
  readonly state?: string;
  /**
   * The folders of policy packs that previews and updates run. Not each engine can: such a run leaves no transcript, as the runs
   * of two engines could not be compared.
   */
  readonly policyPacks?: readonly string[];
  /** The files with their configs. */
  readonly policyPackConfigs?: readonly string[];
}

/** What an operation did, in the order in which its names sort. */
export interface Outcome {
  /** Such as `create gcp:projects/service:Service customer-care/projects/shop-dev/cloudsupport.googleapis.com`. */
  readonly steps: readonly string[];
  /** The engine's messages, without its debug messages. */
  readonly messages: readonly string[];
  /** Whether the operation failed. */
  readonly failed: boolean;
  /** What the policy packs reported, in the order in which it sorts. */
  readonly violations: readonly Violation[];
}

export interface Violation {
  /** `mandatory` or `advisory`. */
  readonly level: string;
  readonly policy: string;
  /** The name of the resource; the stack's own for a policy that judges the whole. */
  readonly resource: string;
  /** The purpose of the policy, then the problem. */
  readonly message: string;
}

export interface LocalRun {
  readonly cloud: Cloud;
  readonly stack: Stack;
  /** The stack's folder. */
  readonly directory: string;
  /** Replaces the stack's config. */
  setConfig(config: Readonly<Record<string, unknown>>): Promise<void>;
  /** The environment that later operations have on top of the cloud's. */
  setEnvironment(variables: Readonly<Record<string, string | undefined>>): void;
  preview(): Promise<Outcome>;
  up(): Promise<Outcome>;
  refresh(): Promise<Outcome>;
  destroy(): Promise<Outcome>;
  /** Another command of Pulumi, by its words: what it did shows in the cloud and in the state, not in the steps. */
  pulumi(...words: string[]): Promise<Outcome>;
  /** The stack's outputs. */
  outputs(): Promise<Readonly<Record<string, unknown>>>;
  /** Removes the lock that an engine which was killed leaves behind, as `pulumi cancel` does. */
  unlock(): Promise<void>;
  /** All files of the stack: its state, the copies of it, its history. */
  stateText(): Promise<string>;
  close(): Promise<void>;
}

export async function localRun(options: LocalRunOptions): Promise<LocalRun> {
  const engine = await engineFromEnvironment();
  const cloud = options.cloud ?? (await startCloud());
  const directory = options.project ?? join(home, "tests", options.name);
  const { GOOGLE_OAUTH_ACCESS_TOKEN: token = "", ...endpoints } = cloud.environment;
  const cloudEnvironment = { ...endpoints, ...(options.credentials ?? { GOOGLE_OAUTH_ACCESS_TOKEN: token }) };
  const { config, program, projectName, state, stackName = "test", policyPacks, policyPackConfigs } = options;
  const policies = {
    ...(policyPacks && { policyPacks: [...policyPacks] }),
    ...(policyPackConfigs && { policyPackConfigs: [...policyPackConfigs] }),
  };
  const stack = await createLocalStack({
    directory,
    stackName,
    config,
    engine,
    cloudEnvironment,
    isProject: options.project !== undefined,
    ...(program && { program }),
    ...(projectName && { projectName }),
    ...(state && { state }),
  });
  const pulumi = async (...words: string[]): Promise<string> => {
    const { workDir: cwd, envVars } = stack.workspace;
    const env = { ...process.env, ...envVars };
    const { code, stdout, stderr } = await runProgram(engine.pulumi, [...words, "--non-interactive"], { cwd, env });
    if (code !== 0) throw Object.assign(new Error(`${stdout}${stderr}`), { name: "CommandError" });
    return stdout;
  };
  askLess(stack);
  const standIn = engine.gcpPlugin === "stand-in" ? await attachStandIn(stack) : undefined;
  const { CUSTOMER_CARE_TRANSCRIPTS: transcripts = "" } = process.env;
  const hasTranscript = transcripts !== "" && policyPacks === undefined;
  const transcript: unknown[] = [];

  const operation = async (
    name: string,
    run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
  ): Promise<Outcome> => {
    const events: EngineEvent[] = [];
    const firstRequest = cloud.requests.length;
    let failed = false;
    let refusal = "";
    try {
      await run((event) => events.push(event));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "CommandError") throw error;
      failed = true;
      // What the command line refuses by itself comes without an event.
      refusal = error.message;
    }
    const messages = messagesOf(events);
    const outcome = {
      steps: stepsOf(events),
      messages: messages.length > 0 ? messages : [refusal],
      failed,
      violations: violationsOf(events),
    };
    if (!hasTranscript) return outcome;
    const { deployment } = (await stack.exportStack()) as { deployment: { resources?: StateResource[] } };
    const requests = cloud.requests
      .slice(firstRequest)
      .map(({ method, path, status }) => `${method} ${path} ${String(status)}`);
    transcript.push({
      name,
      steps: outcome.steps,
      failed,
      requests: (options.waits === true ? withoutRepeatedReads(requests) : requests).sort(),
      resources: sorted(deployment.resources),
    });
    return outcome;
  };

  return {
    cloud,
    stack,
    directory,
    setConfig: (next) => writeConfig({ directory, stackName, config: next }),
    setEnvironment: (variables) => {
      const { envVars } = stack.workspace;
      for (const [key, value] of Object.entries(variables)) {
        if (value === undefined) delete envVars[key];
        else envVars[key] = value;
      }
    },
    preview: () => operation("preview", (onEvent) => stack.preview({ onEvent, ...policies })),
    up: () => operation("up", (onEvent) => stack.up({ onEvent, ...policies })),
    refresh: () => operation("refresh", (onEvent) => stack.refresh({ onEvent })),
    pulumi: (...words) => operation(`pulumi ${words[0] ?? ""}`, () => pulumi(...words)),
    destroy: () => operation("destroy", (onEvent) => stack.destroy({ onEvent })),
    outputs: async () => {
      const words = ["stack", "output", "--json", "--show-secrets", "--stack", stackName];
      return JSON.parse(await pulumi(...words)) as Readonly<Record<string, unknown>>;
    },
    unlock: () => stack.cancel(),
    stateText: () => textOf(join(directory, "state")),
    close: async () => {
      standIn?.close();
      if (options.cloud === undefined) await cloud.close();
      if (!hasTranscript) return;
      await mkdir(transcripts, { recursive: true });
      await writeFile(
        join(transcripts, `${options.name}.json`),
        normalized(JSON.stringify(transcript, undefined, 2), cloud),
      );
    },
  };
}

/** The Automation API asks the CLI for three reports after each operation, each with a process. */
export function askLess(stack: Stack): void {
  Object.assign(stack, { info: () => Promise.resolve(undefined), outputs: () => Promise.resolve({}) });
}

/** How the Automation API runs the CLI, which its types leave out. */
type Run = (
  args: string[],
  folder: string,
  variables: Readonly<Record<string, string>>,
  ...others: unknown[]
) => Promise<unknown>;

/**
 * Starts the stand-in in this process for a stack's operations. The engine would start a process for each provider of each
 * operation, which takes a sixth of an operation's processor time.
 */
export async function attachStandIn({ workspace }: Stack): Promise<GcpPluginServer> {
  let environment: NodeJS.ProcessEnv = {};
  const ofOperation = new Proxy(process.env, { get: (all, name: string) => environment[name] ?? all[name] });
  const standIn = new GcpPluginServer({ environment: ofOperation });
  const address = `gcp:${String(await standIn.listen())}`;
  const command = workspace.pulumiCommand as unknown as { run: Run };
  const run = command.run.bind(command);
  command.run = (args, folder, variables, ...others) => {
    environment = variables;
    return run(args, folder, { ...variables, PULUMI_DEBUG_PROVIDERS: address }, ...others);
  };
  return standIn;
}

/** A resource of the state, with lists in the order of their creation. */
interface StateResource {
  readonly urn: string;
  readonly dependencies?: readonly string[];
}

function withoutRepeatedReads(requests: readonly string[]): string[] {
  return requests.filter((request, index) => !request.startsWith("GET ") || requests.indexOf(request) === index);
}

function sorted(resources: readonly StateResource[] = []): StateResource[] {
  return resources
    .map((resource) => ({ ...resource, dependencies: [...(resource.dependencies ?? [])].sort() }))
    .sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

function stepsOf(events: readonly EngineEvent[]): string[] {
  const steps = events.flatMap(({ resourcePreEvent }) => {
    if (resourcePreEvent === undefined) return [];
    const { op, type, urn } = resourcePreEvent.metadata;
    const isOurs = !type.startsWith("pulumi:pulumi:") && !type.startsWith("pulumi:providers:");
    return isOurs && !["same", "refresh"].includes(op) ? [`${op} ${type} ${urn.split("::").slice(3).join("::")}`] : [];
  });
  // An update previews first: what it then does is reported once.
  return [...new Set(steps)].sort();
}

function messagesOf(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent }) => {
    const { severity = "", message = "" } = (diagnosticEvent ?? {}) as { severity?: string; message?: string };
    return ["info", "info#err", "warning", "error"].includes(severity)
      ? [message.replace(/<\{%.*?%\}>/g, "").trim()]
      : [];
  });
}

function violationsOf(events: readonly EngineEvent[]): Violation[] {
  const violations = events.flatMap(({ policyEvent }) => {
    if (policyEvent === undefined) return [];
    const { enforcementLevel: level, policyName: policy, resourceUrn = "", message } = policyEvent;
    return [JSON.stringify({ level, policy, resource: resourceUrn.split("::").at(-1) ?? "", message: message.trim() })];
  });
  // An update previews first: what it then reports again is reported once.
  return [...new Set(violations)].sort().map((violation) => JSON.parse(violation) as Violation);
}

async function textOf(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n");
}

/**
 * Deploys one random config after the other in one stack, and each of them alone in another: `node walk.ts SEED PAIRS`. A
 * process of its own, as Pulumi runs the programs inline, where an error in an Output is one of the process.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { CustomerCare, withEveryProject } from "../../../components/index.ts";
import type { CustomerCareArgs } from "../../../components/index.ts";
import type { GcpPluginServer } from "../../../tools/gcpStandIn/server.ts";
import { loadSeed, startCloud } from "../../../tools/localCloud/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { home } from "../../../tools/setup/bootstrap/places.mjs";
import { holdingsOf } from "../../../tools/stack/index.ts";
import { engineFromEnvironment } from "../../support/engineFromEnvironment.ts";
import { askLess, attachStandIn } from "../../support/localRun.ts";
import { Edits, randomFrom } from "./configs.ts";
import { argsOf, channelOf, people, projectIds } from "./model.ts";
import type { Args } from "./model.ts";

const [seed = 1, pairs = 1] = process.argv.slice(2).map(Number);

export interface Finding {
  readonly kind: "lost" | "stuck" | "surprising";
  readonly seed: number;
  readonly pair: number;
  readonly edits: readonly string[];
  readonly from: unknown;
  readonly to: unknown;
  readonly what: readonly string[];
}

export interface Walk {
  readonly pairs: number;
  /** So many were refused by their preview. */
  readonly refused: number;
  readonly findings: readonly Finding[];
}

/** An operation's error, or what it changed. */
type Outcome = { readonly error: string } | { readonly error?: undefined; readonly steps: readonly string[] };

/**
 * In a program that runs inline, Pulumi leaves each operation's client open, which keeps trying to connect. gRPC shares the
 * connections of a process: without this, a later engine that gets the same port is found unavailable.
 */
const { grpcChannelOptions, grpcClientOptions } = pulumi.runtime as unknown as Record<
  "grpcChannelOptions" | "grpcClientOptions",
  Record<string, unknown>
>;
for (const options of [grpcChannelOptions, grpcClientOptions]) options["grpc.use_local_subchannel_pool"] = 1;

const place = join(home, "tests", `edits-${String(seed)}`);
await rm(place, { recursive: true, force: true });
const engine = await engineFromEnvironment();

/**
 * Two projects below the folder and two that are not, so that a step takes no longer than it must. Nobody in the configs has a grant:
 * one that others have created is the config's as soon as the config lists it, and goes with it.
 */
function cloudSeed() {
  const all = structuredClone(loadSeed());
  const projects = all.projects
    .filter(({ projectId }) => projectId in projectIds)
    .map((project) => (projectIds[project.projectId] ? project : { ...project, parent: "organizations/123456789012" }));
  const operator = "serviceAccount:operator@ops-admin.iam.gserviceaccount.com";
  const organizations = all.organizations.map((organization) => ({
    ...organization,
    bindings: [
      ...organization.bindings.map((binding) => ({
        ...binding,
        members: binding.members.filter((member) => !people.includes(member)),
      })),
      { role: "roles/pubsub.admin", members: [operator] },
    ],
  }));
  return { ...all, organizations, projects };
}

/** What others have in each project, which stays as it is: a channel, and a policy that notifies it of something else. */
function addAlertsOfOthers({ state }: Cloud): void {
  state.projects.get("ops-admin")?.services.set("monitoring.googleapis.com", { enabledAt: 0 });
  const creationRecord = { mutateTime: "2024-01-01T00:00:00Z" };
  for (const id of Object.keys(projectIds)) {
    const channel = channelOf(id);
    state.notificationChannels.set(channel, {
      name: channel,
      type: "google_chat",
      displayName: "Chat",
      description: "",
      labels: { space: "spaces/A" },
      userLabels: {},
      enabled: true,
      verificationStatus: "VERIFIED",
      creationRecord,
      mutationRecords: [],
    });
    const name = `projects/${id}/alertPolicies/5`;
    state.alertPolicies.set(name, {
      name,
      displayName: "Errors",
      combiner: "OR",
      enabled: true,
      conditions: [{ name: `${name}/conditions/6`, conditionMatchedLog: { filter: "severity = ERROR" } }],
      notificationChannels: [channel],
      creationRecord,
      mutationRecord: creationRecord,
    });
  }
}

function withOutputs(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("later:")) return pulumi.output(value.replace("later:", ""));
  if (Array.isArray(value)) return value.map(withOutputs);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withOutputs(child)]));
}

class Side {
  readonly cloud: Cloud;
  readonly #standIn: GcpPluginServer | undefined;
  readonly #stack: Stack;
  readonly #stateFile: string;
  readonly #empty: string;
  readonly #environment: Readonly<Record<string, string>>;
  #config: Record<string, Args> = {};

  private constructor(
    cloud: Cloud,
    standIn: GcpPluginServer | undefined,
    stack: Stack,
    stateFile: string,
    empty: string,
    environment: Readonly<Record<string, string>>,
  ) {
    this.cloud = cloud;
    this.#standIn = standIn;
    this.#stack = stack;
    this.#stateFile = stateFile;
    this.#empty = empty;
    this.#environment = environment;
  }

  static async start(name: string): Promise<Side> {
    const cloud = await startCloud({ seed: cloudSeed() });
    addAlertsOfOthers(cloud);
    const state = join(place, name);
    await mkdir(state, { recursive: true });
    const started: { side?: Side } = {};
    const program = () => started.side?.run() ?? Promise.resolve();
    const ofRun = { ...cloud.environment, PULUMI_BACKEND_URL: `file://${state}` };
    const envVars = {
      ...engine.environment,
      ...ofRun,
      PULUMI_SKIP_CHECKPOINTS: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    const stack = await LocalWorkspace.createStack(
      { stackName: "test", projectName: "edits", program },
      { pulumiCommand: await PulumiCommand.get({ skipVersionCheck: true }), envVars },
    );
    const gcp = {
      ...cloud.gcpConfig,
      userProjectOverride: "true",
      billingProject: "ops-admin",
      batching: JSON.stringify({ enableBatching: false }),
    };
    askLess(stack);
    const standIn = engine.gcpPlugin === "stand-in" ? await attachStandIn(stack) : undefined;
    await stack.setAllConfig(Object.fromEntries(Object.entries(gcp).map(([key, value]) => [`gcp:${key}`, { value }])));
    const stateFile = join(state, ".pulumi", "stacks", "edits", "test.json");
    started.side = new Side(cloud, standIn, stack, stateFile, await readFile(stateFile, "utf8"), ofRun);
    return started.side;
  }

  async run(): Promise<void> {
    for (const [name, args] of Object.entries(this.#config))
      new CustomerCare(name, await withEveryProject(name, withOutputs(args) as CustomerCareArgs));
  }

  up(config: Record<string, Args>): Promise<Outcome> {
    this.#config = config;
    return this.#operate("up");
  }

  preview(config: Record<string, Args>): Promise<Outcome> {
    this.#config = config;
    return this.#operate("preview");
  }

  async #operate(name: "up" | "preview"): Promise<Outcome> {
    // The program runs in this process, asks the cloud for the projects below a folder, and exports the state.
    Object.assign(process.env, this.#environment);
    const steps: string[] = [];
    try {
      await this.#stack[name]({
        onEvent: ({ resourcePreEvent }) => {
          if (resourcePreEvent !== undefined && resourcePreEvent.metadata.op !== "same")
            steps.push(`${resourcePreEvent.metadata.op} ${resourcePreEvent.metadata.urn}`);
        },
      });
      return { steps };
    } catch (error) {
      return { error: (error as Error).message };
    }
  }

  /** Back to the cloud and the state before the first update. */
  async reset(): Promise<void> {
    this.cloud.reset();
    addAlertsOfOthers(this.cloud);
    await writeFile(this.#stateFile, this.#empty);
  }

  /** The content of the cloud that must not depend on the earlier configs: all but services, which stay on, and cases that are closed. */
  content(): readonly string[] {
    const { grants, contacts, cases } = holdingsOf(this.cloud.state);
    const parents = new Map([...this.cloud.state.cases.values()].map((one) => [one.name, one]));
    const ofTests = cases.flatMap((line) => {
      const one = parents.get(line.split(" ")[0] ?? "");
      if (one === undefined || one.state === "CLOSED") return [];
      return [`${one.parent} ${one.displayName}: ${one.description.split("\n")[0] ?? ""} ${one.state}`];
    });
    return [...grants, ...contacts, ...ofTests, ...this.#events(), ...this.#alerts()].sort();
  }

  /** The topics with their grants, and the subscriptions that are not deleted. */
  #events(): readonly string[] {
    const { topics, supportEventSubscriptions } = this.cloud.state;
    return [
      ...[...topics.values()].flatMap(({ name, policy }) => [
        name,
        ...policy.bindings.flatMap(({ role, members }) => members.map((member) => `${name} ${role} ${member}`)),
      ]),
      ...[...supportEventSubscriptions.values()]
        .filter(({ state }) => state !== "DELETED")
        .map(({ name, pubSubTopic }) => `${name.split("/").slice(0, 2).join("/")} ${pubSubTopic}`),
    ];
  }

  /** Channels and policies by what they are, because Google chooses their names. */
  #alerts(): readonly string[] {
    const { alertPolicies, notificationChannels } = this.cloud.state;
    const projectOf = (name: string) => name.split("/").slice(0, 2).join("/");
    const channels = new Map(
      [...notificationChannels.values()].map(({ name, type, displayName, labels }) => [
        name,
        `${projectOf(name)} ${type} "${displayName}" ${JSON.stringify(labels)}`,
      ]),
    );
    return [
      ...channels.values(),
      ...[...alertPolicies.values()].map(({ name, displayName, conditions, notificationChannels: notified = [] }) => {
        const filters = conditions.map(({ conditionMatchedLog }) => conditionMatchedLog?.filter);
        const told = notified.map((channel) => channels.get(channel) ?? "a channel that does not exist").sort();
        return `${projectOf(name)} "${displayName ?? ""}" ${filters.join()} notifies ${told.join()}`;
      }),
    ];
  }

  services(): readonly string[] {
    return holdingsOf(this.cloud.state).services;
  }

  close(): Promise<void> {
    this.#standIn?.close();
    return this.cloud.close();
  }
}

const [chain, alone] = [await Side.start("chain"), await Side.start("alone")];
const edits = new Edits(randomFrom(seed));
const findings: Finding[] = [];
let refused = 0;

let model = edits.config();
const first = await chain.up(argsOf(model));
if (first.error !== undefined) throw new Error(`seed ${String(seed)}: ${first.error}`);

for (let pair = 1; pair <= pairs; pair++) {
  const next = edits.edited(model);
  const [from, to] = [argsOf(model), argsOf(next.model)];
  const find = (kind: Finding["kind"], what: readonly string[]) => {
    if (what.length > 0) findings.push({ kind, seed, pair, edits: next.edits, from, to, what });
  };
  const before = chain.content();
  const updated = await chain.up(to);
  if (updated.error !== undefined) {
    const preview = await chain.preview(to);
    if (preview.error === undefined) find("stuck", [updated.error]);
    else {
      refused += 1;
      // The update came without a preview, and so may have done what does not depend on what it refuses: the revert takes it back.
      const reverted = await chain.up(from);
      find("stuck", reverted.error === undefined ? [] : [reverted.error]);
      find("lost", missing(before, chain.content()));
      find("surprising", missing(chain.content(), before));
    }
    // A config that may be half deployed is none to continue from.
    await chain.reset();
    model = edits.config();
    await chain.up(argsOf(model));
    continue;
  }
  await alone.reset();
  const made = await alone.up(to);
  if (made.error !== undefined) throw new Error(`seed ${String(seed)}, pair ${String(pair)}: ${made.error}`);
  const [content, expected] = [chain.content(), alone.content()];
  find("lost", [...missing(expected, content), ...missing(alone.services(), chain.services())]);
  find("surprising", missing(content, expected));
  const after = await chain.preview(to);
  find("stuck", after.error === undefined ? after.steps : [after.error]);
  model = next.model;
}
await Promise.all([chain.close(), alone.close()]);
await rm(place, { recursive: true, force: true });
console.log(JSON.stringify({ pairs, refused, findings } satisfies Walk));

function missing(wanted: readonly string[], there: readonly string[]): string[] {
  const left = [...there];
  return wanted.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

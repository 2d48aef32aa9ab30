/** Deploys the guide on a local cloud, from setup to checklist, and checks each step. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { parse } from "yaml";
import { openFacts } from "../../care/report/report.ts";
import type { Report } from "../../care/report/report.ts";
import { check, ConfigError } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { isWrite, startCloud } from "../localCloud/index.ts";
import type { Cloud } from "../localCloud/index.ts";
import { withLock } from "../setup/bootstrap/lock.mjs";
import { home, root } from "../setup/bootstrap/places.mjs";
import { terminalProgress } from "../setup/bootstrap/progress.mjs";
import { setUp } from "../setup/index.ts";
import type { Engine } from "../setup/index.ts";
import { createLocalStack, holdingsAsked, holdingsOf } from "../stack/index.ts";
import { showChecklist } from "./checklist.ts";
import { showIncident } from "./incident.ts";
import { showProgress, stepsOf } from "./operation.ts";
import { showHoldings, showTestCase, showRemaining } from "./cloudChecks.ts";
import { showNext } from "./next.ts";
import { counted } from "../../text/index.ts";
import type { Screen } from "./screen.ts";

export interface QuickstartOptions {
  readonly screen: Screen;
  /** Whether the stack is destroyed at the end. */
  readonly destroy: boolean;
  /** Stops the running operation. */
  readonly signal: AbortSignal;
}

const stackName = "quickstart";
const configFile = join(root, "tools", "quickstart", `Pulumi.${stackName}.yaml`);

/** The propagation delay of an enabled service, in milliseconds. At Google, it takes minutes. */
const servicePropagation = 5000;

/** @returns The number of open findings in the report. */
export async function quickstart(options: QuickstartOptions): Promise<number> {
  const { screen } = options;
  screen.line(screen.style("bold", "Customer Care onboarding, on a local Google Cloud"));
  const engine = await setUp();
  const onWait = (pid: number) => {
    screen.line(`Waiting for another quickstart (process ${String(pid)}).`);
  };
  return withLock(join(home, "locks", "quickstart"), () => run(options, engine), { onWait });
}

async function run({ screen, destroy, signal }: QuickstartOptions, engine: Engine): Promise<number> {
  const { config: stackConfig } = parse(await readFile(configFile, "utf8")) as { config: Record<string, unknown> };
  const cloud = await startCloud();
  try {
    cloud.faults.set({ servicePropagation });
    screen.heading("Setup");
    screen.line(`  Node ${process.versions.node}, Pulumi ${engine.version} (${engine.source})`);
    screen.line(`  gcp plugin: ${gcpPlugins[engine.gcpPlugin]}`);
    screen.line(`  Google Cloud: local, at ${cloud.address}`);
    const before = holdingsOf(cloud.state);
    const stack = await createLocalStack({
      directory: join(home, "quickstart"),
      stackName,
      config: stackConfig,
      engine,
      cloudEnvironment: cloud.environment,
    });
    signal.throwIfAborted();

    screen.heading("pulumi preview", configFile.slice(root.length));
    const events: EngineEvent[] = [];
    const preview = await withProgress("Previewing", () =>
      stack.preview({ signal, onEvent: (event) => events.push(event) }),
    );
    const steps = stepsOf(events)
      .filter(({ isComponent }) => !isComponent)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    screen.table(steps.map(({ op, type, name }) => [op === "create" ? screen.style("green", "+") : op, type, name]));
    const planned = preview.changeSummary.create ?? 0;
    screen.check(
      planned > 0 && Object.keys(preview.changeSummary).length === 1,
      `${String(planned)} to create and no other changes: the ${String(steps.length)} above, their components, and the stack`,
    );
    screen.check(!cloud.requests.some(isWrite), "the preview only read from the cloud");

    screen.heading("pulumi up");
    const up = await stack.up({ signal, onEvent: showProgress(screen, steps.length) });
    const created = up.summary.resourceChanges?.create ?? 0;
    screen.check(created === planned, `${String(created)} created, as previewed`);

    screen.heading("Check the cloud");
    const organization = [...cloud.state.organizations.values()][0]?.id ?? "";
    const configured = holdingsAsked(configOf(stackConfig), organization);
    showHoldings(screen, cloud, configured, before);
    screen.heading("Check the test case");
    await showTestCase(screen, cloud, String(up.outputs["testCase"]?.value), before);
    screen.heading("Raise an incident", "`POST /_local/events`, then `GET /_local/notifications`");
    await showIncident(screen, cloud.address, configured.alerts);

    screen.heading("pulumi preview, again");
    const { changeSummary } = await withProgress("Previewing", () => stack.preview({ signal }));
    screen.check(
      Object.keys(changeSummary).length === 1 && changeSummary.same === created,
      `${String(changeSummary.same ?? 0)} unchanged, no changes`,
    );

    screen.heading("Checklist", "`pulumi stack output checklist`");
    showChecklist(screen, up.outputs["checklist"]?.value as Parameters<typeof showChecklist>[1]);

    screen.heading("Report", "`care report`, which is read-only");
    const { page, open } = await showReport(screen, cloud, stack);

    if (destroy) {
      screen.heading("pulumi destroy");
      const { summary } = await stack.destroy({ signal, onEvent: showProgress(screen, steps.length) });
      const deleted = summary.resourceChanges?.delete ?? 0;
      screen.check(deleted === created, `${String(deleted)} deleted`);
      screen.heading("What remains");
      showRemaining(screen, cloud, before);
    }
    showNext(screen, engine, destroy, page);
    return open;
  } finally {
    await cloud.close();
  }
}

const gcpPlugins: Record<Engine["gcpPlugin"], string> = {
  installed: "the installed one",
  download: "downloaded by Pulumi",
  "stand-in": "a stand-in, only for the local cloud",
};

/** Shows a title while slow work is running. */
async function withProgress<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
  const step = terminalProgress().step(title);
  try {
    return await work();
  } finally {
    step.end();
  }
}

function configOf(stackConfig: Readonly<Record<string, unknown>>): CustomerCareConfig {
  const namespace = "customer-care:";
  const own = Object.entries(stackConfig).filter(([key]) => key.startsWith(namespace));
  const checked = check(Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length), value])));
  if (checked.config === undefined) throw new ConfigError("customer-care", checked.problems);
  return checked.config;
}

/** Generates the stack's report with `care report`, and checks it. Returns its path and the number of open findings. */
async function showReport(screen: Screen, cloud: Cloud, { workspace }: Stack): Promise<{ page: string; open: number }> {
  const { workDir, envVars } = workspace;
  const requestsBefore = cloud.requests.length;
  const [page, data] = [join(workDir, "report.html"), join(workDir, "report.json")];
  const args = ["report", "--cwd", workDir, "--file", page, "--file", data];
  const child = spawn(process.execPath, [join(root, "care", "main.ts"), ...args], {
    env: { ...process.env, ...envVars },
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) {
    screen.check(false, `care report succeeded: ${errors.trim()}`);
    return { page, open: 0 };
  }
  const found = JSON.parse(await readFile(data, "utf8")) as Report;
  const open = openFacts(found);
  const done = `${counted(found.counts.done, "task")} done, ${counted(open.length, "finding")} open`;
  if (open.length === 0) screen.check(true, done);
  else screen.line(`  ${screen.style("yellow", "!")} ${done}:`);
  for (const { rows, details } of open) {
    const places = rows.map(({ place }) => place?.resource ?? "").filter((place) => place !== "");
    screen.wrapped(`      ${rows[0].row.row}: ${details.replace(/\.$/, "")} (${places.join(", ")})`, 8);
  }
  screen.check(!cloud.requests.slice(requestsBefore).some(isWrite), "the report only read from the cloud");
  return { page, open: open.length };
}

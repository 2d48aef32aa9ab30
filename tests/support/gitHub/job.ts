/** A job of a workflow, run here: its scripts by bash, its conditions and values by GitHub's own library. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { filled, isTrue } from "./expression.ts";
import type { Contexts } from "./expression.ts";
import type { Job } from "./workflow.ts";

export interface JobSurroundings {
  readonly contexts: Contexts;
  /** Of the runner, before the job adds its own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the job's files are that GitHub creates. */
  readonly runnerFolder: string;
  /**
   * What an action does here, by its name, such as `actions/checkout`. It answers the environment that later steps have on
   * top, the folder that they run in, and its outputs. What it throws fails its step.
   */
  readonly actions: Readonly<
    Record<string, (inputs: Readonly<Record<string, string>>) => ActionEffect | Promise<ActionEffect>>
  >;
  /** Whether a job that this one needs has failed. @default false */
  readonly needsFailed?: boolean;
}

export interface ActionEffect {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly outputs?: Readonly<Record<string, string>>;
}

export interface JobOutcome {
  readonly result: "success" | "failure" | "skipped";
  /** The names of the steps that failed. */
  readonly failed: readonly string[];
  /** What the scripts wrote, on either stream. */
  readonly output: string;
  /** What they wrote into the job's summary. */
  readonly summary: string;
}

export async function runJob(job: Job, surroundings: JobSurroundings): Promise<JobOutcome> {
  const { actions, runnerFolder } = surroundings;
  const steps: Record<string, { readonly outputs: Readonly<Record<string, string>> }> = {};
  const contexts = { ...surroundings.contexts, steps };
  if (!isTrue(job.if, contexts, { failed: surroundings.needsFailed ?? false }))
    return { result: "skipped", failed: [], output: "", summary: "" };
  const summaryFile = join(runnerFolder, "summary.md");
  writeFileSync(summaryFile, "");
  const failed: string[] = [];
  let output = "";
  let folder = runnerFolder;
  const allFilled = (values: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        filled(String(value), contexts, { failed: failed.length > 0 }),
      ]),
    );
  let environment = { ...surroundings.environment, GITHUB_STEP_SUMMARY: summaryFile, ...allFilled(job.env) };
  for (const step of job.steps) {
    if (!isTrue(step.if, contexts, { failed: failed.length > 0 })) continue;
    if (step.uses !== undefined) {
      const action = actions[step.uses.split("@", 1)[0] ?? ""];
      if (action === undefined) throw new Error(`no stand-in for the action ${step.uses}`);
      try {
        const effect = await action(allFilled(step.with));
        environment = { ...environment, ...effect.environment };
        folder = effect.folder ?? folder;
        if (step.id !== undefined) steps[step.id] = { outputs: effect.outputs ?? {} };
      } catch (error) {
        output += String(error);
        failed.push(step.name ?? step.uses);
      }
    } else {
      const ended = await bash(step.run ?? "", folder, { ...environment, ...allFilled(step.env) });
      output += ended.output;
      if (ended.code !== 0) failed.push(step.name ?? step.run ?? "");
    }
  }
  const result = failed.length === 0 ? "success" : "failure";
  return { result, failed, output, summary: readFileSync(summaryFile, "utf8") };
}

/** Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
async function bash(script: string, cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn("bash", ["-e", "-c", script], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: stdout + stderr };
}

/**
 * Waits for what was just enabled or granted to reach all of Google (docs/explanation/decisions/propagation.md): a service that is "not used
 * before or disabled" although this stack enables it, a permission that is denied right after this update made a grant.
 * Only those, and for a few minutes at most; every other error fails at once.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { createTransport, readGoogleSettings, resourceManagerApi } from "../google/index.ts";
import { logError, logInfo } from "./log.ts";
import type { RunContext } from "./run.ts";

/** Google says "a few minutes": all waits of one resource together, in seconds. */
const longestWait = 300;

/** The wait before each further try, in seconds; the last one repeats. */
const waits = [1, 2, 4, 8, 15];

/** The wait after so many failed tries, and what was waited before it, in seconds; nothing if it would be too long. */
export function nextWait(failedTries: number): { readonly wait: number; readonly waited: number } | undefined {
  const after = (tries: number) => waits[Math.min(tries, waits.length) - 1] ?? 0;
  let waited = 0;
  for (let tries = 1; tries < failedTries; tries++) waited += after(tries);
  const wait = after(failedTries);
  return waited + wait > longestWait ? undefined : { wait, waited };
}

/** What a run has enabled and granted. */
const nothingMade = () => ({
  /** The projects on which it enables each service. */
  enabledOn: new Map<string, Set<string>>(),
  /** When it made a grant last, in milliseconds since the epoch. */
  lastGrant: -Infinity,
});

/** Remembers that a stack enables the service: a call that finds it disabled there may wait. */
export function rememberService(run: RunContext, service: string, projectId: pulumi.Output<string>): void {
  const { enabledOn } = run.the(nothingMade);
  projectId.apply((id) => enabledOn.set(service, (enabledOn.get(service) ?? new Set()).add(id)));
}

/** Remembers that a grant was made: a call that is denied may wait. */
export function rememberGrants(run: RunContext, name: string): pulumi.ResourceHookBinding {
  // The mocks have no hooks, and registering one there would fail the unit tests of a program.
  if (run.isMocked) return {};
  const made = run.the(nothingMade);
  const remember = () => {
    made.lastGrant = Date.now();
  };
  return { afterCreate: [new pulumi.ResourceHook(ownHookName(run, `${name}/granted`), remember)] };
}

/**
 * For a resource that needs what was enabled or granted before it.
 *
 * @param refusal What to add to Google's word where something is there already (HTTP 409).
 */
export function waitForPropagation(
  run: RunContext,
  name: string,
  refusal?: (urn: pulumi.URN) => Promise<string | undefined>,
): pulumi.ResourceHookBinding {
  if (run.isMocked) return {};
  const retry: pulumi.ErrorHookFunction = async ({ name: resource, urn, errors }) => {
    const [error = ""] = errors;
    const added = /\b409\b/.test(error) ? await refusal?.(urn) : undefined;
    if (added !== undefined) await logError(added);
    const awaited = await awaitedBy(run, error);
    const next = nextWait(errors.length);
    if (awaited === undefined || next === undefined) return false;
    await logInfo(
      `${resource}: waiting for ${awaited} to propagate (${String(next.waited)} s of at most ${String(longestWait)} s)`,
    );
    await sleep(next.wait * 1000);
    return true;
  };
  return { onError: [new pulumi.ErrorHook(ownHookName(run, `${name}/propagation`), retry)] };
}

const noHookNames = () => new Set<string>();

/** The engine knows a hook by its name alone, while two components below different parents may have the same one. */
export function ownHookName(run: RunContext, name: string): string {
  const names = run.the(noHookNames);
  let own = name;
  for (let number = 2; names.has(own); number++) own = `${name}/${String(number)}`;
  names.add(own);
  return own;
}

/** What the failed call waits for, in words, or nothing: the error has another cause. */
async function awaitedBy(run: RunContext, error: string): Promise<string | undefined> {
  const { enabledOn, lastGrant } = run.the(nothingMade);
  const disabled = /\/apis\/api\/([^/\s]+)\/overview\?project=([^\s&"']+)/.exec(error);
  if (disabled !== null) {
    const [, service = "", consumer = ""] = disabled;
    const projects = enabledOn.get(service);
    if (projects === undefined) return undefined;
    const projectId = projects.has(consumer) ? consumer : await projectIdOf(run, consumer);
    return projectId === undefined || projects.has(projectId) ? `${service} on ${projectId ?? consumer}` : undefined;
  }
  const isDenied = /\b(Error )?403\b/.test(error);
  return isDenied && Date.now() - lastGrant < longestWait * 1000 ? "the grants of this update" : undefined;
}

const noProjectIds = () => new Map<string, Promise<string | undefined>>();

/** Undefined where it cannot be read: to wait, nothing is known against it then. Google is asked once for each number. */
export async function projectIdOf(run: RunContext, projectNumber: string): Promise<string | undefined> {
  const known = run.the(noProjectIds);
  const asked = known.get(projectNumber) ?? readProjectId(projectNumber);
  known.set(projectNumber, asked);
  const projectId = await asked;
  // Another time it may be read.
  if (projectId === undefined) known.delete(projectNumber);
  return projectId;
}

async function readProjectId(projectNumber: string): Promise<string | undefined> {
  const config = pulumi.runtime.allConfig();
  try {
    const transport = createTransport(readGoogleSettings((key) => config[key]));
    return (await resourceManagerApi(transport).getProject(projectNumber)).projectId;
  } catch {
    return undefined;
  }
}

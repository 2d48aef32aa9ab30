/**
 * Waits for new services and grants to propagate in Google Cloud (docs/explanation/decisions/propagation.md). It retries only
 * two errors, for a few minutes: a service "not used before or disabled" that this stack enables, and a missing permission that a
 * grant of this update has just given to the caller. Every other error fails immediately.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { callerPrincipal, checkUpTransport, createTransport, resourceManagerApi } from "../google/index.ts";
import type { Project, Transport } from "../google/index.ts";
import { withSection } from "../text/index.ts";
import { providerQuotaProject } from "./callerRefusals.ts";
import { callerOf, callersOfRun, ownProvider, stackCaller, stackSettings } from "./googleSettings.ts";
import type { CallerKey } from "./googleSettings.ts";
import { logError, logInfo } from "./log.ts";
import { cachedTransport, explainingGrants, isPermissionDenied, newGrantOf } from "./newGrants.ts";
import type { NewGrant } from "./newGrants.ts";
import type { RunContext } from "./run.ts";

/** The maximum total wait of one resource, in seconds. Google documents "a few minutes". */
const maxWait = 300;

/** The wait before each retry, in seconds. The last one repeats. */
const waits = [1, 2, 4, 8, 15];

/** The wait after a number of failed attempts, and the total wait before it, in seconds; undefined if it would be too long. */
export function nextWait(failedTries: number): { readonly wait: number; readonly waited: number } | undefined {
  const after = (tries: number) => waits[Math.min(tries, waits.length) - 1] ?? 0;
  let waited = 0;
  for (let tries = 1; tries < failedTries; tries++) waited += after(tries);
  const wait = after(failedTries);
  return waited + wait > maxWait ? undefined : { wait, waited };
}

/** The services and grants of a run. */
const newPropagation = () => ({
  /** By service, the projects that enable it. */
  enabledOn: new Map<string, Set<string>>(),
  /** The created grants. */
  granted: [] as NewGrant[],
});

/** Records that the stack enables the service, so that a call that finds it disabled is retried. */
export function recordService(run: RunContext, service: string, projectId: pulumi.Output<string>): void {
  const { enabledOn } = run.shared(newPropagation);
  projectId.apply((id) => enabledOn.set(service, (enabledOn.get(service) ?? new Set()).add(id)));
}

/** Records a created grant, so that a call that lacks its permission is retried. */
export function grantHooks(run: RunContext, name: string): pulumi.ResourceHookBinding {
  // Mocks do not support hooks: registering one would fail a program's unit tests.
  if (run.isMocked) return {};
  const propagation = run.shared(newPropagation);
  const remember: pulumi.ResourceHookFunction = ({ newInputs = {} }) => {
    const grant = newGrantOf(newInputs, Date.now());
    if (grant !== undefined) propagation.granted.push(grant);
  };
  return { afterCreate: [new pulumi.ResourceHook(uniqueHookName(run, `${name}/granted`), remember)] };
}

interface PropagationOptions {
  /** The component of a resource that uses the component's provider; undefined for a test case, which uses the stack's settings. */
  readonly component?: pulumi.Resource;
  /** A note to add to Google's error for an existing resource (HTTP 409). */
  readonly refusal?: (urn: pulumi.URN) => Promise<string | undefined>;
}

/** Hooks for a resource that depends on services or grants of the same update. */
export function propagationHooks(
  run: RunContext,
  name: string,
  { component, refusal }: PropagationOptions,
): pulumi.ResourceHookBinding {
  if (run.isMocked) return {};
  const hasProvider = component !== undefined && ownProvider(component) !== undefined;
  const retry: pulumi.ErrorHookFunction = async ({ name: resource, urn, type, errors, ...inputs }) => {
    const [error = ""] = errors;
    const added = /\b409\b/.test(error) ? await refusal?.(urn) : undefined;
    if (added !== undefined) await logError(withSection(added, "refusal"));
    if (/requires a quota project/.test(error) && hasProvider)
      await logError(withSection(`${resource}: ${providerQuotaProject}`, "quotaProject"));
    const awaited = await pendingCause(run, {
      error,
      type,
      inputs: inputs.newInputs ?? inputs.oldInputs ?? {},
      component,
    });
    const next = nextWait(errors.length);
    if (awaited === undefined || next === undefined) return false;
    await logInfo(
      `${resource}: waiting for ${awaited} to propagate (${String(next.waited)} s of at most ${String(maxWait)} s)`,
    );
    await sleep(next.wait * 1000);
    return true;
  };
  return { onError: [new pulumi.ErrorHook(uniqueHookName(run, `${name}/propagation`), retry)] };
}

const newHookNames = () => new Set<string>();

/** Hook names are global in the engine, but two components with different parents can have the same name. */
export function uniqueHookName(run: RunContext, name: string): string {
  const names = run.shared(newHookNames);
  let own = name;
  for (let number = 2; names.has(own); number++) own = `${name}/${String(number)}`;
  names.add(own);
  return own;
}

interface FailedCall {
  readonly error: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly component: pulumi.Resource | undefined;
}

/** A description of what the failed call waits for; undefined if the error has another cause. */
async function pendingCause(run: RunContext, call: FailedCall): Promise<string | undefined> {
  const disabled = /\/apis\/api\/([^/\s]+)\/overview\?project=([^\s&"']+)/.exec(call.error);
  if (disabled === null) return pendingGrant(run, call);
  const [, service = "", consumer = ""] = disabled;
  const { projectId, isEnabled } = await enabledByRun(run, service, consumer);
  return isEnabled ? `${service} on ${projectId}` : undefined;
}

/**
 * Whether this run enables the service on the project. If the project's ID cannot be read, whether it does so on any.
 *
 * @param project The ID or the number.
 */
export async function enabledByRun(run: RunContext, service: string, project: string) {
  const { enabledOn } = run.shared(newPropagation);
  const projects = enabledOn.get(service);
  const projectId = projects?.has(project) === true ? project : await projectIdOf(run, project);
  const isEnabled = projects !== undefined && (projectId === undefined || projects.has(projectId));
  return { projectId: projectId ?? project, isEnabled };
}

const newTransports = () => new Map<CallerKey, Transport>();

/** The transport of the call's own caller; the stack's if that caller is not known. */
async function transportOf(run: RunContext, component: pulumi.Resource | undefined) {
  const own = component === undefined ? undefined : await callerOf(component).catch(() => undefined);
  const { key, settings } = own ?? { key: stackCaller, settings: stackSettings() };
  const transports = run.shared(newTransports);
  const transport = transports.get(key) ?? cachedTransport(checkUpTransport(settings));
  transports.set(key, transport);
  return { transport, isKnown: component === undefined || own !== undefined };
}

async function pendingGrant(
  run: RunContext,
  { error, type, inputs, component }: FailedCall,
): Promise<string | undefined> {
  const { granted } = run.shared(newPropagation);
  const recent = granted.filter(({ at }) => Date.now() - at < maxWait * 1000);
  if (recent.length === 0 || !isPermissionDenied(error, type)) return undefined;
  const { transport, isKnown } = await transportOf(run, component);
  const caller = isKnown ? await callerPrincipal(transport).catch(() => undefined) : undefined;
  const grants = await explainingGrants(recent, { type, inputs, caller }, transport);
  return grants.length === 0 ? undefined : `the grant${grants.length === 1 ? "" : "s"} of this update`;
}

const newProjects = () => new Map<string, Promise<Project | undefined>>();

/** Undefined if it cannot be read. */
export async function projectIdOf(run: RunContext, project: string): Promise<string | undefined> {
  return (await projectOf(run, project))?.projectId;
}

/** Whether the number and the ID are of the same project. Undefined if neither can be read. */
export async function isSameProject(run: RunContext, number: string, id: string): Promise<boolean | undefined> {
  const byNumber = await projectOf(run, number);
  if (byNumber !== undefined) return byNumber.projectId === id;
  const byId = await projectOf(run, id);
  return byId && byId.name === `projects/${number}`;
}

/** Undefined if it cannot be read. Reads each project once. */
async function projectOf(run: RunContext, idOrNumber: string): Promise<Project | undefined> {
  const known = run.shared(newProjects);
  const asked = known.get(idOrNumber) ?? readProject(run, idOrNumber);
  known.set(idOrNumber, asked);
  const project = await asked;
  // Retry the next time.
  if (project === undefined) known.delete(idOrNumber);
  return project;
}

/** With any caller of this run: the ID is the same for all who can read it. */
async function readProject(run: RunContext, idOrNumber: string): Promise<Project | undefined> {
  for (const settings of await callersOfRun(run))
    try {
      return await resourceManagerApi(createTransport(settings)).getProject(idOrNumber);
    } catch {
      // The next one may see the project.
    }
  return undefined;
}

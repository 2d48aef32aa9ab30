/** The credentials and settings of a resource's requests: those of its component's own gcp provider, or the stack's. */
import * as pulumi from "@pulumi/pulumi";
import { readGoogleSettings } from "../google/index.ts";
import type { GoogleSettings } from "../google/index.ts";
import { currentOutputs, formerState, nameIn } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { valueOf } from "./outputs.ts";
import type { RunContext } from "./run.ts";
import { registered } from "./resourceTree.ts";
import { hasOwnProviders } from "./stateProviders.ts";
import { isSupportCaseType } from "./supportCase/properties.ts";

/** Any type of the gcp provider, because the SDK looks up a component's provider by the type of a resource. */
const anyGcpType = "gcp:index:any";

/** Identifies a caller: the URN of a provider, or `stackCaller`. */
export type CallerKey = string;

/** The caller of the stack's `gcp:` config. Test cases always use it, because a dynamic resource gets no provider. */
export const stackCaller: CallerKey = "";

export interface Caller {
  readonly key: CallerKey;
  readonly settings: GoogleSettings;
  /** The name of the component's own provider. */
  readonly provider?: string;
  /** For a test case: whether the caller of the rest of its component can deploy, so that this is no preview of a reviewer. */
  readonly canDeploy?: () => Promise<boolean>;
  /** Whether only the state has that provider, because the program no longer registers it. */
  readonly isRemoved?: boolean;
}

/** The gcp provider that the component's resources have in place of the stack's. */
export function ownProvider(component: pulumi.Resource): pulumi.ProviderResource | undefined {
  return component.getProvider(anyGcpType);
}

/** The caller of a resource below the component. */
export async function callerKeyOf(component: pulumi.Resource, type: string): Promise<CallerKey> {
  const provider = isSupportCaseType(type) ? undefined : ownProvider(component);
  return provider === undefined ? stackCaller : ((await valueOf(provider.urn)) ?? "unknown");
}

/** A key for what applies to one caller only. */
export const keyFor = (caller: CallerKey, what: string) => `${caller} ${what}`;

/** The stack's `gcp:` config. */
export function stackSettings(): GoogleSettings {
  const config = pulumi.runtime.allConfig();
  return readGoogleSettings((key) => config[key]);
}

/** Undefined if the settings of the component's own provider are not known yet. */
export async function callerOf(component: pulumi.Resource): Promise<Caller | undefined> {
  const provider = ownProvider(component);
  if (provider === undefined) return { key: stackCaller, settings: stackSettings() };
  const urn = await valueOf(provider.urn);
  if (urn === undefined) return undefined;
  return callerWith(urn, await currentOutputs(urn));
}

/** The caller of a provider: of this run if the program still has it, otherwise of the state. */
async function callerOfKey(run: RunContext, key: CallerKey): Promise<Caller | undefined> {
  if (key === stackCaller) return { key, settings: stackSettings() };
  const { resources } = await formerState(run);
  const current = await currentOutputs(key);
  const caller = callerWith(key, current ?? resources[key]?.outputs);
  return caller && { ...caller, isRemoved: current === undefined };
}

function callerWith(urn: pulumi.URN, state: Outputs | undefined): Caller | undefined {
  if (state === undefined || pulumi.containsUnknowns(state)) return undefined;
  // All settings of a provider are strings, even lists and booleans.
  const settings = readGoogleSettings((key) => {
    const value = state[key.replace(/^gcp:/, "")];
    return value === undefined || value === null || typeof value === "string"
      ? (value ?? undefined)
      : JSON.stringify(value);
  });
  return { key: urn, settings, provider: nameIn(urn) };
}

/** The problem of the stack's settings in the environment, which the gcp provider rejects with each resource. */
export function stackSettingsProblem(): string | undefined {
  try {
    stackSettings();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The stack's caller; undefined if its settings are not valid. */
export async function knownStackCaller(): Promise<Caller | undefined> {
  return undefinedOnError(() => ({ key: stackCaller, settings: stackSettings() }));
}

/** The caller of the component; undefined if its settings are not valid or not known yet. */
export async function knownCallerOf(component: pulumi.Resource): Promise<Caller | undefined> {
  return undefinedOnError(() => callerOf(component));
}

/** The caller of a resource in the state; undefined if its settings are not valid or not known yet. */
export async function knownCallerOfKey(run: RunContext, key: CallerKey): Promise<Caller | undefined> {
  return undefinedOnError(() => callerOfKey(run, key));
}

async function undefinedOnError(read: () => Promise<Caller | undefined> | Caller): Promise<Caller | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

/** The components of this run, each of which has resources. */
const componentsOfRun = (): pulumi.Resource[] => [];

/** Each component's constructor calls this. */
export function rememberComponent(run: RunContext, component: pulumi.Resource): void {
  run.shared(componentsOfRun).push(component);
}

/** The settings of the stack, then those of the components' own providers, as far as they are known. */
export async function callersOfRun(run: RunContext): Promise<readonly GoogleSettings[]> {
  const own = run.shared(componentsOfRun).filter((component) => ownProvider(component) !== undefined);
  const callers = await Promise.all([knownStackCaller(), ...own.map(knownCallerOf)]);
  const byKey = new Map(callers.flatMap((one) => (one === undefined ? [] : [[one.key, one.settings] as const])));
  return [...byKey.values()];
}

/** Whether a component uses the stack's caller. Its check then includes everything that this caller has in the state. */
export const hasStackComponent = (run: RunContext) =>
  run.shared(componentsOfRun).some((component) => ownProvider(component) === undefined);

/** Whether the stack's caller has a resource in the state, as far as its component is registered yet. */
export function isOfStackCaller(run: RunContext): (urn: pulumi.URN, type: string) => boolean {
  // Without other providers, there is no need to search for the component of each resource.
  if (run.shared(componentsOfRun).every((one) => ownProvider(one) === undefined)) return () => true;
  return (urn, type) => {
    const owner = ownerOf(run, urn);
    return isSupportCaseType(type) || owner === undefined || ownProvider(owner) === undefined;
  };
}

/**
 * Finds the caller who would change a resource of the state; undefined if no component of this run has the resource, and some
 * have their own providers. It waits for providers, so it is only for the end of the program.
 */
export async function callersOfChanges(
  run: RunContext,
): Promise<(urn: pulumi.URN, type: string) => CallerKey | undefined> {
  const components = run.shared(componentsOfRun);
  const keys = new Map(
    await Promise.all(components.map(async (component) => [component, await callerKeyOf(component, "")] as const)),
  );
  const isSingle = !hasOwnProviders(await formerState(run)) && [...keys.values()].every((key) => key === stackCaller);
  return (urn, type) => {
    if (isSingle || isSupportCaseType(type)) return stackCaller;
    const owner = ownerOf(run, urn);
    return owner && keys.get(owner);
  };
}

/** The nearest component of this run that has the resource. */
function ownerOf(run: RunContext, urn: pulumi.URN): pulumi.Resource | undefined {
  const above = run.shared(componentsOfRun).filter((component) => isBelow(urn, component));
  return above.sort((one, other) => typesOf(other).length - typesOf(one).length)[0];
}

/** Whether a resource is below a component: its type then contains the component's, and its name begins with the component's. */
export function isBelow(urn: pulumi.URN, component: pulumi.Resource): boolean {
  const { __name: prefix = "" } = registered(component);
  const [types = "", name] = [urn.split("::")[2], nameIn(urn)];
  return `$${types}`.includes(`$${typesOf(component)}$`) && (name === prefix || name.startsWith(`${prefix}/`));
}

/** The type in the component's URN. */
function typesOf(component: pulumi.Resource): string {
  const { __pulumiType: type = "", __parentResource: parent } = registered(component);
  const above = parent === undefined ? "" : typesOf(parent);
  return above === "" || above === "pulumi:pulumi:Stack" ? type : `${above}$${type}`;
}

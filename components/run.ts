/** Which run of a program makes a component: one process may run several, one after the other or at the same time. */
import * as pulumi from "@pulumi/pulumi";
import type { NamedMembersKey } from "../onboarding/index.ts";
import { valueOf } from "./outputs.ts";
import type { MakeCase } from "./dynamicCase.ts";

/** What differs where the components are served to other languages. */
export interface RunOptions {
  /** @default `SupportCase`, a dynamic resource, which other languages do not have */
  readonly makeCase?: MakeCase | undefined;
  /** @default the config's own key */
  readonly namedMembersKey?: NamedMembersKey;
}

/** What a run has once. */
export class RunContext {
  readonly makeCase: MakeCase | undefined;
  readonly namedMembersKey: NamedMembersKey;
  readonly #held = new Map<unknown, unknown>();

  constructor({ makeCase, namedMembersKey = (role) => role }: RunOptions = {}) {
    this.makeCase = makeCase;
    this.namedMembersKey = namedMembersKey;
  }

  /** Whether Pulumi's mocks stand in for the engine and the cloud, as in the unit tests of a program: nothing is read there. */
  get isMocked(): boolean {
    return pulumi.runtime.getMonitor()?.registerErrorHook === undefined;
  }

  /** What the run has one of, made when it is first asked for. */
  the<Value>(make: (run: RunContext) => Value): Value {
    if (!this.#held.has(make)) this.#held.set(make, make(this));
    return this.#held.get(make) as Value;
  }
}

/**
 * Whether anything in this run may change the options of resources below the component, such as their `import`. The engine alone
 * knows the transforms of its parents, and of the stack: the SDK keeps the functions that the engine calls.
 */
export async function mayBeTransformed(run: RunContext, component: pulumi.Resource): Promise<boolean> {
  // Of a program in another language, this process sees nothing else.
  if (run.makeCase !== undefined) return true;
  // Its parents are registered then, with their transforms.
  await valueOf(component.urn);
  const { __transformations = [] } = component as { readonly __transformations?: readonly unknown[] };
  if (__transformations.length > 0) return true;
  const { getCallbacks } = pulumi.runtime as { readonly getCallbacks?: () => { readonly _callbacks?: unknown } };
  const callbacks = getCallbacks?.()?._callbacks;
  return !(callbacks instanceof Map) || [...callbacks.values()].some((one) => String(one).includes("transform failed"));
}

/** Where there is no engine, nothing is made. */
const noMonitor = {};

/** The SDK has a monitor of its own for each run, and tells a component nothing else of it. */
const runsOfMonitors = new WeakMap<object, RunContext>();

/** The run that makes a component now. */
export function currentRun(): RunContext {
  const monitor = pulumi.runtime.getMonitor() ?? noMonitor;
  const run = runsOfMonitors.get(monitor) ?? new RunContext();
  runsOfMonitors.set(monitor, run);
  return run;
}

/** For a process in which several monitors are those of one run. */
export function joinRun(run: RunContext): void {
  runsOfMonitors.set(pulumi.runtime.getMonitor() ?? noMonitor, run);
}

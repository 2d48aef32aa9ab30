/** The run of a program that creates a component. One process can run several programs, also at the same time. */
import * as pulumi from "@pulumi/pulumi";
import { isMocked } from "../onboarding/index.ts";
import type { NamedMembersKey } from "../onboarding/index.ts";
import { valueOf } from "./outputs.ts";
import type { CreateCaseResource } from "./dynamicCase.ts";

/** Options for the component package, which provides the components to other languages. */
export interface RunOptions {
  /** @default `SupportCase`, a dynamic resource, which is not available in other languages */
  readonly createCaseResource?: CreateCaseResource | undefined;
  /** @default the config's own key */
  readonly namedMembersKey?: NamedMembersKey;
}

/** Data of one run. */
export class RunContext {
  readonly createCaseResource: CreateCaseResource | undefined;
  readonly namedMembersKey: NamedMembersKey;
  readonly #shared = new Map<unknown, unknown>();

  constructor({ createCaseResource, namedMembersKey = (role) => role }: RunOptions = {}) {
    this.createCaseResource = createCaseResource;
    this.namedMembersKey = namedMembersKey;
  }

  /** Whether Pulumi's mocks replace the engine, as in a program's unit tests. Then nothing is read from the state or Google. */
  get isMocked(): boolean {
    return isMocked();
  }

  /** A value that the run creates once, at its first use. */
  shared<Value>(make: (run: RunContext) => Value): Value {
    if (!this.#shared.has(make)) this.#shared.set(make, make(this));
    return this.#shared.get(make) as Value;
  }
}

/**
 * Whether transforms can change the options of resources below the component, such as `import`. Only the engine knows the
 * transforms of parents and of the stack, so this checks the callbacks that the SDK keeps for the engine.
 */
export async function canBeTransformed(run: RunContext, component: pulumi.Resource): Promise<boolean> {
  // This process does not see the transforms of a program in another language.
  if (run.createCaseResource !== undefined) return true;
  // Once the URN is known, the parents and their transforms are registered.
  await valueOf(component.urn);
  const { __transformations = [] } = component as { readonly __transformations?: readonly unknown[] };
  if (__transformations.length > 0) return true;
  const { getCallbacks } = pulumi.runtime as { readonly getCallbacks?: () => { readonly _callbacks?: unknown } };
  const callbacks = getCallbacks?.()?._callbacks;
  return !(callbacks instanceof Map) || [...callbacks.values()].some((one) => String(one).includes("transform failed"));
}

/** The key for runs without an engine. */
const noMonitor = {};

/** The SDK has one monitor for each run, which is the only way for a component to identify the run. */
const runsOfMonitors = new WeakMap<object, RunContext>();

/** The current run. */
export function currentRun(): RunContext {
  const monitor = pulumi.runtime.getMonitor() ?? noMonitor;
  const run = runsOfMonitors.get(monitor) ?? new RunContext();
  runsOfMonitors.set(monitor, run);
  return run;
}

/** Adds the current monitor to a run, for a process in which one run has several monitors. */
export function joinRun(run: RunContext): void {
  runsOfMonitors.set(pulumi.runtime.getMonitor() ?? noMonitor, run);
}

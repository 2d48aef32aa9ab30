/** Which run of a program makes a component: one process may run several, one after the other or at the same time. */
import * as pulumi from "@pulumi/pulumi";

/** Where there is no engine, nothing is made. */
const noRun = {};

/** Each run has a monitor of its own. */
let run = (): object => pulumi.runtime.getMonitor() ?? noRun;

/** For ../plugin alone, where the components of one run have a monitor each. */
export function useRuns(other: () => object): void {
  run = other;
}

/** Whether Pulumi's mocks stand in for the engine and the cloud, as in the unit tests of a program: nothing is read there. */
export function isMocked(): boolean {
  return pulumi.runtime.getMonitor()?.registerErrorHook === undefined;
}

/** What each run has one of, made when it is first asked for. */
export function ofRun<Value>(make: () => Value): () => Value {
  const values = new WeakMap<object, { readonly value: Value }>();
  return () => {
    const current = run();
    const held = values.get(current) ?? { value: make() };
    values.set(current, held);
    return held.value;
  };
}

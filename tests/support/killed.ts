/** What the tests of killed updates have in common. */
import assert from "node:assert/strict";
import type { LocalRun, Outcome } from "./localRun.ts";

/** As after a kill: the case is not in the state. */
export function loseCase(run: LocalRun): Promise<void> {
  return loseFromState(run, /:SupportCase$/);
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: unknown;
}

/** As after a kill: no resource of the types is in the state. */
export async function loseFromState({ stack }: LocalRun, types: RegExp): Promise<void> {
  const state = await stack.exportStack();
  const { deployment } = state as unknown as { deployment: { resources: StateResource[] } };
  const kept = deployment.resources.filter(({ type }) => !types.test(type));
  const urns = new Set(kept.map(({ urn }) => urn));
  const resources = kept.map(({ propertyDependencies: _, dependencies = [], ...resource }) => ({
    ...resource,
    dependencies: dependencies.filter((urn) => urns.has(urn)),
  }));
  await stack.importStack({ ...state, deployment: { ...deployment, resources } });
}

export function problemOf({ failed, messages }: Outcome): string {
  assert.equal(failed, true, messages.join("\n"));
  return messages.join("\n");
}

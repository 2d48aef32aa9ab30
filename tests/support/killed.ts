/** What the tests of killed updates have in common. */
import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalRun, Outcome } from "./localRun.ts";

/** As after a kill: the case is not in the state. */
export function loseCase(run: LocalRun): Promise<void> {
  return loseFromState(run, /:SupportCase$/);
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: unknown;
}

/** As after a kill: no resource of the types is in the state. */
export async function loseFromState({ stack }: LocalRun, types: RegExp): Promise<void> {
  const state = await stack.exportStack();
  const { deployment } = state as unknown as { deployment: Latest };
  const lost = withoutResources(deployment, ({ type }) => types.test(type));
  await stack.importStack({ ...state, deployment: lost });
}

/**
 * As after a kill during the creation of a resource. In the file of the state, because `pulumi stack import` drops pending
 * operations.
 *
 * @returns The resource
 */
export async function interruptCreation({ directory }: LocalRun, type: string): Promise<StateResource> {
  const folder = join(directory, "state/.pulumi/stacks");
  const files = await readdir(folder, { recursive: true });
  const file = join(folder, files.find((one) => /\/test\.json$/.test(one)) ?? assert.fail(files.join(" ")));
  const state = JSON.parse(await readFile(file, "utf8")) as { checkpoint: { latest: Latest } };
  const { latest } = state.checkpoint;
  const lost = latest.resources.find((one) => one.type === type) ?? assert.fail();
  const { id: _, outputs: _outputs, ...resource } = lost;
  const rest = withoutResources(latest, ({ urn, dependencies }) =>
    [urn, ...(dependencies ?? [])].includes(resource.urn),
  );
  state.checkpoint.latest = { ...rest, pending_operations: [{ resource, type: "creating" }] };
  await writeFile(file, JSON.stringify(state));
  return lost;
}

interface Latest {
  readonly resources: readonly StateResource[];
  readonly pending_operations?: readonly unknown[];
}

/** The resources that stay depend on nothing that is lost. */
function withoutResources(latest: Latest, isLost: (resource: StateResource) => boolean): Latest {
  const kept = latest.resources.filter((resource) => !isLost(resource));
  const urns = new Set(kept.map(({ urn }) => urn));
  const resources = kept.map(({ propertyDependencies: _, dependencies = [], ...resource }) => ({
    ...resource,
    dependencies: dependencies.filter((urn) => urns.has(urn)),
  }));
  return { ...latest, resources };
}

export function problemOf({ failed, messages }: Outcome): string {
  assert.equal(failed, true, messages.join("\n"));
  return messages.join("\n");
}

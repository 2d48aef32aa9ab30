/** What the tests of killed updates have in common. */
import assert from "node:assert/strict";
import type { LocalRun, Outcome } from "./localRun.ts";

/** As after a kill: the case is not in the state. */
export async function loseCase({ stack }: LocalRun): Promise<void> {
  const state = await stack.exportStack();
  const { deployment } = state as unknown as { deployment: { resources: { type: string }[] } };
  const resources = deployment.resources.filter(({ type }) => !type.endsWith(":SupportCase"));
  await stack.importStack({ ...state, deployment: { ...deployment, resources } });
}

export function problemOf({ failed, messages }: Outcome): string {
  assert.equal(failed, true, messages.join("\n"));
  return messages.join("\n");
}

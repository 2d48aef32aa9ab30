/** Things that the config uses as existing ones. If this stack has created them, the update would delete them. */
import type * as pulumi from "@pulumi/pulumi";
import { currentThing, formerState, isFromPackage } from "./formerState.ts";
import { urnsOf } from "./names.ts";
import type { RunContext } from "./run.ts";

interface Use {
  /** As formerState.ts describes it. */
  readonly thing: string;
  /** The error if this stack has created the thing, whose URN is in the state. */
  readonly message: (urn: pulumi.URN) => string;
}

const usesOfRun = (): Use[] => [];

/** Remembers for the end of the program that a component uses the thing, and does not create it. */
export function rememberUse(run: RunContext, use: Use): void {
  run.shared(usesOfRun).push(use);
}

/** @param isKept Whether a resource of this run has the thing, maybe under another name. */
export async function lossesOfUse(run: RunContext, isKept: (thing: string) => boolean) {
  const state = await formerState(run);
  const losses = run.shared(usesOfRun).map(async ({ thing, message }) => {
    const own = isKept(thing) ? [] : (await urnsOf(run, state, thing)).filter(isFromPackage);
    const deleted = await Promise.all(
      own.map(async (urn) => ((await currentThing(urn))?.thing === state.thingOf(urn) ? [] : [urn])),
    );
    return deleted.flat().map((urn) => ({ message: message(urn), section: "config" as const, deleted: urn }));
  });
  return (await Promise.all(losses)).flat();
}

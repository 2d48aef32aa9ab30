/**
 * The life of a test case: a value that is made with it and kept in the state, in a Stash, also where the case is not in the
 * state yet. Whatever only another case can have begins a new life, and so does another place: a case cannot be moved.
 */
import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { formerState } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { valueOf } from "./outputValue.ts";
import type { RunContext } from "./run.ts";
import { isLifeOfCase, lifeType, supportCaseTypes } from "./supportCase/types.ts";

/** A life, and where its case is: `projects/P` or `organizations/O`. */
interface PlacedLife {
  readonly id: string;
  readonly place: string;
}

export interface CaseLife {
  /** Like no other text: a UUID. */
  readonly id: pulumi.Output<string>;
  /** Whether it begins with this update, so that no case of it can exist yet. */
  readonly isNew: pulumi.Output<boolean>;
  /** Lives in other places that ended before the state had a case of theirs: an update that was killed may have left one. */
  readonly former: pulumi.Output<readonly PlacedLife[]>;
}

/** What the Stash holds; in states of 0.1.0 the id alone. */
type Value = string | (PlacedLife & { readonly former?: readonly PlacedLife[] });

interface CaseLifeArgs {
  /** `projects/P` or `organizations/O`. */
  readonly place: pulumi.Output<string>;
  /** What the config has of the fields that cannot be changed. */
  readonly fixed: string;
  /** Whether the case is one that was there before, which has no life. */
  readonly isAdopted: boolean;
}

export function caseLife(
  run: RunContext,
  name: string,
  args: CaseLifeArgs,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): CaseLife {
  const newId = randomUUID();
  const begun = args.place.apply(async (place) => {
    const recorded = await recordedLife(run, name, opts.parent);
    return { former: formerLives(recorded, place), trigger: trigger(recorded, args, place) };
  });
  const former = begun.apply((one) => one.former);
  // No preview shows one.
  const input = pulumi.runtime.isDryRun() ? pulumi.runtime.unknownValue : { id: newId, place: args.place, former };
  const { output } = new pulumi.Stash(
    name,
    { input },
    { ...opts, ignoreChanges: ["input"], replacementTrigger: begun.apply((one) => one.trigger) },
  );
  const id = output.apply((value: Value) => (typeof value === "string" ? value : value.id));
  return { id, isNew: id.apply((value) => value === newId), former };
}

/** What the state has. */
interface Recorded {
  readonly value: Value | undefined;
  /** Of the case: it has the name and the parent of the Stash. */
  readonly ofCase: Outputs | undefined;
  /** Whether there is a life of any test case. */
  readonly hasLives: boolean;
}

async function recordedLife(run: RunContext, name: string, parent: pulumi.Resource): Promise<Recorded> {
  if (run.isMocked) return { value: undefined, ofCase: undefined, hasLives: false };
  const { resources } = await formerState(run);
  // As no part of an Output: one that depends on a component waits for all its children, of which the Stash is one.
  const stash = (await valueOf(pulumi.createUrn(name, lifeType, parent))) ?? "";
  const ofParent = stash.slice(0, -`${lifeType}::${name}`.length);
  return {
    value: resources[stash]?.outputs["output"] as Value | undefined,
    ofCase: Object.values(supportCaseTypes)
      .map((type) => resources[`${ofParent}${type}::${name}`]?.outputs)
      .find((outputs) => outputs !== undefined),
    hasLives: Object.keys(resources).some(isLifeOfCase),
  };
}

function formerLives({ value, ofCase }: Recorded, place: string): readonly PlacedLife[] {
  if (value === undefined || typeof value === "string" || ofCase !== undefined) return [];
  const { former = [] } = value;
  return [{ id: value.id, place: value.place }, ...former].filter((one) => one.place !== place);
}

/**
 * What replaces the Stash when it changes; the engine takes null for no reason to replace it. A state of 0.1.0 has a trigger
 * without the place: it keeps that one until the place changes.
 */
function trigger({ value, ofCase, hasLives }: Recorded, { fixed, isAdopted }: CaseLifeArgs, place: string) {
  const withPlace = (where: string) => JSON.stringify([fixed, where]);
  // Either the case is new, or it has got its name by an alias.
  if (value === undefined) return hasLives ? null : withPlace(place);
  if (typeof value !== "string") return withPlace(isAdopted ? value.place : place);
  const before = isAdopted ? undefined : ofCase?.["parent"];
  return typeof before !== "string" || before === place ? fixed : withPlace(place);
}

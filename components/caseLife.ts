/**
 * The life of a test case: a value that is made with it and kept in the state, in a Stash, also where the case is not in the
 * state yet. Whatever only another case can have begins a new life, and so does another place: a case cannot be moved.
 */
import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { formerState } from "./formerState.ts";
import type { FormerResource, FormerState } from "./formerState.ts";
import { isMocked } from "./runs.ts";
import { isSupportCaseType } from "./supportCase/types.ts";

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

const stashType = "pulumi:index:Stash";

export function caseLife(
  name: string,
  args: CaseLifeArgs,
  opts: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): CaseLife {
  const { parent } = opts;
  const newId = randomUUID();
  const former = args.place.apply((place) => formerLives(name, place, parent));
  // No preview shows one.
  const input = pulumi.runtime.isDryRun() ? pulumi.runtime.unknownValue : { id: newId, place: args.place, former };
  const { output } = new pulumi.Stash(
    name,
    { input },
    { ...opts, ignoreChanges: ["input"], replacementTrigger: trigger(name, args, parent) },
  );
  const id = output.apply((value: Value) => (typeof value === "string" ? value : value.id));
  return { id, isNew: id.apply((value) => value === newId), former };
}

async function formerLives(name: string, place: string, parent: pulumi.Resource): Promise<readonly PlacedLife[]> {
  if (isMocked()) return [];
  const state = await formerState();
  const stash = await urnOf(name, parent);
  const value = lifeIn(state, stash);
  if (value === undefined || typeof value === "string" || caseOf(state, name, stash) !== undefined) return [];
  const { former = [] } = value;
  return [{ id: value.id, place: value.place }, ...former].filter((one) => one.place !== place);
}

/**
 * What replaces the Stash when it changes; the engine takes null for no reason to replace it. A state of 0.1.0 has a trigger
 * without the place: it keeps that one until the place changes.
 */
function trigger(name: string, { place, fixed, isAdopted }: CaseLifeArgs, parent: pulumi.Resource) {
  const withPlace = (where: string) => JSON.stringify([fixed, where]);
  if (isMocked()) return place.apply(withPlace);
  return place.apply(async (now) => {
    const state = await formerState();
    const stash = await urnOf(name, parent);
    const former = lifeIn(state, stash);
    // Either the case is new, or it has got its name by an alias.
    if (former === undefined) return hasLives(state) ? null : withPlace(now);
    if (typeof former !== "string") return withPlace(isAdopted ? former.place : now);
    const before = isAdopted ? undefined : formerPlace(state, name, stash);
    return before === undefined || before === now ? fixed : withPlace(now);
  });
}

/** As no part of an Output: one that depends on a component waits for all its children, of which the Stash is one. */
function urnOf(name: string, parent: pulumi.Resource): Promise<pulumi.URN> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, stashType, parent).apply(resolve);
  });
}

function lifeIn({ resources }: FormerState, stash: pulumi.URN): Value | undefined {
  return resources[stash]?.outputs["output"] as Value | undefined;
}

function hasLives({ resources }: FormerState): boolean {
  return Object.keys(resources).some((urn) => urn.includes(`customer-care:index:TestSupportCase$${stashType}::`));
}

/** The case of the Stash, which has the same name and the same parent. */
function caseOf({ resources }: FormerState, name: string, stash: pulumi.URN): FormerResource | undefined {
  const ofParent = stash.slice(0, -`${stashType}::${name}`.length);
  return Object.entries(resources).find(
    ([urn, { type }]) => isSupportCaseType(type) && urn === `${ofParent}${type}::${name}`,
  )?.[1];
}

function formerPlace(state: FormerState, name: string, stash: pulumi.URN): string | undefined {
  const place = caseOf(state, name, stash)?.outputs["parent"];
  return typeof place === "string" ? place : undefined;
}

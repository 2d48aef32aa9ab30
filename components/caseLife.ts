/**
 * The life of a test case: a value that is made with it and kept in the state, in a Stash, also where the case is not in the
 * state yet. Whatever only another case can have begins a new life, and so does another place: a case cannot be moved.
 */
import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { formerState } from "./formerState.ts";
import { valueOf } from "./outputs.ts";
import { livesWithoutCase, recordedAt } from "./recordedLives.ts";
import type { LifeValue, PlacedLife, RecordedLife } from "./recordedLives.ts";
import type { RunContext } from "./run.ts";
import { isLifeOfCase, lifeType } from "./supportCase/properties.ts";
import type { MadeOf } from "./supportCase/properties.ts";

export interface CaseLife {
  /** Like no other text: a UUID. */
  readonly id: pulumi.Output<string>;
  /** Whether it begins with this update, so that no case of it can exist yet. */
  readonly isNew: pulumi.Output<boolean>;
  /** The lives in the state of which it has no case: an update that was killed may have left one. */
  readonly withoutCase: pulumi.Output<readonly PlacedLife[]>;
}

interface CaseLifeArgs {
  /** `projects/P` or `organizations/O`. */
  readonly place: pulumi.Output<string>;
  /** What the config has of the fields that cannot be changed. */
  readonly fixed: string;
  /** What the case is made of; undefined where it is one that was there before, which has no life. */
  readonly made: MadeOf | undefined;
}

/** A life that this run has. */
interface LifeNow {
  readonly urn: Promise<pulumi.URN | undefined>;
  /** Undefined where it begins with this update, as long as that is a preview. */
  readonly id: Promise<string | undefined>;
}

export const livesOfRun = (): LifeNow[] => [];

/** The stack as the marker of a case has it. */
export function markedStack(): string {
  return [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()].join("/");
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
    return { lives: livesWithoutCase(recorded, place), trigger: trigger(recorded, args, place) };
  });
  const withoutCase = begun.apply((one) => one.lives);
  // No preview shows one. It is taken where a life begins: all that are recorded are former ones then.
  const input = pulumi.runtime.isDryRun()
    ? pulumi.runtime.unknownValue
    : { id: newId, place: args.place, ...args.made, former: withoutCase };
  const { output } = new pulumi.Stash(
    name,
    { input },
    { ...opts, ignoreChanges: ["input"], replacementTrigger: begun.apply((one) => one.trigger) },
  );
  const id = output.apply((value: LifeValue) => (typeof value === "string" ? value : value.id));
  run
    .the(livesOfRun)
    .push({ urn: urnOf(name, opts.parent).catch(() => undefined), id: valueOf(id).catch(() => undefined) });
  return { id, isNew: id.apply((value) => value === newId), withoutCase };
}

/** As no part of an Output: one that depends on a component waits for all its children, of which the Stash is one. */
function urnOf(name: string, parent: pulumi.Resource): Promise<pulumi.URN | undefined> {
  return valueOf(pulumi.createUrn(name, lifeType, parent));
}

/** What the state has. */
interface Recorded extends RecordedLife {
  /** Whether there is a life of any test case. */
  readonly hasLives: boolean;
}

async function recordedLife(run: RunContext, name: string, parent: pulumi.Resource): Promise<Recorded> {
  if (run.isMocked) return { value: undefined, ofCase: undefined, hasLives: false };
  const { resources } = await formerState(run);
  const urn = (await urnOf(name, parent)) ?? "";
  return { ...recordedAt(urn, resources), hasLives: Object.keys(resources).some(isLifeOfCase) };
}

/**
 * What replaces the Stash when it changes; the engine takes null for no reason to replace it. A state of 0.1.0 has a trigger
 * without the place: it keeps that one until the place changes.
 */
function trigger({ value, ofCase, hasLives }: Recorded, { fixed, made }: CaseLifeArgs, place: string) {
  const isAdopted = made === undefined;
  const withPlace = (where: string) => JSON.stringify([fixed, where]);
  // Either the case is new, or it has got its name by an alias.
  if (value === undefined) return hasLives ? null : withPlace(place);
  if (typeof value !== "string") return withPlace(isAdopted ? value.place : place);
  const before = isAdopted ? undefined : ofCase?.["parent"];
  return typeof before !== "string" || before === place ? fixed : withPlace(place);
}

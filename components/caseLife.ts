/**
 * A life identifies one test case. It is a UUID that a Stash keeps in the state, even while the case is not in the state yet.
 * A change that needs a new case begins a new life, and so does a new place, because a case cannot be moved.
 */
import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { formerState } from "./formerState.ts";
import { valueOf } from "./outputs.ts";
import { livesWithoutCase, recordedAt } from "./recordedLives.ts";
import type { LifeValue, PlacedLife, RecordedLife } from "./recordedLives.ts";
import type { RunContext } from "./run.ts";
import { isLifeOfCase, lifeType } from "./supportCase/properties.ts";
import type { CaseFingerprint } from "./supportCase/properties.ts";

export interface CaseLife {
  /** A UUID. */
  readonly id: pulumi.Output<string>;
  /** Whether the life begins with this update, so that it cannot have a case yet. */
  readonly isNew: pulumi.Output<boolean>;
  /** Lives in the state without a case in the state. An interrupted update may have left such a case open. */
  readonly withoutCase: pulumi.Output<readonly PlacedLife[]>;
}

interface CaseLifeArgs {
  /** `projects/P` or `organizations/O`. */
  readonly place: pulumi.Output<string>;
  /** The config's values of the fields that cannot be changed, in JSON. */
  readonly fixedFields: string;
  /** The fingerprint of a new case; undefined for an adopted case, which has no life. */
  readonly fingerprint: CaseFingerprint | undefined;
}

/** A life that this run registers. */
interface CurrentLife {
  readonly urn: Promise<pulumi.URN | undefined>;
  /** Undefined in a preview if the life begins with the update. */
  readonly id: Promise<string | undefined>;
}

export const livesOfRun = (): CurrentLife[] => [];

/** The stack's full name, as in the marker of a case. */
export function markedStack(run: RunContext): string {
  // Mocks usually have no organization, and the SDK then throws.
  const organization = run.isMocked ? "organization" : pulumi.getOrganization();
  return [organization, pulumi.getProject(), pulumi.getStack()].join("/");
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
  // Unknown in a preview, so that no preview shows it. Pulumi uses it only when a life begins, and all recorded lives
  // are former ones then.
  const input = pulumi.runtime.isDryRun()
    ? pulumi.runtime.unknownValue
    : { id: newId, place: args.place, ...args.fingerprint, former: withoutCase };
  const { output } = new pulumi.Stash(
    name,
    { input },
    { ...opts, ignoreChanges: ["input"], replacementTrigger: begun.apply((one) => one.trigger) },
  );
  // Mocks usually return the inputs only.
  const id = output.apply((value: LifeValue | undefined) =>
    value === undefined && run.isMocked ? newId : typeof value === "string" ? value : (value?.id ?? ""),
  );
  run
    .shared(livesOfRun)
    .push({ urn: urnOf(name, opts.parent).catch(() => undefined), id: valueOf(id).catch(() => undefined) });
  return { id, isNew: id.apply((value) => value === newId), withoutCase };
}

/** Not part of an Output, because an Output of a component waits for all its children, including the Stash. */
function urnOf(name: string, parent: pulumi.Resource): Promise<pulumi.URN | undefined> {
  return valueOf(pulumi.createUrn(name, lifeType, parent));
}

interface Recorded extends RecordedLife {
  /** Whether the state has the life of any test case. */
  readonly hasLives: boolean;
}

async function recordedLife(run: RunContext, name: string, parent: pulumi.Resource): Promise<Recorded> {
  if (run.isMocked) return { value: undefined, ofCase: undefined, hasLives: false };
  const { resources } = await formerState(run);
  const urn = (await urnOf(name, parent)) ?? "";
  return { ...recordedAt(urn, resources), hasLives: Object.keys(resources).some(isLifeOfCase) };
}

/**
 * A change of the trigger replaces the Stash; null never does. A state of 0.1.0 has a trigger without the place, and keeps it
 * until the place changes.
 */
function trigger({ value, ofCase, hasLives }: Recorded, { fixedFields, fingerprint }: CaseLifeArgs, place: string) {
  const isAdopted = fingerprint === undefined;
  const withPlace = (where: string) => JSON.stringify([fixedFields, where]);
  // Either the case is new, or it has its name from an alias.
  if (value === undefined) return hasLives ? null : withPlace(place);
  if (typeof value !== "string") return withPlace(isAdopted ? value.place : place);
  const before = isAdopted ? undefined : ofCase?.["parent"];
  return typeof before !== "string" || before === place ? fixedFields : withPlace(place);
}

/** The lives of test cases in a stack's state, which ./caseLife.ts writes: `care` reads them too. No Pulumi in here. */
import { lifeIn } from "./supportCase/own.ts";
import { isLifeOfCase, lifeType, supportCaseTypes } from "./supportCase/properties.ts";
import type { MadeOf } from "./supportCase/properties.ts";

/** A life, where its case is (`projects/P` or `organizations/O`), and what the case is made of, if one is made. */
export interface PlacedLife extends Partial<MadeOf> {
  readonly id: string;
  readonly place: string;
}

/** What the Stash holds; in states of 0.1.0 the id alone. */
export type LifeValue = string | (PlacedLife & { readonly former?: readonly PlacedLife[] });

export interface RecordedLife {
  readonly value: LifeValue | undefined;
  /** The outputs of the case: it has the name and the parent of the Stash. */
  readonly ofCase: Readonly<Record<string, unknown>> | undefined;
}

/** By URN. */
export type RecordedResources = Readonly<Record<string, { readonly outputs: Readonly<Record<string, unknown>> }>>;

/** @param urn That of the Stash. */
export function recordedAt(urn: string, resources: RecordedResources): RecordedLife {
  const [ofParent = "", name = ""] = urn.split(`${lifeType}::`);
  return {
    value: resources[urn]?.outputs["output"] as LifeValue | undefined,
    ofCase: Object.values(supportCaseTypes)
      .map((type) => resources[`${ofParent}${type}::${name}`]?.outputs)
      .find((outputs) => outputs !== undefined),
  };
}

/** Lives that the state has no case of, by the URN of the Stash. A place is undefined in states of 0.1.0. */
export function allLivesWithoutCase(resources: RecordedResources): {
  readonly urn: string;
  readonly lives: readonly (PlacedLife | { readonly id: string; readonly place?: undefined })[];
}[] {
  return Object.keys(resources)
    .filter(isLifeOfCase)
    .map((urn) => ({ urn, lives: livesWithoutCase(recordedAt(urn, resources), undefined) }))
    .filter(({ lives }) => lives.length > 0);
}

/**
 * A case that this update replaces is in the state as well, though a former update may have closed it and made the next one: its
 * life is another one.
 *
 * @param place What stands for that of a life of 0.1.0, which has none.
 */
export function livesWithoutCase<Place extends string | undefined>({ value, ofCase }: RecordedLife, place: Place) {
  if (value === undefined) return [];
  const { former = [], ...today } = typeof value === "string" ? { id: value, place } : value;
  const marker = ofCase?.["marker"];
  const isOfCase = ofCase !== undefined && (typeof marker !== "string" || lifeIn(marker) === today.id);
  return isOfCase ? [] : [today, ...former];
}

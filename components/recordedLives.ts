/** Reads the lives of test cases from a stack's state, which ./caseLife.ts writes. `care` uses it too, without Pulumi. */
import { lifeIn } from "./supportCase/own.ts";
import { isLifeOfCase, lifeType, supportCaseTypes } from "./supportCase/properties.ts";
import type { CaseFingerprint } from "./supportCase/properties.ts";

/**
 * A life with the place of its case (`projects/P` or `organizations/O`), and the fingerprint of the case unless it is
 * adopted.
 */
export interface PlacedLife extends Partial<CaseFingerprint> {
  readonly id: string;
  readonly place: string;
}

/** The value of the Stash. In states of 0.1.0, it is only the ID. */
export type LifeValue = string | (PlacedLife & { readonly former?: readonly PlacedLife[] });

export interface RecordedLife {
  readonly value: LifeValue | undefined;
  /** The outputs of the case, which has the same name and parent as the Stash. */
  readonly ofCase: Readonly<Record<string, unknown>> | undefined;
}

/** The resources by URN. */
export type RecordedResources = Readonly<Record<string, { readonly outputs: Readonly<Record<string, unknown>> }>>;

/** @param urn The URN of the Stash. */
export function recordedAt(urn: string, resources: RecordedResources): RecordedLife {
  const [ofParent = "", name = ""] = urn.split(`${lifeType}::`);
  return {
    value: resources[urn]?.outputs["output"] as LifeValue | undefined,
    ofCase: Object.values(supportCaseTypes)
      .map((type) => resources[`${ofParent}${type}::${name}`]?.outputs)
      .find((outputs) => outputs !== undefined),
  };
}

/** The lives without a case in the state, with the URN of their Stash. The place is undefined in states of 0.1.0. */
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
 * A case in the state can have an older life: an interrupted update may have closed it, and created the next one.
 *
 * @param place The place for a life of 0.1.0, which has none.
 */
export function livesWithoutCase<Place extends string | undefined>({ value, ofCase }: RecordedLife, place: Place) {
  if (value === undefined) return [];
  const { former = [], ...current } = typeof value === "string" ? { id: value, place } : value;
  const marker = ofCase?.["marker"];
  const isOfCase = ofCase !== undefined && (typeof marker !== "string" || lifeIn(marker) === current.id);
  return isOfCase ? [] : [current, ...former];
}

/** Open cases that may be the config's test case already: which one to adopt is a person's choice. */
import { markerOfCase } from "../../components/supportCase/marker.ts";
import type { Case } from "../../google/index.ts";
import type { PlaceReadings } from "./readCloud.ts";

export interface CaseFound {
  /** `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly name: string;
  readonly displayName: string;
  /** The full name of the Pulumi stack that made it, where one did. */
  readonly madeBy: string | undefined;
}

export function casesFound({ cases }: PlaceReadings): CaseFound[] {
  return (cases?.value ?? []).map((one: Case) => ({
    name: one.name,
    displayName: one.displayName,
    madeBy: markerOfCase(one)?.stack,
  }));
}

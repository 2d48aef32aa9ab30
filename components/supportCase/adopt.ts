/** Adopts a case that is there already: it is looked at, and nothing of it is changed. */
import type { Case } from "../../google/index.ts";
import { fieldsToChange } from "./difference.ts";
import { getCase } from "./find.ts";
import { isOfResource, markerOfCase } from "./marker.ts";
import { valueOf } from "./properties.ts";
import type { AdoptedCaseInputs } from "./properties.ts";
import type { Surroundings } from "./surroundings.ts";

/** @throws with all that speaks against it */
export async function adoptCase(inputs: AdoptedCaseInputs, { api }: Surroundings): Promise<Case> {
  const found = await getCase(api, inputs.adopt);
  if (found === undefined)
    throw new Error(
      `case ${inputs.adopt} was not found; write the name of a case as the API has it, such as ${inputs.parent}/cases/43595344`,
    );
  const problems = fieldsToChange(found, inputs).map(
    (key) =>
      `its ${key} is ${show(valueOf(found, key))}, and ${show(valueOf(inputs, key))} is asked for; write what it is`,
  );
  const owner = markerOfCase(found);
  if (owner !== undefined && !isOfResource(found, inputs.marker))
    problems.push(
      `it belongs to Pulumi stack ${owner.stack}, resource ${owner.resource}; take it out of that stack first`,
    );
  if (problems.length > 0) throw new Error(`case ${inputs.adopt} is not adopted: ${problems.join("; ")}`);
  return found;
}

function show(value: unknown): string {
  return value === undefined ? "empty" : JSON.stringify(value);
}

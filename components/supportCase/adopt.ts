/** Adopts an existing case. It only reads the case. */
import type { Case } from "../../google/index.ts";
import { fieldsToChange } from "./diff.ts";
import { isOfOwner, markerOfCase, ownerIn } from "./own.ts";
import { valueOf } from "./properties.ts";
import type { AdoptedCaseInputs } from "./properties.ts";
import { getCase } from "./read.ts";
import type { Dependencies } from "./write.ts";

/** @throws Error with all reasons why the case cannot be adopted */
export async function adoptCase(inputs: AdoptedCaseInputs, { api }: Pick<Dependencies, "api">): Promise<Case> {
  const found = await getCase(api, inputs.adopt);
  if (found === undefined)
    throw new Error(
      `case ${inputs.adopt} was not found; write the name of a case in the API, such as ${inputs.parent}/cases/43595344`,
    );
  const problems = fieldsToChange(found, inputs).map(
    (key) =>
      `its ${key} is ${show(valueOf(found, key))}, and the config has ${show(valueOf(inputs, key))}; write the value of the case`,
  );
  const maker = markerOfCase(found);
  if (maker !== undefined && !isOfOwner(found, inputs.owner ?? ownerIn(inputs.marker)))
    problems.push(
      `it belongs to Pulumi stack ${maker.stack}, resource ${maker.resource}; remove it from that stack first`,
    );
  const { comments = [], attachments = [], escalation } = inputs;
  if (found.state === "CLOSED" && (comments.length > 0 || attachments.length > 0 || escalation !== undefined))
    problems.push("it is closed, and a closed case cannot get comments, attachments or an escalation; leave them out");
  if (problems.length > 0) throw new Error(`case ${inputs.adopt} cannot be adopted: ${problems.join("; ")}`);
  return found;
}

function show(value: unknown): string {
  return value === undefined ? "empty" : JSON.stringify(value);
}

/** The life of the test case: made once, closed once, never lost (design decision 5). No Pulumi in here. */
import { adoptCase } from "./adopt.ts";
import { completeCase, outputsOf } from "./complete.ts";
import { getCase } from "./find.ts";
import { closeCase, findOrMakeCase } from "./make.ts";
import { isGoneWithItsParent } from "./parent.ts";
import { changeable, isAdopted, valueOf } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import type { Surroundings } from "./surroundings.ts";

export async function createCase(inputs: SupportCaseInputs, surroundings: Surroundings): Promise<SupportCaseOutputs> {
  if (!isAdopted(inputs)) {
    const found = await findOrMakeCase(inputs, surroundings);
    return completeCase(found, inputs, {}, surroundings);
  }
  const found = await adoptCase(inputs, surroundings);
  return completeCase(found, inputs, {}, surroundings);
}

/** What is true of the case; undefined where it is gone. What was added to it stays known, so that it is not added again. */
export async function readCase(
  name: string,
  properties: SupportCaseOutputs,
  { api }: Surroundings,
): Promise<SupportCaseOutputs | undefined> {
  const found = await getCase(api, name);
  if (found === undefined) return undefined;
  const { comments = [], attachments = [], escalated = false } = properties;
  const fields: Record<string, unknown> = {};
  for (const key of changeable) {
    // What nobody asked for of an adopted case is its own affair.
    if (isAdopted(properties) && valueOf(properties, key) === undefined) continue;
    fields[key] =
      key === "subscriberEmailAddresses"
        ? [...(found.subscriberEmailAddresses ?? [])].sort()
        : (valueOf(found, key) ?? valueOf(properties, key));
  }
  return {
    ...outputsOf(properties, found),
    // An older state stays one until an update brings it up to today's.
    version: properties.version,
    ...fields,
    comments,
    attachments,
    escalated: escalated || found.escalated === true,
  };
}

export async function updateCase(
  name: string,
  olds: SupportCaseOutputs,
  news: SupportCaseInputs,
  surroundings: Surroundings,
): Promise<SupportCaseOutputs> {
  const found = await getCase(surroundings.api, name);
  if (found === undefined)
    throw new Error(`case ${name} is gone; run \`pulumi refresh\` to take it out of the state, then \`pulumi up\``);
  return completeCase(found, news, olds, surroundings);
}

export async function deleteCase(
  name: string,
  properties: Pick<SupportCaseOutputs, "parent"> & { readonly adopt?: string; readonly closeOnDestroy?: boolean },
  surroundings: Surroundings,
): Promise<void> {
  if (isAdopted(properties) && properties.closeOnDestroy !== true) return;
  try {
    const found = await getCase(surroundings.api, name);
    if (found === undefined || found.state === "CLOSED") return;
    await closeCase(name, surroundings);
  } catch (error) {
    if (!(await isGoneWithItsParent(error, name, surroundings))) throw error;
  }
}

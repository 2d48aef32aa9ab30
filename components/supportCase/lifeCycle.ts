/** The life of the test case: made once, closed once, never lost (docs/decisions/caseMadeOnce.md). No Pulumi in here. */
import { adoptCase } from "./adopt.ts";
import { goneProblem } from "./closed.ts";
import { completeCase } from "./complete.ts";
import { findLeftovers, getCase } from "./find.ts";
import { closeCase, closeLeftBehind, findOrMakeCase } from "./make.ts";
import type { Form } from "./own.ts";
import { isGoneWithItsParent } from "./parent.ts";
import { fieldsOf, isAdopted, outputsOf } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import type { Surroundings } from "./surroundings.ts";

export async function createCase(inputs: SupportCaseInputs, surroundings: Surroundings): Promise<SupportCaseOutputs> {
  if (isAdopted(inputs)) {
    const adopted = await adoptCase(inputs, surroundings);
    await closeLeftBehind(inputs, surroundings);
    return completeCase(adopted, inputs, {}, surroundings, [], false);
  }
  await closeLeftBehind(inputs, surroundings);
  const { kept, surplus } = await findOrMakeCase(inputs, surroundings);
  return completeCase(kept, inputs, {}, surroundings, surplus, false);
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
  return {
    ...outputsOf(properties, found),
    // An older state stays one until an update brings it up to today's.
    version: properties.version,
    ...fieldsOf(found, properties),
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
  const { api } = surroundings;
  const found = await getCase(api, name);
  if (found === undefined) throw new Error(goneProblem(name));
  const leftovers = isAdopted(news) ? [] : await findLeftovers(name, news, api);
  return completeCase(found, news, olds, surroundings, leftovers, true);
}

/** Closes the case, and others of its life that an update which was killed, or one at the same time, has left open. */
export async function deleteCase(
  name: string,
  properties:
    Form | (Pick<SupportCaseOutputs, "parent"> & { readonly adopt: string; readonly closeOnDestroy?: boolean }),
  surroundings: Surroundings,
): Promise<void> {
  if (isAdopted(properties) && properties.closeOnDestroy !== true) return;
  const { api } = surroundings;
  try {
    const found = await getCase(api, name);
    if (found !== undefined && found.state !== "CLOSED") await closeCase(name, surroundings);
  } catch (error) {
    if (!(await isGoneWithItsParent(error, name, surroundings))) throw error;
    return;
  }
  if (isAdopted(properties)) return;
  for (const other of await findLeftovers(name, properties, api)) await closeCase(other.name, surroundings);
}

/** The life of the test case: made once, closed once, never lost (design decision 5). No Pulumi in here. */
import { GoogleError, isAmbiguous } from "../../google/index.ts";
import type { Case, CaseUpdate, SupportApi } from "../../google/index.ts";
import { chooseCase } from "./choice.ts";
import { findClassification } from "./classification.ts";
import { caseDescription } from "./description.ts";
import { isEqual } from "./difference.ts";
import { searchQueries } from "./marker.ts";
import { partialFailure } from "./partialFailure.ts";
import { changeable, inputsOf } from "./properties.ts";
import type { SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";

export interface Surroundings {
  readonly api: SupportApi;
  /** Milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** The provider's text, which a partial failure hands back. */
  readonly provider?: unknown;
}

/** How long a case that was perhaps made is looked for, in milliseconds: the search lags behind. */
const settling = { every: 2500, tries: 12 };

export async function createCase(inputs: SupportCaseInputs, surroundings: Surroundings): Promise<SupportCaseOutputs> {
  const { api } = surroundings;
  const { kept, surplus } = chooseCase(await findCases(inputs, api), inputs);
  for (const { name } of surplus) await api.closeCase(name);
  const made = kept ?? (await makeCase(inputs, surroundings));
  return settle(outputsOf(inputs, made), surroundings);
}

export async function readCase(
  name: string,
  properties: SupportCaseOutputs,
  { api }: Surroundings,
): Promise<SupportCaseOutputs | undefined> {
  const found = await getCase(api, name);
  if (found === undefined) return undefined;
  return {
    ...outputsOf(inputsOf(properties), found),
    displayName: found.displayName,
    priority: (found.priority ?? properties.priority) as SupportCaseInputs["priority"],
    subscriberEmailAddresses: [...(found.subscriberEmailAddresses ?? [])].sort(),
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
  if (found === undefined)
    throw new Error(`case ${name} is gone; run \`pulumi refresh\` to take it out of the state, then \`pulumi up\``);
  const update = changeable.filter((key) => !isEqual(olds[key], news[key]));
  if (update.length > 0) {
    if (found.state === "CLOSED")
      throw new Error(
        `case ${name} is closed, and a closed case cannot be changed (${update.join(", ")}); write the former value, ` +
          "or replace the case with `pulumi up --replace`",
      );
    const changes = Object.fromEntries(update.map((key) => [key, news[key]])) as CaseUpdate;
    await api.updateCase(name, changes);
  }
  return settle(outputsOf(news, found), surroundings);
}

export async function deleteCase(name: string, { api }: Surroundings): Promise<void> {
  const found = await getCase(api, name);
  if (found === undefined || found.state === "CLOSED") return;
  await api.closeCase(name);
}

/** Closes the case unless it is to stay open. What is made by then is handed on if that fails. */
async function settle(outputs: SupportCaseOutputs, { api, provider }: Surroundings): Promise<SupportCaseOutputs> {
  if (outputs.keepOpen || outputs.state === "CLOSED") return outputs;
  try {
    const closed = await api.closeCase(outputs.name);
    return { ...outputs, state: closed.state };
  } catch (error) {
    throw partialFailure(
      outputs,
      provider,
      `case ${outputs.name} was made but could not be closed; the next \`pulumi up\` closes it: ${messageOf(error)}`,
    );
  }
}

async function makeCase(inputs: SupportCaseInputs, { api, sleep }: Surroundings): Promise<Case> {
  const classification = await findClassification(api, inputs.classification, inputs.parent);
  try {
    return await api.createCase(inputs.parent, {
      displayName: inputs.displayName,
      description: caseDescription(inputs),
      classification: { id: classification.id },
      priority: inputs.priority,
      languageCode: inputs.language,
      testCase: inputs.testCase,
      ...(inputs.timeZone === undefined ? {} : { timeZone: inputs.timeZone }),
      ...(inputs.subscriberEmailAddresses.length === 0
        ? {}
        : { subscriberEmailAddresses: inputs.subscriberEmailAddresses }),
    });
  } catch (error) {
    if (!isAmbiguous(error)) throw error;
    for (let tries = 0; tries < settling.tries; tries++) {
      await sleep(settling.every);
      const { kept } = chooseCase(await findCases(inputs, api), inputs);
      if (kept !== undefined) return kept;
    }
    throw new Error(
      `it is not known whether the case was made, and none was found within ${String((settling.every * settling.tries) / 1000)} s; ` +
        `the next \`pulumi up\` looks for it first: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

/** The cases that bear a marker of this resource, of this life or of another. */
async function findCases({ parent, marker }: SupportCaseInputs, api: SupportApi): Promise<Case[]> {
  const found = new Map<string, Case>();
  for (const query of searchQueries(marker))
    for (const one of await api.searchCases(parent, query)) found.set(one.name, one);
  return [...found.values()];
}

async function getCase(api: SupportApi, name: string): Promise<Case | undefined> {
  try {
    return await api.getCase(name);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}

function outputsOf(inputs: SupportCaseInputs, { name, state, createTime }: Case): SupportCaseOutputs {
  return { ...inputsOf(inputs), name, state, createTime };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

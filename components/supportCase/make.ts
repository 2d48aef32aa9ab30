/** Makes the case, once: what may have been made already is looked for first. */
import { GoogleError, isAmbiguous } from "../../google/index.ts";
import type { Case, CaseInput } from "../../google/index.ts";
import { chooseCase } from "./choice.ts";
import { findClassification } from "./classification.ts";
import { caseDescription } from "./description.ts";
import { findCases, findLateCase, searchLag } from "./find.ts";
import { messageOf } from "./partialFailure.ts";
import type { MadeCaseInputs } from "./properties.ts";
import { settled } from "./settle.ts";
import type { Surroundings } from "./surroundings.ts";

/** How often a creation that left no case behind is sent in all. */
const tries = 2;

/** The case of this resource: the one that is there, else a new one. Others of this resource are closed. */
export async function findOrMakeCase(inputs: MadeCaseInputs, surroundings: Surroundings): Promise<Case> {
  const { api } = surroundings;
  const { kept, surplus } = chooseCase(await findCases(inputs, api), inputs);
  for (const { name } of surplus) await closeSurplus(name, surroundings);
  if (kept !== undefined) return kept;
  const late =
    inputs.isFirstAttempt === true
      ? undefined
      : await findLateCase(inputs, surroundings, "a former update may have made the case");
  return late ?? (await makeCase(inputs, surroundings));
}

async function closeSurplus(name: string, surroundings: Surroundings): Promise<void> {
  try {
    await closeCase(name, surroundings);
  } catch (error) {
    throw new Error(
      `case ${name}, which this stack has made before, could not be closed, and no other is made beside it: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

async function makeCase(inputs: MadeCaseInputs, surroundings: Surroundings): Promise<Case> {
  const { api } = surroundings;
  const { id } = await findClassification(api, inputs.classification, inputs.parent);
  for (let attempt = 1; ; attempt++) {
    try {
      return await api.createCase(inputs.parent, caseInput(inputs, id));
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      const found = await findLateCase(inputs, surroundings, "it is not known whether Google has made the case");
      if (found !== undefined) return found;
      if (attempt === tries)
        throw new Error(
          `the case was sent ${String(tries)} times, and none was found within ${String(searchLag.longest / 1000)} s of each; ` +
            `the next \`pulumi up\` looks for it first: ${messageOf(error)}`,
          { cause: error },
        );
    }
  }
}

function caseInput(inputs: MadeCaseInputs, classificationId: string): CaseInput {
  const { timeZone, subscriberEmailAddresses } = inputs;
  return {
    displayName: inputs.displayName,
    description: caseDescription(inputs),
    classification: { id: classificationId },
    priority: inputs.priority,
    languageCode: inputs.language,
    testCase: inputs.testCase,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(subscriberEmailAddresses.length === 0 ? {} : { subscriberEmailAddresses }),
  };
}

/** Closes the case. One that somebody else has closed meanwhile is fine: Google refuses to close it again. */
export async function closeCase(name: string, surroundings: Surroundings): Promise<Case> {
  const { api } = surroundings;
  const closed = async () => {
    const found = await api.getCase(name);
    return found.state === "CLOSED" ? found : undefined;
  };
  return settled(
    surroundings,
    async () => {
      try {
        return await api.closeCase(name);
      } catch (error) {
        const isRefused = error instanceof GoogleError && error.status !== undefined && !isAmbiguous(error);
        const done = isRefused ? await closed().catch(() => undefined) : undefined;
        if (done === undefined) throw error;
        return done;
      }
    },
    closed,
  );
}

/** Makes the case, once: what may have been made already is looked for first. */
import { GoogleError, isAmbiguous } from "../../google/index.ts";
import type { Case, CaseInput } from "../../google/index.ts";
import { chooseCase } from "./choice.ts";
import type { MadeChoice } from "./choice.ts";
import { findClassification } from "./classification.ts";
import { caseDescription } from "./description.ts";
import {
  anotherLifeProblem,
  findCasesOfAnotherLife,
  findLateCase,
  findLeftBehind,
  findOwnCases,
  leftBehindProblem,
  searchLag,
} from "./find.ts";
import { isOwn } from "./own.ts";
import { isGoneWithItsParent } from "./parent.ts";
import { messageOf, partialFailure } from "./partialFailure.ts";
import { outputsOf } from "./properties.ts";
import type { MadeCaseInputs, SupportCaseInputs } from "./properties.ts";
import { settled } from "./settle.ts";
import type { Surroundings } from "./surroundings.ts";

/** How often a creation that left no case behind is sent in all. */
const tries = 2;

/**
 * The case of this resource: the one that is there, else a new one; and the others of this life, which are to be closed.
 *
 * @throws what hands on the case that was made, where it cannot be read whether an update at the same time made another
 */
export async function findOrMakeCase(inputs: MadeCaseInputs, surroundings: Surroundings): Promise<MadeChoice> {
  const { api } = surroundings;
  const seen = new Set<string>();
  const { kept, surplus } = chooseCase(await findOwnCases(inputs, api, "none", seen), inputs);
  if (kept !== undefined) return { kept, surplus };
  const others = await findCasesOfAnotherLife(inputs, api);
  if (others.length > 0) throw new Error(anotherLifeProblem(others));
  const late =
    inputs.isFirstAttempt === true
      ? undefined
      : await findLateCase(inputs, surroundings, "a former update may have made the case");
  return late ?? makeCase(inputs, surroundings, seen);
}

/**
 * Closes what updates of former lives have left open, before another case is made.
 *
 * @throws with the cases that may not be closed from here
 */
export async function closeLeftBehind(inputs: SupportCaseInputs, surroundings: Surroundings): Promise<void> {
  const { own, others } = await findLeftBehind(inputs, surroundings.api, (error, parent) =>
    isGoneWithItsParent(error, `${parent}/cases`, surroundings),
  );
  if (others.length > 0) throw new Error(leftBehindProblem(others, inputs));
  for (const { name } of own) await closeCase(name, surroundings);
}

async function makeCase(
  inputs: MadeCaseInputs,
  surroundings: Surroundings,
  seen: ReadonlySet<string>,
): Promise<MadeChoice> {
  const { api } = surroundings;
  const { id } = await findClassification(api, inputs.classification, inputs.parent);
  for (let attempt = 1; ; attempt++) {
    try {
      const made = await api.createCase(inputs.parent, caseInput(inputs, id));
      return await withoutTwin(made, inputs, surroundings, seen);
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

/**
 * Two updates at once, after `pulumi cancel`, may each have made a case: both keep the older one.
 *
 * @param seen The cases that were there before: that they are no longer had is known.
 */
async function withoutTwin(
  made: Case,
  inputs: MadeCaseInputs,
  { api, provider }: Surroundings,
  seen: ReadonlySet<string>,
): Promise<MadeChoice> {
  try {
    const listed = await api.listCases(inputs.parent, "state=OPEN");
    const twins = listed.filter((one) => one.name !== made.name && !seen.has(one.name) && isOwn(one, inputs));
    const { kept = made, surplus } = chooseCase([made, ...twins], inputs);
    return { kept, surplus };
  } catch (error) {
    const outputs = { ...outputsOf(inputs, made), comments: [], attachments: [], escalated: false };
    throw partialFailure(
      outputs,
      provider,
      `case ${made.name} was created, and is completed by the next \`pulumi up\`: ${messageOf(error)}`,
    );
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

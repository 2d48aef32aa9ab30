/** Creates the case, once: what may have been created already is looked for first. */
import { distance } from "fastest-levenshtein";
import { isAmbiguous } from "../../google/index.ts";
import type { Case, CaseClassification, CaseInput, SupportApi } from "../../google/index.ts";
import { adoptCase } from "./adopt.ts";
import { closeLeftBehind } from "./close.ts";
import { completeCase } from "./complete.ts";
import {
  anotherLifeProblem,
  chooseCase,
  findCasesOfAnotherLife,
  findLateCase,
  findOwnCases,
  searchLag,
} from "./find.ts";
import type { MadeChoice } from "./find.ts";
import { caseText, isOwn, isSameClassification, spelling } from "./own.ts";
import { isAdopted, outputsOf } from "./properties.ts";
import type { CaseForm, MadeCaseInputs, SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import { messageOf, partialFailure } from "./write.ts";
import type { Dependencies } from "./write.ts";

export async function createCase(inputs: SupportCaseInputs, dependencies: Dependencies): Promise<SupportCaseOutputs> {
  if (isAdopted(inputs)) {
    const adopted = await adoptCase(inputs, dependencies);
    await closeLeftBehind(inputs, dependencies);
    return completeCase(adopted, inputs, {}, dependencies, [], false);
  }
  await closeLeftBehind(inputs, dependencies);
  const { kept, surplus } = await findOrMakeCase(inputs, dependencies);
  return completeCase(kept, inputs, {}, dependencies, surplus, false);
}

/** How often a creation that left no case behind is sent in all. */
const tries = 2;

/**
 * The case of this resource: the one that is there, else a new one; and the others of this life, which are to be closed.
 *
 * @throws what hands on the case that was made, where it cannot be read whether an update at the same time made another
 */
export async function findOrMakeCase(inputs: MadeCaseInputs, dependencies: Dependencies): Promise<MadeChoice> {
  const { api } = dependencies;
  const seen = new Set<string>();
  const { kept, surplus } = chooseCase(await findOwnCases(inputs, api, "none", seen), inputs);
  if (kept !== undefined) return { kept, surplus };
  const others = await findCasesOfAnotherLife(inputs, api);
  if (others.length > 0) throw new Error(anotherLifeProblem(others));
  const late =
    inputs.isFirstAttempt === true
      ? undefined
      : await findLateCase(inputs, dependencies, "a former update may have made the case");
  return late ?? makeCase(inputs, dependencies, seen);
}

async function makeCase(
  inputs: MadeCaseInputs,
  dependencies: Dependencies,
  seen: ReadonlySet<string>,
): Promise<MadeChoice> {
  const { api } = dependencies;
  const { id } = await findClassification(api, inputs.classification, inputs.parent);
  for (let attempt = 1; ; attempt++) {
    try {
      const made = await api.createCase(inputs.parent, caseInput(inputs, id));
      return await withoutTwin(made, inputs, dependencies, seen);
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      const found = await findLateCase(inputs, dependencies, "it is not known whether Google has made the case");
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
  { api, provider }: Dependencies,
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

export function caseDescription(inputs: CaseForm & Pick<MadeCaseInputs, "marker">): string {
  return [caseText(inputs), "", inputs.marker].join("\n");
}

/** A classification is found by its display name: its id is opaque, and is not kept for ever. */
export class ClassificationNotFound extends Error {
  constructor(wanted: string, known: readonly string[]) {
    super(
      known.length === 0
        ? `classification ${JSON.stringify(wanted)} was not found, nor any other; the caller may not see the classifications`
        : `classification ${JSON.stringify(wanted)} was not found; the nearest are ${nearest(wanted, known)
            .map((name) => JSON.stringify(name))
            .join(", ")}`,
    );
    this.name = "ClassificationNotFound";
  }
}

/** @throws ClassificationNotFound, with the nearest display names */
export async function findClassification(
  api: SupportApi,
  displayName: string,
  parent: string,
): Promise<CaseClassification> {
  const lastPart = displayName.split(">").at(-1)?.trim() ?? "";
  const found = await api.searchClassifications(`displayName:"*${lastPart.replace(/["\\*]/g, "")}*"`, parent);
  const match = found.find((classification) => isSameClassification(classification.displayName, displayName));
  if (match !== undefined) return match;
  const all = await api.searchClassifications("", parent);
  const late = all.find((classification) => isSameClassification(classification.displayName, displayName));
  if (late !== undefined) return late;
  throw new ClassificationNotFound(
    displayName,
    all.map((classification) => classification.displayName),
  );
}

/** The three nearest: by the whole name, or by its last part, which is what people remember. */
function nearest(wanted: string, known: readonly string[]): string[] {
  const lastPart = (name: string) => spelling(name).split(" > ").at(-1) ?? "";
  const score = (name: string) => {
    const isPart = spelling(name).includes(lastPart(wanted)) ? -100 : 0;
    return (
      isPart + Math.min(distance(spelling(wanted), spelling(name)), 2 * distance(lastPart(wanted), lastPart(name)))
    );
  };
  return [...known].sort((one, other) => score(one) - score(other)).slice(0, 3);
}

/** Creates the case only once: first searches for a case that an earlier attempt may have created. Or adopts an existing one. */
import { distance } from "fastest-levenshtein";
import { isAmbiguous } from "../../google/index.ts";
import type { Case, CaseClassification, CaseInput, SupportApi } from "../../google/index.ts";
import { closeLeftBehind } from "./close.ts";
import { completeCase } from "./complete.ts";
import { fieldsToChange } from "./diff.ts";
import {
  anotherLifeProblem,
  chooseCase,
  findCasesOfAnotherLife,
  findLateCase,
  findOwnCases,
  getCase,
  searchLag,
} from "./find.ts";
import type { ChosenCase } from "./find.ts";
import {
  caseText,
  isOfOwner,
  isOwn,
  isSameClassification,
  markerOfCase,
  normalizedClassification,
  ownerIn,
} from "./own.ts";
import { isAdopted, outputsOf, valueOf } from "./properties.ts";
import type {
  AdoptedCaseInputs,
  CaseForm,
  MadeCaseInputs,
  SupportCaseInputs,
  SupportCaseOutputs,
} from "./properties.ts";
import { messageOf, partialFailure } from "./write.ts";
import type { Dependencies } from "./write.ts";

export async function createCase(inputs: SupportCaseInputs, dependencies: Dependencies): Promise<SupportCaseOutputs> {
  if (isAdopted(inputs)) {
    const adopted = await adoptCase(inputs, dependencies);
    await closeLeftBehind(inputs, dependencies);
    return completeCase(adopted, inputs, {}, dependencies, [], false);
  }
  await closeLeftBehind(inputs, dependencies);
  const { kept, surplus } = await findOrCreateCase(inputs, dependencies);
  return completeCase(kept, inputs, {}, dependencies, surplus, false);
}

/**
 * The case to adopt, which is only read.
 *
 * @throws Error with all reasons why the case cannot be adopted
 */
export async function adoptCase(inputs: AdoptedCaseInputs, { api }: Pick<Dependencies, "api">): Promise<Case> {
  const show = (value: unknown) => (value === undefined ? "empty" : JSON.stringify(value));
  const found = await getCase(api, inputs.adopt);
  if (found === undefined)
    throw new Error(
      `case ${inputs.adopt} was not found; write the name of a case in the API, such as ${inputs.parent}/cases/43595344`,
    );
  const problems = fieldsToChange(found, inputs).map(
    (key) =>
      `its ${key} is ${show(valueOf(found, key))}, and the config has ${show(valueOf(inputs, key))}; write the value of the case`,
  );
  const owner = markerOfCase(found);
  if (owner !== undefined && !isOfOwner(found, inputs.owner ?? ownerIn(inputs.marker)))
    problems.push(
      `it belongs to Pulumi stack ${owner.stack}, resource ${owner.resource}; remove it from that stack first`,
    );
  const { comments = [], attachments = [], escalation } = inputs;
  if (found.state === "CLOSED" && (comments.length > 0 || attachments.length > 0 || escalation !== undefined))
    problems.push("it is closed, and a closed case cannot get comments, attachments or an escalation; leave them out");
  if (problems.length > 0) throw new Error(`case ${inputs.adopt} cannot be adopted: ${problems.join("; ")}`);
  return found;
}

/** The maximum number of creation requests, if none has created a case. */
const maxAttempts = 2;

/**
 * The existing case of this resource, or a new one, and the duplicates of this life, which must be closed.
 *
 * @throws partialFailure with the new case, if it is not known whether a concurrent update created another one
 */
async function findOrCreateCase(inputs: MadeCaseInputs, dependencies: Dependencies): Promise<ChosenCase> {
  const { api } = dependencies;
  const seen = new Set<string>();
  const { kept, surplus } = chooseCase(await findOwnCases(inputs, api, "none", seen), inputs);
  if (kept !== undefined) return { kept, surplus };
  const others = await findCasesOfAnotherLife(inputs, api);
  if (others.length > 0) throw new Error(anotherLifeProblem(others));
  const late =
    inputs.isFirstAttempt === true
      ? undefined
      : await findLateCase(inputs, dependencies, "an earlier update may have created the case");
  return late ?? createNewCase(inputs, dependencies, seen);
}

async function createNewCase(
  inputs: MadeCaseInputs,
  dependencies: Dependencies,
  seen: ReadonlySet<string>,
): Promise<ChosenCase> {
  const { api } = dependencies;
  const { id } = await findClassification(api, inputs.classification, inputs.parent);
  for (let attempt = 1; ; attempt++) {
    try {
      const created = await api.createCase(inputs.parent, caseInput(inputs, id));
      return await resolveDuplicates(created, inputs, dependencies, seen);
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      const found = await findLateCase(inputs, dependencies, "it is not known whether Google has created the case");
      if (found !== undefined) return found;
      if (attempt === maxAttempts)
        throw new Error(
          `creating the case failed ${String(maxAttempts)} times, and no case was found within ${String(searchLag.longest / 1000)} s of each attempt; ` +
            `the next \`pulumi up\` looks for it first: ${messageOf(error)}`,
          { cause: error },
        );
    }
  }
}

/**
 * After `pulumi cancel`, two concurrent updates can each create a case. Both keep the older one.
 *
 * @param seen The cases from earlier searches, which were deleted since.
 */
async function resolveDuplicates(
  created: Case,
  inputs: MadeCaseInputs,
  { api, provider }: Dependencies,
  seen: ReadonlySet<string>,
): Promise<ChosenCase> {
  try {
    const listed = await api.listCases(inputs.parent, "state=OPEN");
    const twins = listed.filter((one) => one.name !== created.name && !seen.has(one.name) && isOwn(one, inputs));
    const { kept = created, surplus } = chooseCase([created, ...twins], inputs);
    return { kept, surplus };
  } catch (error) {
    const outputs = { ...outputsOf(inputs, created), comments: [], attachments: [], escalated: false };
    throw partialFailure(
      outputs,
      provider,
      `case ${created.name} was created; the next \`pulumi up\` completes it: ${messageOf(error)}`,
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

/** Classifications are found by display name, because their IDs are opaque and can change. */
export class ClassificationNotFound extends Error {
  constructor(wanted: string, known: readonly string[]) {
    super(
      known.length === 0
        ? `classification ${JSON.stringify(wanted)} was not found, nor any other; check that the caller can list classifications`
        : `classification ${JSON.stringify(wanted)} was not found; the closest are ${closestMatches(wanted, known)
            .map((name) => JSON.stringify(name))
            .join(", ")}`,
    );
    this.name = "ClassificationNotFound";
  }
}

/** @throws ClassificationNotFound with the closest display names */
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
  const listed = all.find((classification) => isSameClassification(classification.displayName, displayName));
  if (listed !== undefined) return listed;
  throw new ClassificationNotFound(
    displayName,
    all.map((classification) => classification.displayName),
  );
}

/** The three closest, by the whole name or by its last part, which people usually know. */
function closestMatches(wanted: string, known: readonly string[]): string[] {
  const lastPart = (name: string) => normalizedClassification(name).split(" > ").at(-1) ?? "";
  const score = (name: string) => {
    const bonus = normalizedClassification(name).includes(lastPart(wanted)) ? -100 : 0;
    return (
      bonus +
      Math.min(
        distance(normalizedClassification(wanted), normalizedClassification(name)),
        2 * distance(lastPart(wanted), lastPart(name)),
      )
    );
  };
  return [...known].sort((one, other) => score(one) - score(other)).slice(0, 3);
}

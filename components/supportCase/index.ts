/**
 * The provider of the test case's resource, as the shim in ../supportCaseResource.ts calls it. These names and
 * arguments stand in the state of every stack: they stay as they are from release to release.
 */
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createTransport,
  GoogleError,
  NoCredentials,
  readGoogleSettings,
  resourceManagerApi,
  supportApi,
} from "../../google/index.ts";
import { testCaseDefaults } from "../../guide/index.ts";
import { sanitized } from "../../text/index.ts";
import { unknownValue } from "../engineValues.ts";
import { adoptCase } from "./adopt.ts";
import { byAge } from "./choice.ts";
import { ClassificationNotFound, findClassification } from "./classification.ts";
import { closedProblem } from "./closed.ts";
import { difference } from "./difference.ts";
import type { Difference } from "./difference.ts";
import { engineIsThere, ignoreClosedPipes } from "./engineIsThere.ts";
import { anotherLifeProblem, findCasesOfAnotherLife, findLeftBehind, leftBehindProblem } from "./find.ts";
import { inputProblems } from "./inputProblems.ts";
import type { InputProblem } from "./inputProblems.ts";
import { withLeftOut } from "./leftOut.ts";
import { createCase, deleteCase, readCase, updateCase } from "./lifeCycle.ts";
import { isOwn } from "./own.ts";
import { messageOf } from "./partialFailure.ts";
import { reportOnce } from "./reportOnce.ts";
import { isAdopted, valueOf } from "./properties.ts";
import type { AdoptedCaseInputs, MadeCaseInputs, SupportCaseInputs, SupportCaseOutputs } from "./properties.ts";
import type { Surroundings } from "./surroundings.ts";

export { fixed, version } from "./properties.ts";
export { sha256 } from "./additions.ts";
export type {
  AdoptedCaseInputs,
  AttachmentFile,
  DefaultedField,
  FormerLife,
  MadeCaseInputs,
  SupportCaseInputs,
  SupportCaseOutputs,
} from "./properties.ts";
export { markerOf, ownerOf } from "./marker.ts";

/** The stack's whole config, read by full key such as `gcp:project`. */
export interface Config {
  get(key: string): string | undefined;
}

/** What the engine passes besides the properties. */
interface WithProvider {
  readonly __provider?: unknown;
}

export async function check(
  olds: Partial<SupportCaseInputs>,
  news: SupportCaseInputs,
  config?: Config,
): Promise<{ inputs: SupportCaseInputs; failures: InputProblem[] }> {
  return plainly(async () => {
    const inputs = withLeftOut(olds, withFirstAttemptOf(olds, news));
    const failures = inputProblems(inputs);
    if (failures.length === 0) failures.push(...(await problemsAtGoogle(olds, inputs, config)));
    rememberChecked(olds, inputs, config);
    return { inputs, failures: failures.map(({ property, reason }) => ({ property, reason: sanitized(reason) })) };
  }, true);
}

/** @throws what an update would be refused for, as a closed case takes no change */
export function diff(_id: string, olds: SupportCaseOutputs, news: SupportCaseInputs): Promise<Difference> {
  return plainly(async () => {
    const found = difference(olds, news);
    const checked = found.changes && found.replaces.length === 0 ? configOfChecked(news) : undefined;
    if (checked === undefined) return found;
    const problem = await closedProblem(olds, news, surroundings(checked.config));
    if (problem !== undefined) throw new Error(problem);
    return found;
  }, true);
}

export async function create(
  inputs: SupportCaseInputs & WithProvider,
  config?: Config,
): Promise<{ id: string; outs: SupportCaseOutputs }> {
  return plainly(async () => {
    const outs = await createCase(inputs, surroundings(config, inputs.__provider));
    return { id: outs.name, outs };
  });
}

/** A case that is gone is answered without an id: the engine takes it out of the state. */
export async function read(
  id: string,
  properties: SupportCaseOutputs | undefined,
  config?: Config,
): Promise<{ id?: string; props?: SupportCaseOutputs }> {
  return withConfigOfState("refresh", async () => {
    if (properties === undefined) throw new Error(`case ${id} has no properties to read it with`);
    const props = await readCase(id, properties, surroundings(config));
    return props === undefined ? {} : { id, props };
  });
}

export async function update(
  id: string,
  olds: SupportCaseOutputs,
  news: SupportCaseInputs & WithProvider,
  config?: Config,
): Promise<{ outs: SupportCaseOutputs }> {
  return plainly(async () => ({ outs: await updateCase(id, olds, news, surroundings(config, news.__provider)) }));
}

async function remove(id: string, properties: SupportCaseOutputs, config?: Config): Promise<void> {
  return withConfigOfState("destroy", () => deleteCase(id, properties, surroundings(config)));
}
export { remove as delete };

/** Credentials are found now, at each call: another one may refresh and destroy what this one made. */
function surroundings(config: Config | undefined, provider?: unknown): Surroundings {
  ignoreClosedPipes();
  const settings = readGoogleSettings((key) => config?.get(key));
  const transport = createTransport(settings, { beforeWrite: () => engineIsThere(process.argv[2]) });
  return {
    api: supportApi(transport),
    resourceManager: resourceManagerApi(transport),
    sleep,
    // The engine shows it among the stack's messages.
    say: (text) => console.log(sanitized(text)),
    readFile,
    provider,
  };
}

/** The value that a resource was made with stays, so that no preview shows it to change. */
function withFirstAttemptOf(olds: Partial<SupportCaseInputs>, news: SupportCaseInputs): SupportCaseInputs {
  if (olds.marker === undefined) return news;
  const { isFirstAttempt: _, ...rest } = news;
  // The engine cannot be handed what is undefined.
  return olds.isFirstAttempt === undefined ? rest : { ...rest, isFirstAttempt: olds.isFirstAttempt };
}

/**
 * What an update would be refused for, as far as Google can be asked: before the first update the API may not be enabled yet.
 * What is in the state already is not asked for again.
 */
async function problemsAtGoogle(
  olds: Partial<SupportCaseInputs>,
  news: SupportCaseInputs,
  config?: Config,
): Promise<InputProblem[]> {
  const { parent } = news;
  const isNew = olds.marker === undefined;
  if (isAdopted(news)) {
    const isKnown = news.adopt !== unknownValue && parent !== unknownValue && news.owner !== undefined;
    if (!isKnown || !isNew) return [];
    const problems = await adoptionProblems(news, config);
    return problems.length > 0 ? problems : leftBehindProblems(news, config);
  }
  if (parent === unknownValue) return [];
  const { classification } = news;
  return [
    ...(classification !== unknownValue && valueOf(olds, "classification") !== classification
      ? await classificationProblems(classification, parent, config)
      : []),
    ...(isNew && news.owner !== undefined ? await anotherLifeProblems(news, config) : []),
    ...(isNew ? await leftBehindProblems(news, config) : []),
  ];
}

/** Whether the classification exists. */
async function classificationProblems(
  classification: string,
  parent: string,
  config?: Config,
): Promise<InputProblem[]> {
  const { api, say } = surroundings(config);
  try {
    await findClassification(api, classification, parent);
  } catch (error) {
    if (error instanceof ClassificationNotFound) return [{ property: "classification", reason: error.message }];
    // The guide's own is known to be there.
    if (classification !== testCaseDefaults.classification)
      say(
        `the classification ${JSON.stringify(classification)} is checked only when the case is made: ${messageOf(error)}`,
      );
  }
  return [];
}

/** Whether the case can be adopted. */
async function adoptionProblems(inputs: AdoptedCaseInputs, config?: Config): Promise<InputProblem[]> {
  const { api, say } = surroundings(config);
  try {
    await adoptCase(inputs, { api });
  } catch (error) {
    if (!(error instanceof GoogleError || error instanceof NoCredentials))
      return [{ property: "adopt", reason: messageOf(error) }];
    say(`the case ${inputs.adopt} is checked only when it is adopted: ${messageOf(error)}`);
  }
  return [];
}

/** Whether an open case of another life stands in the way. The one that this update replaces does not: it is closed first. */
async function anotherLifeProblems(inputs: MadeCaseInputs, config?: Config): Promise<InputProblem[]> {
  try {
    const found = await findCasesOfAnotherLife(inputs, surroundings(config).api);
    const replaced = [...formsInState.values()].map((form) => found.filter((one) => isOwn(one, form)).sort(byAge)[0]);
    const others = found.filter((one) => !replaced.includes(one));
    return others.length === 0 ? [] : [{ property: "", reason: `${keyOf(inputs)}${anotherLifeProblem(others)}` }];
  } catch (error) {
    if (error instanceof GoogleError || error instanceof NoCredentials) return [];
    throw error;
  }
}

/** Where the case of a CustomerCare is configured, as errors of the config begin. One alone is named by the engine. */
function keyOf({ owner = "" }: SupportCaseInputs): string {
  const [, component] = / resource (.+)\/testCase$/.exec(owner) ?? [];
  return component === undefined ? "" : `${component}:testCase: `;
}

/** Whether a former life has left a case that this update may not close. Those that it closes are reported. */
async function leftBehindProblems(inputs: SupportCaseInputs, config?: Config): Promise<InputProblem[]> {
  if (!Array.isArray(inputs.formerLives)) return [];
  const { api, say } = surroundings(config);
  try {
    const { own, others } = await findLeftBehind(inputs, api, () => Promise.resolve(false));
    for (const { name } of own)
      say(
        `case ${name} was created by an update that did not end: the next update closes it before it creates another`,
      );
    return others.length === 0
      ? []
      : [{ property: "", reason: `${keyOf(inputs)}${leftBehindProblem(others, inputs)}` }];
  } catch (error) {
    if (error instanceof GoogleError || error instanceof NoCredentials) return [];
    throw error;
  }
}

/** The configs that this process has checked inputs with, by those inputs. */
const configs = new Map<string, { readonly config: Config | undefined }>();

/** What the cases in the state were made of, by their markers, as far as this process has checked them. */
const formsInState = new Map<string, MadeCaseInputs>();

/**
 * The engine hands a diff no config, and asks for one as well after a refresh, which must not be refused anything. Before a
 * preview or an update it has the same inputs checked first, in the same process.
 */
function rememberChecked(
  olds: Partial<SupportCaseInputs>,
  inputs: SupportCaseInputs,
  config: Config | undefined,
): void {
  if (olds.marker !== undefined && !isAdopted(olds)) formsInState.set(olds.marker, olds as MadeCaseInputs);
  configs.set(canonical(inputs), { config });
}

function configOfChecked(inputs: SupportCaseInputs): { readonly config: Config | undefined } | undefined {
  return configs.get(canonical(inputs));
}

/** The same text for the same inputs, in whatever order their keys come, without the provider's text. */
function canonical(inputs: object): string {
  return JSON.stringify(inputs, (key, value: unknown) => {
    if (key === "__provider") return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/**
 * A refresh or a destroy that does not run the program has what the state holds of the config: a credential that was set since
 * the last update is not there, nor any for the component package.
 */
async function withConfigOfState<Result>(
  operation: "refresh" | "destroy",
  run: () => Promise<Result>,
): Promise<Result> {
  return plainly(async () => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof NoCredentials)
        error.message += `, or, where the stack's config has one, run \`pulumi ${operation} --run-program\``;
      throw error;
    }
  }, true);
}

/**
 * The engine prints the stack of what is thrown: a failed call is no fault of the program, and its message says all. It may quote
 * what Google holds.
 *
 * @param isLogged Whether the SDK also writes the error to its log.
 */
async function plainly<Result>(run: () => Promise<Result>, isLogged = false): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    error.stack = "";
    error.message = sanitized(error.message);
    if ("reasons" in error) error.reasons = (error.reasons as string[]).map(sanitized);
    if (isLogged) reportOnce(error);
    throw error;
  }
}

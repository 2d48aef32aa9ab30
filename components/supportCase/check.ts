/** Checks before an update that the inputs are valid, and that Google would accept it. `care doctor` uses the latter too. */
import {
  answer,
  callerPrincipal,
  checkUpTransport,
  credentialQuotaProject,
  GoogleError,
  NoCredentials,
  quotaProjectOf,
  readGoogleSettings,
  resourceManagerApi,
} from "../../google/index.ts";
import type { SupportApi } from "../../google/index.ts";
import {
  allowsChanges,
  caseChannels,
  caseLanguageNames,
  casePriorityNames,
  levelOf,
  permissionsOfUpdates,
  testCaseDefaults,
} from "../../guide/index.ts";
import { adoptCase, ClassificationNotFound, findClassification } from "./create.ts";
import { closedProblem, difference } from "./diff.ts";
import type { ClosedProblem } from "./diff.ts";
import { anotherLifeProblem, byAge, findCasesOfAnotherLife, findLeftBehind, leftBehindProblem } from "./find.ts";
import { isOwn, leftCaseNote, lifeIn } from "./own.ts";
import { fixed, isAdopted, unknownValue, valueOf } from "./properties.ts";
import type {
  AdoptedCaseInputs,
  DefaultedField,
  MadeCaseInputs,
  SupportCaseInputs,
  SupportCaseOutputs,
} from "./properties.ts";
import { dependenciesOf, messageOf } from "./write.ts";
import type { Config } from "./write.ts";

/**
 * @param olds The inputs in the state; empty for a new case.
 * @param formsInState The forms of cases in the state, which this update may replace.
 */
export async function checkInputs(
  olds: Partial<SupportCaseInputs>,
  news: SupportCaseInputs,
  config: Config | undefined,
  formsInState: Iterable<MadeCaseInputs>,
): Promise<{ inputs: SupportCaseInputs; failures: InputProblem[] }> {
  const inputs = keepOmittedFields(olds, keepFirstAttempt(olds, news));
  const failures = inputProblems(inputs);
  if (failures.length === 0) failures.push(...(await problemsAtGoogle(olds, inputs, config, formsInState)));
  return { inputs, failures };
}

export interface InputProblem {
  /**
   * The engine prints this property's name and value, so it must be a key of the config, and never contain personal data. If
   * it is empty, the reason names the key.
   */
  readonly property: keyof MadeCaseInputs | keyof AdoptedCaseInputs | "";
  readonly reason: string;
}

export function inputProblems(inputs: SupportCaseInputs): InputProblem[] {
  const problems: InputProblem[] = [];
  const add = (property: InputProblem["property"], reason: string) => problems.push({ property, reason });
  const known = (property: "priority" | "channel" | "language") => {
    const value = valueOf(inputs, property);
    return value === unknownValue ? undefined : value;
  };
  const oneOf = (property: "priority" | "channel" | "language", names: readonly string[]) => {
    const value = known(property);
    if (value !== undefined && !names.includes(value as string))
      add(property, `is not a ${property} of a case; write ${names.join(", ")}`);
  };
  if (inputs.parent !== unknownValue && !/^(projects|organizations)\/[^/]+$/.test(inputs.parent))
    add("parent", "must be projects/ID or organizations/NUMBER");
  oneOf("priority", casePriorityNames);
  oneOf("channel", caseChannels);
  oneOf("language", caseLanguageNames);
  if (known("channel") === "chat" && ![undefined, "en"].includes(known("language") as string | undefined))
    add("channel", `chat is available only in English, and the language is ${String(known("language"))}`);
  for (const property of ["classification", "displayName", "description"] as const) {
    const value = valueOf(inputs, property);
    if (typeof value === "string" && value.trim() === "") add(property, "must not be blank");
  }
  if (isAdopted(inputs) && inputs.adopt !== unknownValue && inputs.parent !== unknownValue)
    problems.push(...adoptProblems(inputs));
  return problems;
}

function adoptProblems({ adopt, parent }: AdoptedCaseInputs): InputProblem[] {
  if (!/^(projects|organizations)\/[^/]+\/cases\/[^/]+$/.test(adopt))
    return [{ property: "adopt", reason: "must be projects/ID/cases/CASE or organizations/NUMBER/cases/CASE" }];
  const isNumber = /^projects\/\d+\//.test(adopt);
  // The API checks later whether a project number matches the ID.
  return isNumber || adopt.startsWith(`${parent}/cases/`)
    ? []
    : [{ property: "adopt", reason: `must be a case of ${parent}, for which the test case is configured` }];
}

/**
 * Keeps the recorded values of fields that the config omits, so that a new default in a later release changes nothing.
 *
 * @param olds The inputs in the state; empty for a new case.
 * @param news The program's inputs, with the current defaults for omitted fields.
 */
export function keepOmittedFields(olds: Partial<SupportCaseInputs>, news: SupportCaseInputs): SupportCaseInputs {
  if (isAdopted(news) || news.leftOut === undefined) return news;
  const isSameLife = lifeIn(olds.marker) !== undefined && lifeIn(olds.marker) === lifeIn(news.marker);
  const wereLeftOut = valueOf(olds, "leftOut") as readonly DefaultedField[] | undefined;
  const wereTakenOut = (valueOf(olds, "takenOut") ?? []) as readonly DefaultedField[];
  const kept: Record<string, unknown> = {};
  const takenOut: DefaultedField[] = [];
  for (const field of news.leftOut) {
    const value = valueOf(olds, field);
    if (value === undefined) continue;
    const isFixed = (fixed as readonly string[]).includes(field);
    // A state of 0.1.0 does not record which fields the config had, so the values count as unchanged.
    if (wereLeftOut?.includes(field) ?? isSameLife) {
      kept[field] = value;
      if (wereTakenOut.includes(field)) takenOut.push(field);
    } else if (isFixed && isSameLife) kept[field] = value;
    else if (!isFixed && wereLeftOut !== undefined) takenOut.push(field);
  }
  return { ...news, ...kept, ...(takenOut.length === 0 ? {} : { takenOut }) };
}

/** Keeps the recorded value, so that no preview shows a change. */
function keepFirstAttempt(olds: Partial<SupportCaseInputs>, news: SupportCaseInputs): SupportCaseInputs {
  if (olds.marker === undefined) return news;
  const { isFirstAttempt: _, ...rest } = news;
  // The engine does not accept undefined values.
  return olds.isFirstAttempt === undefined ? rest : { ...rest, isFirstAttempt: olds.isFirstAttempt };
}

/**
 * The problems that Google would report in an update, as far as they can be read: before the first update, the API may not be
 * enabled yet. Values that are already in the state are not checked again.
 */
async function problemsAtGoogle(
  olds: Partial<SupportCaseInputs>,
  news: SupportCaseInputs,
  config: Config | undefined,
  formsInState: Iterable<MadeCaseInputs>,
): Promise<InputProblem[]> {
  const { parent } = news;
  const isNew = olds.marker === undefined;
  const ofCredentials = isNew ? await credentialProblems(news, config) : [];
  if (ofCredentials.length > 0) return ofCredentials;
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
    ...(isNew && news.owner !== undefined ? await anotherLifeProblems(news, config, formsInState) : []),
    ...(isNew ? await leftBehindProblems(news, config) : []),
  ];
}

/** Where the case finds its credentials. It gets no provider, because it is a dynamic resource. */
const source =
  "the test case never uses an explicit gcp.Provider, but the gcp: config of the stack, the environment or Application Default Credentials";

/** Whether the case has credentials, and a quota project if they need one. */
async function credentialProblems(inputs: SupportCaseInputs, config?: Config): Promise<InputProblem[]> {
  const { parent } = inputs;
  const problem = (text: string) => [{ property: "" as const, reason: `${keyOf(inputs)}${text}` }];
  try {
    const settings = readGoogleSettings((key) => config?.get(key));
    const ofCredential = await credentialQuotaProject(settings);
    const project = parent === unknownValue ? "unknown" : /^projects\/(.+)$/.exec(parent)?.[1];
    if (ofCredential !== undefined || quotaProjectOf(settings, project) !== undefined) return [];
    const transport = checkUpTransport(settings);
    const { value: caller } = await answer(() => callerPrincipal(transport));
    if (caller?.startsWith("user:") !== true) return [];
    const message = `${source}, and the user's credentials there have no quota project, which Google requires; run pulumi config set gcp:userProjectOverride true && pulumi config set gcp:billingProject PROJECT_ID`;
    if (parent === unknownValue) return problem(message);
    // A caller who can change nothing there previews what another caller deploys.
    const changes = permissionsOfUpdates(levelOf(parent)).filter(allowsChanges);
    const { value: held } = await answer(() => resourceManagerApi(transport).testIamPermissions(parent, changes));
    if (held?.length !== 0) return problem(message);
    dependenciesOf(config).log(`${keyOf(inputs)}${message}. An update by this caller would fail`);
    return [];
  } catch (error) {
    if (error instanceof NoCredentials)
      return problem(
        `${source}, and no Google credentials were found there; run gcloud auth application-default login, or set gcp:accessToken, gcp:credentials or GOOGLE_APPLICATION_CREDENTIALS`,
      );
    // The requests that follow report it.
    if (error instanceof GoogleError) return [];
    throw error;
  }
}

/** Whether the classification exists. */
async function classificationProblems(
  classification: string,
  parent: string,
  config?: Config,
): Promise<InputProblem[]> {
  const { api, log } = dependenciesOf(config);
  try {
    const unknown = await problemOfClassification(classification, parent, api);
    if (unknown !== undefined) return [{ property: "classification", reason: unknown }];
  } catch (error) {
    // The default is known to exist.
    if (classification !== testCaseDefaults.classification)
      log(
        `the classification ${JSON.stringify(classification)} could not be checked in the preview: ${messageOf(error)}`,
      );
  }
  return [];
}

/** Whether the case can be adopted. */
async function adoptionProblems(inputs: AdoptedCaseInputs, config?: Config): Promise<InputProblem[]> {
  const { api, log } = dependenciesOf(config);
  try {
    await adoptCase(inputs, { api });
  } catch (error) {
    if (!(error instanceof GoogleError || error instanceof NoCredentials))
      return [{ property: "adopt", reason: messageOf(error) }];
    log(`the case ${inputs.adopt} could not be checked in the preview: ${messageOf(error)}`);
  }
  return [];
}

/**
 * Whether an open case of another life blocks the creation. A case that this update replaces is closed first, so it
 * does not.
 */
async function anotherLifeProblems(
  inputs: MadeCaseInputs,
  config: Config | undefined,
  formsInState: Iterable<MadeCaseInputs>,
): Promise<InputProblem[]> {
  try {
    const found = await findCasesOfAnotherLife(inputs, dependenciesOf(config).api);
    const replaced = [...formsInState].map((form) => found.filter((one) => isOwn(one, form)).sort(byAge)[0]);
    const others = found.filter((one) => !replaced.includes(one));
    return others.length === 0 ? [] : [{ property: "", reason: `${keyOf(inputs)}${anotherLifeProblem(others)}` }];
  } catch (error) {
    if (error instanceof GoogleError || error instanceof NoCredentials) return [];
    throw error;
  }
}

/**
 * The config key of a CustomerCare's test case, as in config errors. For a standalone component, the engine prints the
 * name.
 */
function keyOf({ owner = "" }: SupportCaseInputs): string {
  const [, component] = / resource (.+)\/testCase$/.exec(owner) ?? [];
  return component === undefined ? "" : `${component}:testCase: `;
}

/** Whether a former life has left a case that this update must not close. Logs those that it will close. */
async function leftBehindProblems(inputs: SupportCaseInputs, config?: Config): Promise<InputProblem[]> {
  if (!Array.isArray(inputs.formerLives)) return [];
  const { api, log } = dependenciesOf(config);
  try {
    const { own, others } = await findLeftBehind(inputs, api, () => Promise.resolve(false));
    for (const { name } of own) log(leftCaseNote(name));
    return others.length === 0
      ? []
      : [{ property: "", reason: `${keyOf(inputs)}${leftBehindProblem(others, inputs)}` }];
  } catch (error) {
    if (error instanceof GoogleError || error instanceof NoCredentials) return [];
    throw error;
  }
}

/**
 * The case in the state is closed and the update changes it, or the case cannot be adopted.
 *
 * @param recorded The outputs in the state.
 * @param remedy For a case that cannot be adopted.
 */
export async function problemOfCase(
  recorded: SupportCaseOutputs | undefined,
  inputs: SupportCaseInputs,
  remedy: string,
  api: SupportApi,
): Promise<ClosedProblem | undefined> {
  const isSameCase = recorded !== undefined && difference(recorded, inputs).replaces.length === 0;
  if (isSameCase) return closedProblem(recorded, inputs, { api, log: () => undefined });
  if (!isAdopted(inputs)) return undefined;
  try {
    await adoptCase(inputs, { api });
    return undefined;
  } catch (error) {
    if (error instanceof GoogleError) throw error;
    return { problem: (error as Error).message, remedy };
  }
}

/** The error of a classification that does not exist. */
export async function problemOfClassification(
  classification: string,
  parent: string,
  api: SupportApi,
): Promise<string | undefined> {
  try {
    await findClassification(api, classification, parent);
    return undefined;
  } catch (error) {
    if (error instanceof ClassificationNotFound) return error.message;
    throw error;
  }
}

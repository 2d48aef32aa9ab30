/** Checks before a component creates anything whether the places exist and are ready, because an update would fail otherwise. */
import * as pulumi from "@pulumi/pulumi";
import type { GoogleError } from "../google/index.ts";
import { ConfigError, lateUserError } from "../onboarding/index.ts";
import type { AcknowledgeableId, Problem, ScopeArgs, SupportEventsModel } from "../onboarding/index.ts";
import { isAcknowledged, note, warn, withId } from "./acknowledge.ts";
import { sectionOf, withSection } from "../text/index.ts";
import type { ErrorSection } from "../text/index.ts";
import { alertServicesOff } from "./alertServicesOff.ts";
import { mayChangeAny } from "./caseCaller.ts";
import { caseProblems } from "./caseProblems.ts";
import { formerOf, nameIn, placeOf, thingsToCreate } from "./formerState.ts";
import type { FormerState } from "./formerState.ts";
import { alertPolicyType } from "./gcpTypes.ts";
import { eventPlaces, placeNamed } from "./namedPlaces.ts";
import type { NamedPlace } from "./namedPlaces.ts";
import { logWarning } from "./log.ts";
import { createsAnything } from "./obstacles/needs.ts";
import { valueOf } from "./outputs.ts";
import type { LocatedPlace } from "./places.ts";
import { findingOf, noVisiblePlace, obstacleMessage } from "./placeSentences.ts";
import { checksOfRun, rememberRefused, sectionFor } from "./deletions.ts";
import { foundProjects, readyProjects } from "./foundProjects.ts";
import { rememberAlertKeys } from "./goneAlerts.ts";
import {
  callerKeyOf,
  isBelow,
  isOfStackCaller,
  keyFor,
  knownCallerOf,
  knownStackCaller,
  ownProvider,
  stackCaller,
  stackSettingsProblem,
} from "./googleSettings.ts";
import type { Caller } from "./googleSettings.ts";
import { problemsOfNames, stateFor } from "./names.ts";
import { operationOf, printsAdvice } from "./operation.ts";
import { enabledByRun, uniqueHookName } from "./propagation.ts";
import { canBeTransformed } from "./run.ts";
import { problemOutside, rememberCheck } from "./recreated.ts";
import { registered } from "./resourceTree.ts";
import type { RunContext } from "./run.ts";
import { anyChange, changesOf, readPlaces } from "./callerRefusals.ts";
import type { Refused } from "./callerRefusals.ts";
import { isSupportCaseType } from "./supportCase/properties.ts";
import { readRefused } from "./updateRefusals.ts";
import { newlyWanted, nothing } from "./wanted.ts";
import type { ConfiguredParts, WantedPlace } from "./wanted.ts";

/** An entry for a component's `dependsOn` that waits for the checks, and resolves to no resources. */
export type Ready = Promise<pulumi.Resource[]>;

/**
 * Resolves once the places are ready and no resource there would be rejected; undefined if that is not checked.
 *
 * A place whose ID is an Output is not checked, because the program may create it. Nor is a component that depends on other
 * resources, or whose own provider has settings that are not known yet.
 *
 * @param component The component that has the places.
 * @param opts The component's options.
 */
export function whenReady(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  places: readonly LocatedPlace[],
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  const namedPlaces = async () =>
    (
      await Promise.all(
        places.map(async (located) => {
          const { level, id, path, idPath, domain } = located;
          const isFound = id === undefined && domain !== undefined;
          // The lookup reports an organization that it does not find.
          const number = isFound ? await valueOf(located.scope.id).catch(() => undefined) : id;
          const { testCase: args } = located;
          const ofCase = args && { args, path: ["testCase"], name: `${name}/testCase` };
          return placeNamed(level, number, located, path, idPath).map((one) => ({
            ...one,
            isFound,
            ...(ofCase && { ofCase }),
          }));
        }),
      )
    ).flat();
  const events = places.find(({ supportEvents }) => supportEvents !== undefined);
  const withEvents = async () => {
    const all = await namedPlaces();
    if (events?.supportEvents === undefined) return all;
    const organization = await valueOf(events.scope.resourceName).catch(() => undefined);
    return eventPlaces(all, organization, events.supportEvents, [...events.path, "supportEvents"]);
  };
  return whenAllReady(run, name, component, withEvents, opts);
}

/** The same for a component of support events alone. */
export function whenEventsReady(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  organizationId: unknown,
  events: SupportEventsModel<pulumi.Input<string>>,
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  if (isOfPackage(opts?.parent)) return undefined;
  const top = placeNamed("organization", organizationId, {}, [], ["organizationId"]);
  const all = eventPlaces(top, top[0]?.wanted.resource, events, []);
  return all.length === 0 ? undefined : whenAllReady(run, name, component, () => Promise.resolve(all), opts);
}

/**
 * The same for a component with one place. A parent from this package has already checked it.
 *
 * @param asked What the component would create at the place.
 * @param alertsPath The path of its alerts in the args.
 */
export function whenPlaceReady(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  { organizationId, folderId, projectId }: ScopeArgs,
  asked: ConfiguredParts,
  opts: pulumi.ComponentResourceOptions | undefined,
  alertsPath?: readonly string[],
): Ready | undefined {
  if (isOfPackage(opts?.parent)) return undefined;
  const places = [
    ...placeNamed("organization", organizationId, asked, [], ["organizationId"]),
    ...placeNamed("folder", folderId, asked, [], ["folderId"]),
    ...placeNamed("project", projectId, asked, [], ["projectId"]),
  ];
  const { testCase: args } = asked;
  const all = places.map((one) => ({
    ...one,
    ...(alertsPath && { alertsPath }),
    ...(args && { ofCase: { args, path: [], name } }),
  }));
  return places.length === 0 ? undefined : whenAllReady(run, name, component, () => Promise.resolve(all), opts);
}

/** A component of this package has checked the places of its children. */
const isOfPackage = (parent: pulumi.Resource | undefined) =>
  parent !== undefined && registered(parent).__pulumiType?.startsWith("customer-care:") === true;

/**
 * Hooks that prevent the creation or update of a resource whose place is deleted or not ready. They use the results of the
 * checks, and request only a contact, an alert or a subscription that changes, because it may have been deleted. An error for
 * several resources is shown once.
 *
 * They are hooks because only the engine knows which resources an operation creates or changes.
 *
 * @param component The component of the resources.
 */
export function readinessHooks(run: RunContext, name: string, component: pulumi.Resource): pulumi.ResourceHookBinding {
  // Mocks do not support hooks.
  if (run.isMocked) return {};
  const problems = run.shared(newProblems);
  const shown = run.shared(newShown);
  const refuse: pulumi.ResourceHookFunction = async ({ type, urn, newInputs, oldInputs, oldOutputs }) => {
    const inputs = (newInputs ?? {}) as Readonly<Record<string, unknown>>;
    // A policy can get a channel that does not exist.
    const isChecked = oldInputs === undefined || type === alertPolicyType;
    const created = isChecked ? thingsToCreate(type, inputs) : [];
    const caller = await callerKeyOf(component, type);
    const nameProblem = run.shared(problemsOfNames).get(urn);
    if (nameProblem !== undefined) throw new Error(nameProblem);
    const problem =
      [placeOf(inputs) ?? "", anyChange, changesOf(type) ?? "", ...created]
        .map((key) => problems.get(keyFor(caller, key)))
        .find((one) => one !== undefined) ??
      (await problemOutside(run, component, caller, { urn, type, newInputs: inputs, oldOutputs }));
    if (problem === undefined) return;
    const first = shown.get(problem) ?? urn;
    shown.set(problem, first);
    throw new Error(first === urn ? problem : `rejected for the same reason as ${nameIn(first)}`);
  };
  const hook = new pulumi.ResourceHook(uniqueHookName(run, `${name}/readiness`), refuse, { onDryRun: true });
  return { beforeCreate: [hook], beforeUpdate: [hook] };
}

/** By caller: the problems of places with resources in the state, by place, and of resources that would be rejected, by thing. */
const newProblems = () => new Map<string, string>();

/** The first resource that each problem was shown for. */
const newShown = () => new Map<string, pulumi.URN>();

function whenAllReady(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  places: () => Promise<readonly NamedPlace[]>,
  opts: pulumi.ComponentResourceOptions | undefined,
): Ready | undefined {
  if (dependsOnOthers(opts) || run.isMocked) return undefined;
  const check = async () => {
    const invalid = ownProvider(component) === undefined ? stackSettingsProblem() : undefined;
    if (invalid !== undefined && operationOf(run) === "whole") throw lateUserError(invalid, "config");
    const all = await places();
    const state = await stateFor(run, all);
    rememberAlertKeys(run, name, all);
    const parts = await partsOf(run, component, all, state);
    const rejections = await Promise.all(parts.map((part) => checkPlaces(run, name, component, part, state)));
    const lines = new Set(rejections.flatMap((one) => one.lines));
    if (lines.size > 0 && operationOf(run) === "whole")
      throw lateUserError([...lines].join("\n"), ...rejections.flatMap(({ sections }) => sections));
  };
  const checked = check();
  run.shared(checksOfRun).push(checked);
  return checked.then(() => []);
}

/** The part of a component that belongs to one caller. */
interface Part {
  readonly caller: Caller;
  readonly places: readonly NamedPlace[];
  /** All grants of the component, whoever creates them. */
  readonly granting: readonly WantedPlace[];
  /** What the caller has in the state. */
  readonly former: Pick<FormerState, "resources" | "places">;
}

/** The test case of a component with its own provider has another caller than the rest. */
async function partsOf(
  run: RunContext,
  component: pulumi.Resource,
  places: readonly NamedPlace[],
  state: FormerState,
): Promise<Part[]> {
  const stack = await knownStackCaller();
  if (ownProvider(component) === undefined) {
    const former = formerOf(state, isOfStackCaller(run));
    return stack === undefined ? [] : [{ caller: stack, places, granting: places, former }];
  }
  const own = await knownCallerOf(component);
  const isCase = ({ wanted: { testCase } }: NamedPlace) => testCase !== undefined;
  const ofCase = formerOf(state, (other, type) => isSupportCaseType(type) && isBelow(other, component));
  const ofOwn = formerOf(state, (other, type) => !isSupportCaseType(type) && isBelow(other, component));
  const withCase = places.filter(isCase).map((one) => ({
    ...one,
    wanted: { ...one.wanted, ...nothing, testCase: one.wanted.testCase },
  }));
  const others = places.map(({ ofCase: _, ...one }) => ({ ...one, wanted: { ...one.wanted, testCase: undefined } }));
  const isNeeded = withCase.length > 0 || ofCase.places.size > 0;
  const canDeploy = async () => own !== undefined && (await mayChangeAny(own, places));
  return [
    ...(stack === undefined || !isNeeded
      ? []
      : [{ caller: { ...stack, canDeploy }, places: withCase, granting: places, former: ofCase }]),
    ...(own === undefined ? [] : [{ caller: own, places: others, granting: others, former: ofOwn }]),
  ];
}

/** In the component package, an absent `dependsOn` is an empty list. */
function dependsOnOthers({ dependsOn }: pulumi.ComponentResourceOptions = {}): boolean {
  return dependsOn !== undefined && !(Array.isArray(dependsOn) && dependsOn.length === 0);
}

/** Why a component cannot be created. */
interface Rejection {
  readonly lines: readonly string[];
  readonly sections: readonly ErrorSection[];
}

/**
 * A place with resources in the state only causes a warning, because they can still be removed from the state. The hooks then
 * reject what would fail there, and also everything that transforms may import.
 *
 * @returns Everything else that would fail in an update
 */
async function checkPlaces(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  { caller, places, granting, former }: Part,
  state: FormerState,
): Promise<Rejection> {
  const problems = run.shared(newProblems);
  const remember = (things: readonly string[], text: string) => {
    for (const thing of things) problems.set(keyFor(caller.key, thing), text);
  };
  const { places: inState } = state;
  const asked = places.flatMap(({ isFound, wanted: { resource } }) => (isFound === true ? [] : [resource]));
  // A config without places can delete everything at those of the state.
  const ready = caller.key === stackCaller ? run.shared(readyProjects) : new Set<string>();
  const unread = places.length === 0 ? [...former.places].slice(0, 1) : asked.filter((one) => !ready.has(one));
  const reading = readPlaces(caller, unread);
  const created = places.map((place) => ({ ...place, wanted: newlyWanted(place.wanted, state) }));
  const read = (at: readonly NamedPlace[], deployed: FormerState, denied?: Promise<GoogleError | undefined>) =>
    readRefused(run, name, at, granting, deployed, caller, former, denied, (service, project) =>
      enabledByRun(run, service, project),
    );
  for (const place of places)
    rememberCheck(run, caller.key, place.wanted.resource, (deployed) => read([place], deployed));
  const [{ obstacles, hasSeenAny: hasSeenOne }, ...refusedOf] = await Promise.all([
    reading,
    read(
      places,
      state,
      reading.then(({ denied }) => denied),
    ),
    alertServicesOff(run, name, component, caller, created),
  ]);
  const allRefused = refusedOf.flat();
  const hasSeenAny = hasSeenOne || unread.length < asked.length;
  const found = places.flatMap(({ wanted: { resource }, id, idPath }) => {
    const obstacle = obstacles.get(resource);
    const everyProject = run.shared(foundProjects).get(resource);
    return obstacle === undefined
      ? []
      : [
          {
            resource,
            id: findingOf(resource, obstacle),
            where: resource,
            isUnseen: obstacle.kind === "unseen",
            // Google grants roles and adds contacts without billing.
            isWarningOnly: everyProject !== undefined && obstacle.kind === "unbilled" && inState.has(resource),
            path: everyProject ?? idPath,
            message: obstacleMessage(resource, id, obstacle, everyProject !== undefined),
          },
        ];
  });
  const here = allRefused.filter(({ resource }) => !obstacles.has(resource));
  const refused = here.filter(({ isOfChanges }) => isOfChanges !== true);
  const ofChanges = here.filter(({ isOfChanges }) => isOfChanges === true);
  if (found.length === 0 && here.length === 0) return { lines: [], sections: [] };
  const textOf = ({ kind, message }: Refused) => withSection(message, sectionFor(kind));
  for (const one of ofChanges) if (one.isCertain) remember(one.things, textOf(one));
  rememberRefused(run, component, caller.key, here, (one) => run.shared(newShown).has(textOf(one)));
  const certain = found.filter(({ isUnseen }) => !isUnseen);
  const deployed = certain.filter(({ resource }) => inState.has(resource));
  for (const { resource, path, message, isWarningOnly } of deployed)
    if (!isWarningOnly) remember([resource], withSection(new ConfigError(name, [{ path, message }]).message, "place"));
  const isWanted = (place: NamedPlace) => createsAnything(newlyWanted(place.wanted, state));
  const newlyWantedAt = new Set(places.filter(isWanted).map(({ wanted: { resource } }) => resource));
  const unseen = found.filter(({ isUnseen }) => isUnseen);
  const isShown = (one: (typeof found)[number]) => !isAcknowledged(run, component, one);
  const warnAll = (problems: readonly Problem[]) => logWarning(new ConfigError(name, problems).message);
  // A caller without roles can preview what another caller deploys. In an update by this caller, everything would fail.
  const isPreview = pulumi.runtime.isDryRun();
  if (printsAdvice(run)) {
    // An update has an error for what it creates there.
    const shown = unseen.filter((one) => isShown(one) && (isPreview || !newlyWantedAt.has(one.resource)));
    if (hasSeenAny && shown.length > 0)
      await warnAll(shown.map((one) => ({ ...one, message: withId(one, one.message) })));
    else if (shown.some(({ resource }) => newlyWantedAt.has(resource))) await warnAll([noVisiblePlace(shown)]);
  }
  if (!isPreview)
    for (const { resource, path, message } of unseen)
      remember([resource], withSection(new ConfigError(name, [{ path, message }]).message, "place"));
  const shown = deployed.filter(isShown);
  if (shown.length > 0)
    await warnAll(
      shown.map((one) => ({
        ...one,
        message: withId(one, `${one.message}. ${one.isWarningOnly ? triedThere : keptThere}`),
      })),
    );
  for (const { kind, where, isCertain, isNote, message } of refused)
    if (!isCertain && printsAdvice(run))
      await (isNote === true ? note : warn)(run, component, { id: kind as AcknowledgeableId, where }, message);
  const isRejectedNow = ({ isUnseen, resource }: (typeof found)[number]) =>
    !isUnseen || (!isPreview && newlyWantedAt.has(resource));
  const rejectedPlaces = found.filter((one) => isRejectedNow(one) && !inState.has(one.resource));
  const certainRefusals = refused.filter(({ isCertain }) => isCertain);
  const isLeftToEngine = certainRefusals.length > 0 && (await canBeTransformed(run, component));
  const rejectedNow = certainRefusals.filter(({ resource }) => !isLeftToEngine && !inState.has(resource));
  const lines = [
    ...(rejectedPlaces.length === 0 ? [] : [new ConfigError(name, rejectedPlaces).message]),
    ...(rejectedNow.length === 0 && rejectedPlaces.length === 0 ? [] : certainRefusals.map(({ message }) => message)),
  ];
  const sections = certainRefusals.map(({ kind }) => sectionFor(kind));
  // The hooks reject what an operation does not leave out.
  for (const { resource, path, message } of rejectedPlaces)
    remember([resource], withSection(new ConfigError(name, [{ path, message }]).message, "place"));
  const all = withSection(certainRefusals.map(({ message }) => message).join("\n"), ...sections);
  for (const { things } of certainRefusals) remember(things, all);
  if (lines.length > 0) {
    const ofCases = await Promise.all(
      places.map(async ({ ofCase, wanted: { resource } }) =>
        ofCase === undefined || obstacles.has(resource)
          ? []
          : caseProblems(run, name, ofCase.name, ofCase.path, resource, ofCase.args, state),
      ),
    );
    const ofLines = [
      ...(rejectedPlaces.length === 0 ? [] : ["place" as const]),
      ...sections,
      ...ofCases.flat().map((line) => sectionOf(line, "testCase")),
    ];
    return { lines: [...lines, ...ofCases.flat()], sections: ofLines };
  }
  return { lines: [], sections: [] };
}

const keptThere = "The state has resources there: an update that creates or changes one there fails";
const triedThere = "An update continues there, but Google may refuse to enable a service";

/** The whole adoption: reads the stack, then Google, decides on each resource, then builds the import file. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { channelType } from "../../components/internal.ts";
import { ConfigError, messageOfErrors } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { checkUpTransport, GoogleError, readGoogleSettings } from "../../google/index.ts";
import type { Counts } from "../../google/index.ts";
import { isCredentialProblem, explainCredentialErrors } from "../google/credentials.ts";
import type { Reading } from "../google/reading.ts";
import { contactThing, grantThing } from "../stack/claims.ts";
import { nameIn } from "../stack/managed.ts";
import type { Managed } from "../stack/managed.ts";
import { readStack } from "../stack/readStack.ts";
import { readStates } from "../stack/states.ts";
import type { StatesReading } from "../stack/states.ts";
import { UserError } from "../userError.ts";
import { importFile } from "./importFile.ts";
import type { ImportFile } from "./importFile.ts";
import { searched } from "./alerts.ts";
import { leftToOthers } from "./leftToOthers.ts";
import type { LeftToOthers } from "./leftToOthers.ts";
import { outcomeOf } from "./outcome.ts";
import type { Outcome, Status } from "./outcome.ts";
import { readCloud, readingsOf } from "./readCloud.ts";
import type { CloudReading } from "./readCloud.ts";
import { urnOf, wantedOf } from "./resources.ts";
import type { Thing, WantedResource } from "./resources.ts";
import { casesFound } from "./testCase.ts";
import type { CaseFound } from "./testCase.ts";

export interface Adoption {
  readonly stack: string;
  readonly project: string;
  readonly outcomes: readonly Outcome[];
  readonly left: readonly LeftToOthers[];
  /** What the stack has and the config does not: the next update deletes it. */
  readonly deletions: readonly Deletion[];
  /** The reads that failed, each with its error. */
  readonly notRead: readonly Reading<unknown>[];
  /** The stacks whose states could not be read. */
  readonly unreadStacks: readonly string[];
  /** Empty where the stack has its case, or the config has none. */
  readonly cases: readonly CaseFound[];
  /** Undefined where there is nothing to import. */
  readonly file: ImportFile | undefined;
}

/** A resource in the state, which can also be a notification channel. */
export type Deletion = Omit<Managed, "kind"> & { readonly kind: Managed["kind"] | "channel" };

/** @throws UserError, UsageError */
export async function adoption(workDir: string, stackName: string | undefined, counts: Counts): Promise<Adoption> {
  const stack = await readStack("care adopt", workDir, stackName);
  const { config, problems } = stack.checked;
  if (config === undefined)
    throw new UserError(`care adopt: ${messageOfErrors([new ConfigError(stack.project, problems)])}`);
  return explainCredentialErrors("care adopt", async () => {
    const transport = checkUpTransport(readGoogleSettings(stack.config), counts);
    const [states, cloud] = await Promise.all([readStates(stack), readCloud(config, transport)]);
    const names = { stack: stack.name, project: stack.project };
    return adoptionOf({ ...names, config, states, cloud, gcpVersion: gcpVersionOf(workDir) });
  });
}

interface Readings {
  readonly stack: string;
  readonly project: string;
  readonly config: CustomerCareConfig;
  readonly states: StatesReading;
  readonly cloud: CloudReading;
  readonly gcpVersion: string;
}

/** @throws GoogleError where the credential was not accepted, so that nothing is known */
export function adoptionOf({ stack, project, config, states, cloud, gcpVersion }: Readings): Adoption {
  const { places, organization, everyProject } = cloud;
  const notRead = [organization, ...everyProject, ...places.flatMap(readingsOf)].filter(
    (reading) => reading?.error !== undefined,
  );
  const refused = notRead.find((reading) => reading?.error !== undefined && isCredentialProblem(reading.error));
  if (refused?.error !== undefined) throw refused.error;
  const inStack = { stack, project };
  const byPlace = new Map(places.map((readings) => [readings.place, searched(readings, states)]));
  const { components, resources } = wantedOf(
    config,
    places.map(({ place }) => place),
  );
  const outcomes = resources.flatMap((resource) => {
    const readings = byPlace.get(resource.place);
    return readings === undefined ? [] : [outcomeOf(resource, readings, states, inStack)];
  });
  const imports = outcomes.flatMap(({ resource, id }) => (id === undefined ? [] : [{ resource, id }]));
  const urnInState = (component: (typeof components)[number]) => {
    const urn = urnOf(component, inStack);
    return states.urns.has(urn) ? urn : undefined;
  };
  const deletions = deletionsOf(states, resources, config, cloud);
  const hasCase = components.some(({ type, name }) => type.endsWith(":TestSupportCase") && hasCaseNamed(states, name));
  return {
    stack,
    project,
    outcomes,
    left: [...byPlace.values()]
      .flatMap((readings) => leftToOthers(readings, states))
      .filter((left) => !isDeleted(left, deletions)),
    deletions,
    notRead: [...unseen(config, organization), ...notRead.flatMap((reading) => reading ?? [])],
    unreadStacks: states.others.filter(({ claims }) => claims === undefined).map(({ name }) => name),
    cases: hasCase ? [] : places.flatMap((readings) => casesFound(readings, inStack)),
    file: imports.length === 0 ? undefined : importFile(components, imports, urnInState, gcpVersion),
  };
}

function hasCaseNamed({ urns }: StatesReading, name: string): boolean {
  return [...urns].some((urn) => urn.endsWith(`$pulumi-nodejs:dynamic/customercare:SupportCase::${name}`));
}

/** An organization that the caller does not see: nothing could be asked by its domain. */
function unseen({ organization }: CustomerCareConfig, found: CloudReading["organization"]): Reading<unknown>[] {
  if (organization === undefined || found === undefined || found.error !== undefined || found.value !== undefined)
    return [];
  const { value: _none, ...question } = found;
  const message = `no organization with the domain ${JSON.stringify(organization.domain)} is visible to the caller`;
  return [{ ...question, error: new GoogleError(message, { request: "organizations:search", code: "NOT_FOUND" }) }];
}

/** The gcp version of the program's resources. If an import used another one, the first update would change the resource. */
function gcpVersionOf(workDir: string): string {
  const find = (from: string) =>
    (createRequire(from)("@pulumi/gcp/package.json") as { readonly version: string }).version;
  try {
    return find(join(workDir, "package.json"));
  } catch {
    return find(import.meta.filename);
  }
}

/** Whether a person has to decide. Adopting a case is optional. */
export function needsDecision({ outcomes, deletions }: Adoption): boolean {
  // A service stays enabled.
  return deletions.some(({ kind }) => kind !== "service") || outcomes.some(isOpen);
}

/** Whether something could not be read, so that it may need a decision, too. */
export function isIncomplete({ notRead, unreadStacks }: Adoption): boolean {
  return notRead.length > 0 || unreadStacks.length > 0;
}

const statusesNeedingDecision: readonly Status[] = [
  "address-differs",
  "topic-differs",
  "several-exist",
  "in-other-stack",
];

function isOpen(outcome: Outcome): boolean {
  return outcome.status === "differs" ? hasEffect(outcome) : statusesNeedingDecision.includes(outcome.status);
}

/** Whether the first update changes more than an order or the label of Pulumi's provider. */
export function hasEffect({ differences = [] }: Outcome): boolean {
  return differences.some((difference) => difference !== "order" && difference !== "label");
}

/**
 * Resources in the stack that the config no longer names: the next update deletes them. Places whose config could not be looked up are skipped: the preview would fail there, too.
 */
function deletionsOf(
  { managed, channels }: StatesReading,
  wanted: readonly WantedResource[],
  config: CustomerCareConfig,
  { organization, everyProject, places }: CloudReading,
): Deletion[] {
  const isOrganizationKnown =
    config.organization === undefined || config.organization.id !== undefined || organization?.value !== undefined;
  const areProjectsKnown = everyProject.every(({ error }) => error === undefined);
  const numbers = new Map(
    places.map(({ place, contacts }) => [place.resource, contacts?.value?.[0]?.name.split("/").slice(0, 2).join("/")]),
  );
  const isPlace = (resource: string, { place }: WantedResource) =>
    place.resource === resource || numbers.get(place.resource) === resource || mayBeNumberOf(resource, place.resource);
  const ofChannels = channels.map(({ email, resource, urn }): Deletion => {
    return { kind: "channel", resource, thing: contactThing(email), type: channelType, name: nameIn(urn), urn };
  });
  return [...managed, ...ofChannels].filter(({ kind, resource, thing }) => {
    if (kind === "case") return config.testCase === undefined;
    if (resource.startsWith("organizations/") && !isOrganizationKnown) return false;
    if (resource.startsWith("projects/") && !areProjectsKnown) return false;
    return !wanted.some((one) => one.thing.kind === kind && isThing(one.thing, thing) && isPlace(resource, one));
  });
}

/** A project number, which may be that of any project in the config. */
function mayBeNumberOf(resource: string, place: string): boolean {
  return /^projects\/\d+$/.test(resource) && place.startsWith("projects/");
}

/** An alert policy and a subscription are one of each place: their names and topics can change. */
function isThing(wanted: Thing, thing: string): boolean {
  if (wanted.kind === "alerts" || wanted.kind === "subscription") return true;
  return thingOf(wanted) === thing;
}

function thingOf(thing: Exclude<Thing, { readonly kind: "alerts" }>): string {
  switch (thing.kind) {
    case "service":
      return thing.service;
    case "grant":
      return grantThing(thing.role, thing.member);
    case "contact":
    case "channel":
      return contactThing(thing.email);
    default:
      return thing.topic;
  }
}

/** Resources that the update deletes are not listed as left to others. */
function isDeleted(left: LeftToOthers, deletions: readonly Deletion[]): boolean {
  if (left.kind === "alerts" || left.kind === "channel") return false;
  if (left.kind === "grant" && left.condition !== undefined) return false;
  const thing = left.kind === "grant" ? grantThing(left.role, left.member) : contactThing(left.email);
  const places = [left.where, ...(left.kind === "contact" ? [left.name.split("/").slice(0, 2).join("/")] : [])];
  return deletions.some((one) => one.kind === left.kind && one.thing === thing && places.includes(one.resource));
}

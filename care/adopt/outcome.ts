/** What happens to each resource of the config. */
import type { Contact } from "../../onboarding/index.ts";
import { isSameInProject } from "../../google/index.ts";
import type { EssentialContact } from "../../google/index.ts";
import { notificationCategories, supportEvents } from "../../guide/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import { contactThing, grantThing } from "../stack/claims.ts";
import type { Claim } from "../stack/claims.ts";
import { fullTopicName, isBareTopic, isGranted, pulumiLabel } from "../../components/internal.ts";
import type { OtherStack, StatesReading } from "../stack/states.ts";
import { isInOtherOrder } from "./alerts.ts";
import type { SearchedPlace } from "./alerts.ts";
import type { PlaceReadings } from "./readCloud.ts";
import { importIdOf, nameImportId, urnOf } from "./resources.ts";
import type { Thing, WantedResource } from "./resources.ts";

/** What each status means. A program reads them: a name is never given another meaning. */
export const statuses = {
  found: "it exists as configured: the import takes it over",
  differs: "it exists with other values: the import takes it over, and the first update changes it",
  "address-differs":
    "a contact exists whose address differs in case: it cannot be taken over, and Google refuses a second one",
  "topic-differs": "a topic of the name exists with other settings: it is not taken over, and the update fails",
  "several-exist": "several subscriptions publish to the topic: none is taken over, and the update fails",
  "in-other-stack": "another stack has it: it is not taken over",
  "not-read": "it could not be read, so it may or may not exist",
  "blank-in-name":
    "it exists, but no import can name it, since a space separates the parts of an import's ID: the first update takes it over, and nothing changes in Google Cloud",
  missing: "it does not exist: the first update creates it",
  "in-stack": "the stack has it already",
} as const;

export type Status = keyof typeof statuses;

/**
 * How a contact, an alert policy or a topic differs. A different order changes nobody's notifications, and the label of Pulumi's
 * provider changes the state only.
 */
export type Difference = "categories" | "order" | "language" | "label";

export interface Outcome {
  readonly resource: WantedResource;
  readonly status: Status;
  /** The ID for the import, if it takes it over. */
  readonly id?: string;
  readonly differences?: readonly Difference[];
  /** The contact as Google has it, if it differs. */
  readonly contact?: EssentialContact;
  /** Google's names of the subscriptions, if there are several. */
  readonly subscriptions?: readonly string[];
  /** The stacks that have it, each with its URN there. */
  readonly holders?: readonly { readonly stack: string; readonly urn: string }[];
}

export function outcomeOf(
  resource: WantedResource,
  readings: SearchedPlace,
  states: StatesReading,
  stack: { readonly project: string; readonly stack: string },
): Outcome {
  const own = { claims: states.claims, managed: states.managed, channels: states.channels };
  const found = foundName(resource, readings);
  if (states.urns.has(urnOf(resource, stack)) || claimIn(own, resource, readings, found) !== undefined)
    return { resource, status: "in-stack" };
  const holders = states.others.flatMap((other) => {
    const claim = claimIn(other, resource, readings, found);
    return claim === undefined ? [] : [{ stack: other.name, urn: claim.urn }];
  });
  if (holders.length > 0) return { resource, status: "in-other-stack", holders };
  return { resource, ...findingOf(resource, readings) };
}

/** The outcome of what no stack has. */
type Found = Omit<Outcome, "resource" | "holders">;

function findingOf({ place: { resource }, thing }: WantedResource, readings: SearchedPlace): Found {
  switch (thing.kind) {
    case "contact":
      return contactOutcome(resource, thing, readings);
    case "channel":
    case "alerts":
      return alertOutcome(thing, readings);
    case "topic":
      return topicOutcome(readings);
    case "subscription":
      return subscriptionOutcome(readings);
    case "service":
      return outcomeIf(readings.services?.value?.includes(thing.service), importIdOf(resource, thing));
    case "grant": {
      const { role, member } = thing;
      const policy = readings.policy?.value;
      const outcome = outcomeIf(policy && isGranted(policy, role, member), importIdOf(resource, thing));
      return outcome.status === "found" && /\s/.test(member) ? { status: "blank-in-name" } : outcome;
    }
    case "publisher": {
      const policy = readings.topicPolicy?.value;
      const { publisherRole, publisher } = supportEvents;
      const exists = policy === null ? false : policy && isGranted(policy, publisherRole, publisher);
      return outcomeIf(exists, importIdOf(resource, thing));
    }
  }
}

/** @param exists Undefined if it is not known. */
function outcomeIf(exists: boolean | undefined, id: string): Found {
  if (exists === undefined) return { status: "not-read" };
  return exists ? { status: "found", id } : { status: "missing" };
}

function contactOutcome(place: ResourceName, wanted: Contact, { contacts }: PlaceReadings): Found {
  if (contacts?.value === undefined) return { status: "not-read" };
  const contact = contactOf(contacts.value, wanted.email);
  if (contact === undefined) return { status: "missing" };
  if (contact.email !== wanted.email) return { status: "address-differs", contact };
  const id = nameImportId(place, contact.name);
  const differences = differencesOf(contact, wanted);
  return differences.length === 0 ? { status: "found", id } : { status: "differs", id, differences, contact };
}

function alertOutcome(thing: Extract<Thing, { readonly kind: "channel" | "alerts" }>, readings: SearchedPlace): Found {
  const { found } = readings;
  if (found === undefined) return { status: "not-read" };
  const one = thing.kind === "alerts" ? found.policy : found.channels.get(thing.email);
  if (one === undefined) return { status: "missing" };
  const id = nameImportId(readings.place.resource, one.name);
  const isReordered = thing.kind === "alerts" && isInOtherOrder(found, readings);
  return isReordered ? { status: "differs", id, differences: ["order"] } : { status: "found", id };
}

function topicOutcome({ place, topic }: PlaceReadings): Found {
  const found = topic?.value;
  if (found === undefined) return { status: "not-read" };
  if (found === null) return { status: "missing" };
  if (!isBareTopic(found)) return { status: "topic-differs" };
  const id = fullTopicName(place.resource, place.topic?.topic ?? "");
  // An import leaves it out of the state, and the first update writes it there.
  const isLabelled = pulumiLabel in (found.labels ?? {});
  return isLabelled ? { status: "differs", id, differences: ["label"] } : { status: "found", id };
}

function subscriptionOutcome({ place, subscriptions }: PlaceReadings): Found {
  const found = subscriptions?.value?.filter(({ pubSubTopic }) => pubSubTopic === place.subscription);
  if (found === undefined) return { status: "not-read" };
  const [one] = found;
  if (one === undefined) return { status: "missing" };
  if (found.length > 1) return { status: "several-exist", subscriptions: found.map(({ name }) => name) };
  return { status: "found", id: nameImportId(place.resource, one.name) };
}

/** The contact with the address, preferably in the same case. Google ignores the case. */
export function contactOf(contacts: readonly EssentialContact[], email: string): EssentialContact | undefined {
  return contacts.find((one) => one.email === email) ?? contacts.find((one) => contactThing(one.email) === email);
}

function differencesOf(contact: EssentialContact, wanted: Contact): Difference[] {
  const actual = contact.notificationCategorySubscriptions ?? [];
  const configured = apiCategories(wanted);
  const isSame = actual.join() === configured.join();
  const isSameSet = [...actual].sort().join() === [...configured].sort().join();
  return [
    ...(isSame ? [] : [isSameSet ? ("order" as const) : ("categories" as const)]),
    ...(contact.languageTag === wanted.language ? [] : ["language" as const]),
  ];
}

/** As the program writes them. */
export function apiCategories({ categories }: Contact): string[] {
  return categories.map((category) => notificationCategories[category].apiName);
}

/** Google's name of the channel or of the policy that the import would take over. */
function foundName({ thing }: WantedResource, { found }: SearchedPlace): string | undefined {
  if (thing.kind === "alerts") return found?.policy?.name;
  return thing.kind === "channel" ? found?.channels.get(thing.email)?.name : undefined;
}

/**
 * The resource of a state that has the thing. A state may have a project by its ID, as the program has it, or by its number, as
 * Google has it.
 */
function claimIn(
  { claims = [], managed = [], channels = [] }: Pick<OtherStack, "claims" | "managed" | "channels">,
  { place, thing }: WantedResource,
  { contacts }: PlaceReadings,
  found: string | undefined,
): { readonly urn: string } | undefined {
  const number = contacts?.value?.[0]?.name.split("/").slice(0, 2).join("/");
  const names: readonly (ResourceName | undefined)[] = [place.resource, number];
  const among = (all: readonly Claim[], wanted: string) =>
    all.find((claim) => names.includes(claim.resource) && claim.thing === wanted);
  switch (thing.kind) {
    case "service":
      return undefined;
    case "grant":
      return among(claims, grantThing(thing.role, thing.member));
    case "contact":
      return among(claims, contactThing(thing.email));
    case "channel":
      return found === undefined ? undefined : channels.find(({ name }) => isSameInProject(name, found));
    case "alerts":
      return managed.find(
        ({ kind, thing: name }) => kind === "alerts" && found !== undefined && isSameInProject(name, found),
      );
    default:
      return among(
        managed.filter(({ kind }) => kind === thing.kind),
        thing.topic,
      );
  }
}

/** What happens to each resource of the config. */
import { normalizeMember } from "../../onboarding/index.ts";
import type { Contact } from "../../onboarding/index.ts";
import type { EssentialContact } from "../../google/index.ts";
import { notificationCategories } from "../../guide/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import { contactThing, grantThing } from "../stack/claims.ts";
import type { Claim } from "../stack/claims.ts";
import { membersOf } from "../../components/internal.ts";
import type { StatesReading } from "../stack/states.ts";
import type { PlaceReadings } from "./readCloud.ts";
import { contactImportId, importIdOf, urnOf } from "./resources.ts";
import type { WantedResource } from "./resources.ts";

/** What each status means. A program reads them: a name is never given another meaning. */
export const statuses = {
  found: "it exists as configured: the import takes it over",
  differs: "it exists with other values: the import takes it over, and the first update changes it",
  "address-differs":
    "a contact exists whose address differs in case: it cannot be taken over, and Google refuses a second one",
  "in-other-stack": "another stack has it: it is not taken over",
  "not-read": "it could not be read, so it may or may not exist",
  "blank-in-name":
    "it exists, but no import can name it, since a space separates the parts of an import's ID: the first update takes it over, and nothing changes in Google Cloud",
  missing: "it does not exist: the first update creates it",
  "in-stack": "the stack has it already",
} as const;

export type Status = keyof typeof statuses;

/** How a contact differs. A different order alone changes nobody's notifications. */
export type Difference = "categories" | "order" | "language";

export interface Outcome {
  readonly resource: WantedResource;
  readonly status: Status;
  /** The ID for the import, if it takes it over. */
  readonly id?: string;
  readonly differences?: readonly Difference[];
  /** The contact as Google has it, if it differs. */
  readonly contact?: EssentialContact;
  /** The stacks that have it, each with its URN there. */
  readonly holders?: readonly { readonly stack: string; readonly urn: string }[];
}

export function outcomeOf(
  resource: WantedResource,
  readings: PlaceReadings,
  states: StatesReading,
  stack: { readonly project: string; readonly stack: string },
): Outcome {
  const claimIn = (claims: readonly Claim[] | undefined) => claimOn(claims ?? [], resource, readings);
  if (states.urns.has(urnOf(resource, stack)) || claimIn(states.claims) !== undefined)
    return { resource, status: "in-stack" };
  const holders = states.others.flatMap(({ name, claims }) => {
    const claim = claimIn(claims);
    return claim === undefined ? [] : [{ stack: name, urn: claim.urn }];
  });
  if (holders.length > 0) return { resource, status: "in-other-stack", holders };
  const { place, thing } = resource;
  if (thing.kind === "contact") return contactOutcome(resource, thing, readings);
  const id = importIdOf(place.resource, thing);
  const reading = thing.kind === "service" ? readings.services : readings.policy;
  if (reading?.value === undefined) return { resource, status: "not-read" };
  const isThere =
    thing.kind === "service"
      ? readings.services?.value?.includes(thing.service) === true
      : membersOf(readings.policy?.value, thing.role).some(
          (member) => normalizeMember(member) === normalizeMember(thing.member),
        );
  if (!isThere) return { resource, status: "missing" };
  return thing.kind === "grant" && /\s/.test(thing.member)
    ? { resource, status: "blank-in-name" }
    : { resource, status: "found", id };
}

function contactOutcome(resource: WantedResource, wanted: Contact, { contacts }: PlaceReadings): Outcome {
  if (contacts?.value === undefined) return { resource, status: "not-read" };
  const contact = contactOf(contacts.value, wanted.email);
  if (contact === undefined) return { resource, status: "missing" };
  if (contact.email !== wanted.email) return { resource, status: "address-differs", contact };
  const id = contactImportId(resource.place.resource, contact.name);
  const differences = differencesOf(contact, wanted);
  return differences.length === 0
    ? { resource, status: "found", id }
    : { resource, status: "differs", id, differences, contact };
}

/** The contact of an address, which Google compares without regard to case: the one in the config's letters, if there is one. */
export function contactOf(contacts: readonly EssentialContact[], email: string): EssentialContact | undefined {
  return contacts.find((one) => one.email === email) ?? contacts.find((one) => contactThing(one.email) === email);
}

function differencesOf(contact: EssentialContact, wanted: Contact): Difference[] {
  const is = contact.notificationCategorySubscriptions ?? [];
  const asked = apiCategories(wanted);
  const isSame = is.join() === asked.join();
  const isSameSet = [...is].sort().join() === [...asked].sort().join();
  return [
    ...(isSame ? [] : [isSameSet ? ("order" as const) : ("categories" as const)]),
    ...(contact.languageTag === wanted.language ? [] : ["language" as const]),
  ];
}

/** As the program writes them. */
export function apiCategories({ categories }: Contact): string[] {
  return categories.map((category) => notificationCategories[category].apiName);
}

/** A state may have a project by its ID, as the program has it, or by its number, as Google has it. */
function claimOn(
  claims: readonly Claim[],
  { place, thing }: WantedResource,
  { contacts }: PlaceReadings,
): Claim | undefined {
  if (thing.kind === "service") return undefined;
  const number = contacts?.value?.[0]?.name.split("/").slice(0, 2).join("/");
  const names: readonly (ResourceName | undefined)[] = [place.resource, number];
  const wanted = thing.kind === "grant" ? grantThing(thing.role, thing.member) : contactThing(thing.email);
  return claims.find((claim) => names.includes(claim.resource) && claim.thing === wanted);
}

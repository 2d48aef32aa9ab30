/** Reads the resources of a config from Google, in parallel where possible. It only reads. */
import { markerOfCase } from "../../components/internal.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { essentialContactsApi, resourceManagerApi, serviceUsageApi, supportApi } from "../../google/index.ts";
import type { Case, EssentialContact, Organization, Policy, Transport } from "../../google/index.ts";
import { readRequests, testCaseDefaults } from "../../guide/index.ts";
import type { ReadRequest } from "../../guide/index.ts";
import { readEveryProject } from "../google/everyProject.ts";
import { organizationIdOf, readOrganization } from "../google/organization.ts";
import { placesOf } from "../../onboarding/index.ts";
import type { NamedPlace as Place } from "../../onboarding/index.ts";
import { read } from "../google/reading.ts";
import type { Reading } from "../google/reading.ts";

/** Undefined if it was not requested: the config names nothing of the kind there, or the place was not found. */
export interface PlaceReadings {
  readonly place: Place;
  readonly services: Reading<readonly string[]> | undefined;
  readonly policy: Reading<Policy> | undefined;
  readonly contacts: Reading<readonly EssentialContact[]> | undefined;
  /** Open ones with the title of the config's test case, and those that a Pulumi stack created. */
  readonly cases: Reading<readonly Case[]> | undefined;
}

export interface CloudReading {
  /** The organization of the config, as looked up. */
  readonly organization: Reading<Organization | undefined> | undefined;
  /** The projects below each folder with `everyProject`. */
  readonly everyProject: readonly Reading<readonly string[]>[];
  readonly places: readonly PlaceReadings[];
}

export async function readCloud(config: CustomerCareConfig, transport: Transport): Promise<CloudReading> {
  const [organization, everyProject] = await Promise.all([
    config.organization === undefined ? undefined : readOrganization(config.organization, transport),
    readEveryProject(config, transport),
  ]);
  const known = placesOf(config, organizationIdOf(config, organization), everyProject.resolved);
  const places = await Promise.all(known.map((place) => readPlace(place, transport)));
  const unfound = known.some(({ level }) => level === "organization") ? [] : organizationByDomain(config);
  return { organization, everyProject: everyProject.readings, places: [...unfound.map(notAsked), ...places] };
}

/** An organization that was not found: its place is keyed by its domain, so that its resources are still listed. */
function organizationByDomain(config: CustomerCareConfig): Place[] {
  const { domain = "" } = config.organization ?? {};
  return placesOf({ ...config, folders: {} }, domain, { projects: {} }).map((place) => ({
    ...place,
    resource: domain,
  }));
}

function notAsked(place: Place): PlaceReadings {
  return { place, services: undefined, policy: undefined, contacts: undefined, cases: undefined };
}

async function readPlace(place: Place, transport: Transport): Promise<PlaceReadings> {
  const { level, resource, grants, contacts, services, testCase } = place;
  const ask = <Value>(isAsked: boolean, what: string, request: ReadRequest, question: () => Promise<Value>) =>
    isAsked ? read({ what, where: resource, ...request }, question) : Promise.resolve(undefined);
  const [enabled, policy, found, cases] = await Promise.all([
    ask(services.length > 0, "the services", readRequests.services, () =>
      serviceUsageApi(transport).enabledServices(resource.replace("projects/", "")),
    ),
    ask(grants.length > 0, "the grants", readRequests[`${level}Policy`], () =>
      resourceManagerApi(transport).getIamPolicy(resource),
    ),
    ask(contacts.length > 0, "the contacts", readRequests.contacts, () =>
      essentialContactsApi(transport).listContacts(resource),
    ),
    ask(testCase !== undefined && testCase.adopt === undefined, "the open cases", readRequests.cases, () =>
      openCases(resource, testCase?.displayName ?? testCaseDefaults.displayName, transport),
    ),
  ]);
  return { place, services: enabled, policy, contacts: found, cases };
}

/**
 * Cases directly at the place with the title, or with a stack's marker: a case that an earlier release created can have another
 * default title. The search finds the words anywhere in a case.
 */
async function openCases(parent: string, title: string, transport: Transport): Promise<Case[]> {
  const api = supportApi(transport);
  const search = (words: string) => api.searchCases(parent, `state=OPEN AND "${words.replace(/["\\]/g, " ")}"`);
  const found = (await Promise.all([search(title), search("Pulumi stack")])).flat();
  const isWanted = (one: Case) => hasTitle(one, title) || markerOfCase(one) !== undefined;
  const wanted = found.filter((one) => isWanted(one) && one.name.startsWith(parent.replace(/\/.*/, "/")));
  return [...new Map(wanted.map((one) => [one.name, one])).values()];
}

export function hasTitle({ displayName }: Case, title: string): boolean {
  return displayName.trim() === title.trim();
}

/** Reads from Google what blocks the deletions of the next update, which deletes what the config no longer has. */
import { channelType, fullTopicName, inOrderOfRemoval, readReadiness } from "../../components/internal.ts";
import { answer, monitoringApi, supportEventsApi } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";
import { contactThing, grantThing } from "../stack/claims.ts";
import type { StatesReading } from "../stack/states.ts";
import type { GoogleReading, PlaceReadings } from "./readGoogle.ts";
import { namesOf } from "./readings.ts";
import type { Deletion, DeletionReadings } from "./readings.ts";

export async function readDeletions(
  states: StatesReading,
  google: GoogleReading,
  transport: Transport,
): Promise<DeletionReadings> {
  const deletions = inOrderOfRemoval(deletionsOf(states, google));
  const known = new Set(google.places.flatMap((at) => [...namesOf(at)]));
  const placesOf = (all: readonly Deletion[]) => [...new Set(all.map(({ resource }) => resource))];
  const left = placesOf(deletions).filter((resource) => !known.has(resource));
  const projects = placesOf(deletions.filter(({ kind }) => kind === "channel"));
  const subscriptions = deletions.flatMap(({ kind, resource, id }) =>
    kind === "subscription" && id !== undefined ? [{ resource, id }] : [],
  );
  const [readiness, policies, deleted] = await Promise.all([
    left.length === 0 ? undefined : readReadiness(transport, left),
    Promise.all(
      projects.map(async (resource) => {
        const { value = [] } = await answer(() => monitoringApi(transport).listAlertPolicies(resource));
        return [resource, value] as const;
      }),
    ),
    Promise.all(
      subscriptions.map(async ({ resource, id }) => {
        const name = `${resource}/supportEventSubscriptions/${id.split("/").at(-1) ?? ""}`;
        const { value } = await answer(() => supportEventsApi(transport).getSubscription(name));
        return value?.state === "DELETED" ? [id] : [];
      }),
    ),
  ]);
  return {
    deletions,
    obstacles: readiness?.obstacles ?? new Map(),
    policies: new Map(policies),
    deletedSubscriptions: new Set(deleted.flat()),
  };
}

/** Without those of places whose config could not be looked up. The preview fails there too. */
function deletionsOf(
  { managed, channels }: StatesReading,
  { organization, everyProject, places }: GoogleReading,
): Deletion[] {
  const isOrganizationUnknown = organization !== undefined && organization.value === undefined;
  const isFolderUnread = everyProject.some(({ error }) => error !== undefined);
  const isNumberUnknown = places.some(
    ({ place, project }) => place.level === "project" && project?.value === undefined,
  );
  const ofChannels = channels.map(({ name, ...channel }) => ({
    ...channel,
    kind: "channel" as const,
    type: channelType,
    thing: name,
  }));
  return [...managed, ...ofChannels].filter((one) => {
    const { kind, resource, isRetained } = one;
    if (isRetained || kind === "service" || kind === "case") return false;
    if (resource.startsWith("organizations/") && isOrganizationUnknown) return false;
    if (resource.startsWith("projects/") && isFolderUnread) return false;
    if (/^projects\/\d+$/.test(resource) && isNumberUnknown) return false;
    return !places.some((at) => namesOf(at).has(resource) && isConfigured(one, at));
  });
}

function isConfigured({ kind, thing, email = "" }: Deletion, { place }: PlaceReadings): boolean {
  switch (kind) {
    case "grant":
      return place.grants.some(({ role, member }) => grantThing(role, member) === thing);
    case "contact":
      return place.contacts.some((contact) => contactThing(contact.email) === thing);
    case "channel":
      return place.alerts?.addresses.some((address) => contactThing(address) === contactThing(email)) === true;
    case "alerts":
      return place.alerts !== undefined;
    case "topic":
    case "publisher":
      return place.topic !== undefined && fullTopicName(place.resource, place.topic.topic) === thing;
    case "subscription":
      return place.subscription !== undefined;
    default:
      return true;
  }
}

/** Reads from Google what blocks the deletions of the next update, which deletes what the config no longer has. */
import { channelType, fullTopicName, inOrderOfRemoval, readReadiness } from "../../components/internal.ts";
import { idIn, monitoringApi, supportEventsApi } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";
import { readRequests } from "../../guide/index.ts";
import { read } from "../google/reading.ts";
import { contactThing, grantThing } from "../stack/claims.ts";
import type { StatesReading } from "../stack/states.ts";
import type { GoogleReading, PlaceReadings } from "./readGoogle.ts";
import { namesOf, obstacleAt } from "./readings.ts";
import type { Deletion, DeletionReadings } from "./readings.ts";

export async function readDeletions(
  states: StatesReading,
  google: GoogleReading,
  transport: Transport,
): Promise<DeletionReadings> {
  const named = new Map(google.places.flatMap((at) => [...namesOf(at)].map((name) => [name, at] as const)));
  const deletions = inOrderOfRemoval(deletionsOf(states, google, named));
  const placesOf = (all: readonly Deletion[]) => [...new Set(all.map(({ resource }) => resource))];
  const left = placesOf(deletions).filter((resource) => !named.has(resource));
  const [readiness, policies, subscriptions] = await Promise.all([
    left.length === 0 ? undefined : readReadiness(transport, left),
    Promise.all(
      placesOf(deletions.filter(({ kind }) => kind === "channel")).map((where) =>
        read({ what: "the alert policies", where, ...readRequests.alerts }, () =>
          monitoringApi(transport).listAlertPolicies(where),
        ),
      ),
    ),
    Promise.all(
      deletions.flatMap(({ kind, resource: where, id }) => {
        if (kind !== "subscription" || id === undefined) return [];
        const name = `${where}/supportEventSubscriptions/${idIn(id)}`;
        return read({ what: "the subscription to support events", where, ...readRequests.subscriptions }, () =>
          supportEventsApi(transport).getSubscription(name),
        );
      }),
    ),
  ]);
  const ofConfig = placesOf(deletions).flatMap((resource) => {
    const at = named.get(resource);
    const obstacle = at && obstacleAt(at, google.sight);
    return obstacle === undefined ? [] : [[resource, obstacle] as const];
  });
  const isSeen = ({ project, folder, organization }: PlaceReadings) =>
    (project ?? folder ?? organization)?.value !== undefined;
  return {
    deletions,
    obstacles: new Map([...(readiness?.obstacles ?? []), ...ofConfig]),
    hasSeenAny: readiness?.hasSeenAny === true || google.places.some(isSeen),
    policies,
    subscriptions,
  };
}

/** Without those of places whose config could not be looked up. The preview fails there too. */
function deletionsOf(
  { managed, channels }: StatesReading,
  { organization, everyProject, places }: GoogleReading,
  named: ReadonlyMap<string, PlaceReadings>,
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
    const at = named.get(resource);
    return at === undefined || !isConfigured(one, at);
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

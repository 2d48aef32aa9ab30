/** The places of a config as the checks read them: with the topic and the subscription of its support events. */
import { eventsAt } from "../../components/internal.ts";
import type { WantedAlerts, WantedEvents } from "../../components/internal.ts";
import type { NamedPlace, ServiceHealthAlerts } from "../../onboarding/index.ts";

export type Place = Omit<NamedPlace, "alerts"> &
  WantedEvents & {
    /** `isNew` as in `WantedAlerts`. */
    readonly alerts: (ServiceHealthAlerts & Pick<WantedAlerts, "isNew">) | undefined;
  };

/** The topic's project need not be under `projects`. */
export function withEvents(places: readonly NamedPlace[]): Place[] {
  const organization = places.find(({ supportEvents }) => supportEvents !== undefined);
  const { supportEvents: events } = organization ?? {};
  if (organization === undefined || events === undefined) return [...places];
  const path = [...organization.path, "supportEvents"];
  const isListed = places.some(({ resource }) => resource === `projects/${events.project}`);
  const all = isListed ? places : [...places, projectOfTopic(events.project, path)];
  return all.map((place) => {
    const { services, ...wanted } = eventsAt(place.resource, organization.resource, events);
    return { ...place, ...wanted, services: [...new Set([...place.services, ...services])] };
  });
}

function projectOfTopic(id: string, path: readonly string[]): NamedPlace {
  return {
    level: "project",
    resource: `projects/${id}`,
    path,
    id,
    idPath: [...path, "project"],
    domain: undefined,
    grants: [],
    contacts: [],
    services: [],
    alerts: undefined,
    everyProject: undefined,
    testCase: undefined,
    supportEvents: undefined,
  };
}

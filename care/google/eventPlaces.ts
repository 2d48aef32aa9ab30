/** The places of a config as the checks read them: with the topic and the subscription of its support events. */
import { eventsAt } from "../../components/internal.ts";
import type { WantedAlerts, WantedEvents } from "../../components/internal.ts";
import type { ServiceName } from "../../guide/index.ts";
import type { NamedPlace, ServiceHealthAlerts } from "../../onboarding/index.ts";

export type Place = Omit<NamedPlace, "alerts"> &
  WantedEvents & {
    /** `isNew` as in `WantedAlerts`. */
    readonly alerts: (ServiceHealthAlerts & Pick<WantedAlerts, "isNew">) | undefined;
    /** Whether it is a place of the config, and not only the project of its topic. */
    readonly isListed: boolean;
    /** Those among its services that only the support events enable. */
    readonly servicesOfEvents: readonly ServiceName[];
  };

/** The topic's project need not be under `projects`. */
export function withEvents(places: readonly NamedPlace[]): Place[] {
  const organization = places.find(({ supportEvents }) => supportEvents !== undefined);
  const { supportEvents: events } = organization ?? {};
  if (organization === undefined || events === undefined)
    return places.map((place) => ({ ...place, isListed: true, servicesOfEvents: [] }));
  const path = [...organization.path, "supportEvents"];
  const hasProject = places.some(({ resource }) => resource === `projects/${events.project}`);
  const all = hasProject ? places : [...places, projectOfTopic(events.project, path)];
  return all.map((place) => {
    const { services, ...wanted } = eventsAt(place.resource, organization.resource, events);
    const servicesOfEvents = services.filter((service) => !place.services.includes(service));
    const isListed = places.includes(place);
    return { ...place, ...wanted, isListed, services: [...place.services, ...servicesOfEvents], servicesOfEvents };
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

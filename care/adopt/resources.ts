/**
 * The program's resources for a config: the components and the gcp resources in them, each with its type token, its name
 * and its parent. The program's own code is in components/; tests/engine/adopt.long.test.ts checks that both agree.
 */
import {
  componentTypes,
  alertPolicyType,
  channelType,
  contactType,
  fullTopicName,
  grantModuleOf,
  serviceType,
  subscriptionType,
  topicGrantType,
  topicType,
} from "../../components/internal.ts";
import { supportEvents } from "../../guide/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import type { Contact } from "../../onboarding/index.ts";
import type { ResourceName, ServiceName } from "../../guide/index.ts";
import type { Grant } from "../../onboarding/index.ts";
import type { Place } from "../google/eventPlaces.ts";
import { programName } from "../stack/states.ts";

export interface Component {
  readonly type: string;
  readonly name: string;
  /** The program's one CustomerCare has none. */
  readonly parent: Component | undefined;
}

/** A resource of the config at a place. */
export type Thing =
  | { readonly kind: "service"; readonly service: ServiceName }
  | ({ readonly kind: "grant" } & Grant)
  | ({ readonly kind: "contact" } & Contact)
  /** The notification channel of an address. */
  | { readonly kind: "channel"; readonly email: string }
  /** The alert policy of a project. */
  | { readonly kind: "alerts" }
  /** Each with the full name of the topic: the topic, the grant on it, and the subscription to support events. */
  | { readonly kind: "topic"; readonly topic: string }
  | { readonly kind: "publisher"; readonly topic: string }
  | { readonly kind: "subscription"; readonly topic: string };

export interface WantedResource {
  readonly type: string;
  readonly name: string;
  readonly parent: Component;
  readonly place: Place;
  readonly thing: Thing;
}

export interface Wanted {
  /** Each after its parent. */
  readonly components: readonly Component[];
  readonly resources: readonly WantedResource[];
}

export function wantedOf(config: CustomerCareConfig, places: readonly Place[]): Wanted {
  const root: Component = { type: componentTypes.customerCare, name: programName, parent: undefined };
  const inRoot = (type: keyof typeof componentTypes, name: string): Component => ({
    type: componentTypes[type],
    name,
    parent: root,
  });
  const nameOf = ({ level, resource }: Place) => `${programName}/${level === "organization" ? level : resource}`;
  const services = new Map(
    places
      .filter(({ level, isListed }) => level === "project" && isListed)
      .map((place) => [place, inRoot("projectServices", nameOf(place))]),
  );
  const access = inRoot("supportAccess", programName);
  const contacts = inRoot("essentialContacts", programName);
  const alerts = inRoot("serviceHealthAlerts", programName);
  const events = inRoot("supportEvents", `${programName}/supportEvents`);
  const resources = places.flatMap((place): WantedResource[] => {
    const name = nameOf(place);
    const servicesAt = services.get(place);
    return [
      ...(servicesAt === undefined ? [] : servicesOfConfig(place)).map((service) => ({
        type: serviceType,
        name: `${name}/${service}`,
        parent: servicesAt ?? root,
        place,
        thing: { kind: "service", service } as const,
      })),
      ...place.grants.map((grant) => ({
        type: `gcp:${grantModuleOf(place.level)}/iAMMember:IAMMember`,
        name: `${name}/${grant.roleName}/${grant.member}`,
        parent: access,
        place,
        thing: { kind: "grant", ...grant } as const,
      })),
      ...place.contacts.map((contact) => ({
        type: contactType,
        name: `${name}/${contact.email}`,
        parent: contacts,
        place,
        thing: { kind: "contact", ...contact } as const,
      })),
      ...alertsAt(place, name, alerts),
      ...eventsOf(place, events),
    ];
  });
  const components = [
    root,
    ...services.values(),
    ...[access, contacts, alerts, events].filter((one) => resources.some(({ parent }) => parent === one)),
    ...(config.testCase === undefined ? [] : [inRoot("testSupportCase", `${programName}/testCase`)]),
  ];
  return { components, resources };
}

const servicesOfConfig = ({ services, servicesOfEvents }: Place) =>
  services.filter((service) => !servicesOfEvents.includes(service));

/** The notification channels and the alert policy of a project. */
function alertsAt(place: Place, placeName: string, parent: Component): WantedResource[] {
  if (place.alerts === undefined) return [];
  const name = `${placeName}/alerts`;
  return [
    ...place.alerts.addresses.map((email) => ({
      type: channelType,
      name: `${name}/${email}`,
      parent,
      place,
      thing: { kind: "channel", email } as const,
    })),
    { type: alertPolicyType, name: `${name}/serviceHealth`, parent, place, thing: { kind: "alerts" } },
  ];
}

/** What support events have at a place: the topic with its service and its grant in a project, the subscription in an organization. */
function eventsOf(place: Place, parent: Component): WantedResource[] {
  const { resource, servicesOfEvents, topic, subscription } = place;
  const prefix = `${parent.name}/${resource.replace("projects/", "")}`;
  const at = (type: string, name: string, thing: Thing): WantedResource => ({ type, name, parent, place, thing });
  const full = topic && fullTopicName(resource, topic.topic);
  return [
    ...servicesOfEvents.map((service) => at(serviceType, `${prefix}/${service}`, { kind: "service", service })),
    ...(topic === undefined || full === undefined
      ? []
      : [
          ...(topic.isExisting ? [] : [at(topicType, `${prefix}/${topic.topic}`, { kind: "topic", topic: full })]),
          at(topicGrantType, `${prefix}/${topic.topic}/publisher`, { kind: "publisher", topic: full }),
        ]),
    ...(subscription === undefined
      ? []
      : [at(subscriptionType, `${parent.name}/subscription`, { kind: "subscription", topic: subscription })]),
  ];
}

/** Its URN in a stack. */
export function urnOf(
  { type, name, parent }: Component | WantedResource,
  { project, stack }: { readonly project: string; readonly stack: string },
): string {
  const types = [type];
  for (let above = parent; above !== undefined; above = above.parent) types.unshift(above.type);
  return `urn:pulumi:${stack.split("/").at(-1) ?? stack}::${project}::${types.join("$")}::${name}`;
}

/** The ID by which the gcp provider imports a service or a grant. */
export function importIdOf(
  resource: ResourceName,
  thing: Extract<Thing, { readonly kind: "service" | "grant" | "publisher" }>,
): string {
  const id = resource.split("/")[1] ?? "";
  if (thing.kind === "service") return `${id}/${thing.service}`;
  if (thing.kind === "publisher") return `${thing.topic} ${supportEvents.publisherRole} ${supportEvents.publisher}`;
  return `${resource.startsWith("folders/") ? resource : id} ${thing.role} ${thing.member}`;
}

/**
 * The ID by which the gcp provider imports a contact, a channel or an alert policy, by Google's name for it. The provider takes
 * the parent from it. The program writes a project by its ID, and Google can name it by its number: with the number, the first
 * update would replace the resource.
 */
export function nameImportId(resource: ResourceName, name: string): string {
  return `${resource}/${name.split("/").slice(2).join("/")}`;
}

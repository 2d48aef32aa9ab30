/** The resources of the program's one CustomerCare in a stack's state. The next update deletes those that the config no longer has. */
import {
  componentTypes,
  alertPolicyType,
  channelType,
  fullTopicName,
  isSupportCaseType,
  serviceType,
  subscriptionType,
  topicGrantType,
  topicType,
} from "../../components/internal.ts";
import type { AlertPolicy } from "../../google/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import { claimOf, resourcesOf } from "./claims.ts";
import type { StateResource } from "./claims.ts";

export type ManagedKind = "service" | "grant" | "contact" | "alerts" | "case" | EventKind;

/** The topic of support events, the grant on it, and the subscription. */
export type EventKind = "topic" | "publisher" | "subscription";

export interface Managed {
  readonly kind: ManagedKind;
  readonly urn: string;
  readonly type: string;
  /** The name in the state. */
  readonly name: string;
  /** `organizations/NUMBER`, `folders/NUMBER`, or `projects/` with the ID or the number in the state. */
  readonly resource: ResourceName;
  /** The service, the role and the member, the e-mail address, or the name of the alert policy, the case or the topic. */
  readonly thing: string;
  /** The notification channels of an alert policy. */
  readonly channels?: readonly string[];
  /** The content of an alert policy. */
  readonly content?: Partial<AlertPolicy>;
  /** The ID of a subscription to support events, or Google's name of a contact. */
  readonly id?: string;
  /** Whether Pulumi removes it from the state only, and leaves it in Google Cloud. */
  readonly isRetained?: true;
}

/**
 * @param deployment The `deployment` of `pulumi stack export`.
 * @param component The name of the component.
 */
export function managedOf(deployment: unknown, component: string): Managed[] {
  return managedIn(resourcesOf(deployment).filter((resource) => isIn(resource, component)));
}

/** The same for all resources of a state, whatever creates them. */
export const managedByAny = (deployment: unknown): Managed[] => managedIn(resourcesOf(deployment));

const managedIn = (resources: readonly StateResource[]): Managed[] =>
  resources.flatMap((resource) =>
    thingsOf(resource).map((thing) => ({
      ...thing,
      ...namesOf(resource),
      ...(isRetained(resource) && { isRetained: true }),
    })),
  );

const isRetained = ({ retainOnDelete = false, outputs = {} }: StateResource) =>
  retainOnDelete || outputs["deletionPolicy"] === "ABANDON";

/** A notification channel that the program has created for an address. */
export interface ChannelInState {
  /** Google's resource name. */
  readonly name: string;
  readonly email: string;
  /** `projects/` with the ID or the number in the state. */
  readonly resource: ResourceName;
  readonly urn: string;
  /** Whether Pulumi removes it from the state only. */
  readonly isRetained?: true;
}

/** The notification channels of the program's one CustomerCare in a stack's state. */
export function channelsOf(deployment: unknown, component: string): ChannelInState[] {
  return channelsIn(resourcesOf(deployment).filter((resource) => isIn(resource, component)));
}

/** The same for all resources of a state, whatever creates them. */
export const channelsOfAny = (deployment: unknown): ChannelInState[] => channelsIn(resourcesOf(deployment));

function channelsIn(resources: readonly StateResource[]): ChannelInState[] {
  return resources.flatMap((resource) => {
    const { type, id: name, urn = "", outputs = {} } = resource;
    const { project, labels } = outputs;
    if (type !== channelType) return [];
    const { email_address: email } = (labels ?? {}) as Readonly<Record<string, unknown>>;
    if (name === undefined || typeof project !== "string" || typeof email !== "string") return [];
    return [{ name, email, resource: `projects/${project}`, urn, ...(isRetained(resource) && { isRetained: true }) }];
  });
}

/** The last part of `urn:pulumi:STACK::PROJECT::TYPE::NAME`, which may have colons of its own. */
export const nameIn = (urn: string) => urn.split("::").slice(3).join("::");

function isIn(resource: StateResource, component: string): boolean {
  const [, , types = ""] = (resource.urn ?? "").split("::");
  return types.startsWith(`${componentTypes.customerCare}$`) && namesOf(resource).name.startsWith(`${component}/`);
}

function namesOf({ urn = "", type = "" }: StateResource) {
  return { urn, type, name: nameIn(urn) };
}

function thingsOf(
  resource: StateResource,
): Pick<Managed, "kind" | "resource" | "thing" | "channels" | "content" | "id">[] {
  const { type = "", id, outputs = {} } = resource;
  const { project, service } = outputs;
  if (type === serviceType)
    return typeof project === "string" && typeof service === "string"
      ? [{ kind: "service", resource: `projects/${project}`, thing: service }]
      : [];
  if (type === alertPolicyType)
    return typeof project === "string" && id !== undefined
      ? [
          {
            kind: "alerts",
            resource: `projects/${project}`,
            thing: id,
            channels: textsOf(outputs["notificationChannels"]),
            content: outputs,
          },
        ]
      : [];
  if (isSupportCaseType(type))
    return id === undefined ? [] : [{ kind: "case", resource: id.split("/").slice(0, 2).join("/"), thing: id }];
  if (type === topicType || type === topicGrantType || type === subscriptionType) return eventThings(type, outputs);
  return claimOf(resource).map((claim) => ({
    ...(claim.thing.includes(" ") ? { kind: "grant" } : { kind: "contact", ...(id !== undefined && { id }) }),
    resource: claim.resource,
    thing: claim.thing,
  }));
}

function eventThings(type: string, outputs: Readonly<Record<string, unknown>>): ReturnType<typeof thingsOf> {
  const { project, name, topic, organization, pubSubTopic } = outputs;
  if (type === subscriptionType)
    return typeof organization === "string" && typeof pubSubTopic === "string"
      ? [
          {
            kind: "subscription",
            resource: `organizations/${organization}`,
            thing: pubSubTopic,
            ...(typeof name === "string" && { id: name }),
          },
        ]
      : [];
  const kind = type === topicType ? "topic" : "publisher";
  const id = kind === "topic" ? name : topic;
  if (typeof project !== "string" || typeof id !== "string") return [];
  const resource = `projects/${project}`;
  return [{ kind, resource, thing: id.startsWith("projects/") ? id : fullTopicName(resource, id) }];
}

const textsOf = (list: unknown): string[] => (Array.isArray(list) ? list.filter((one) => typeof one === "string") : []);

/**
 * The type tokens of the gcp provider's resources that the program creates, and of those that grant roles on an organization,
 * a folder or a project.
 *
 * Source: https://www.pulumi.com/registry/packages/gcp/ (essentialcontacts.Contact, projects.Service, monitoring, pubsub,
 * cloudsupport; organizations, folder and projects: IAMMember, IAMBinding, IAMPolicy)
 */
import type { Level } from "../guide/index.ts";

export const contactType = "gcp:essentialcontacts/contact:Contact";

export const channelType = "gcp:monitoring/notificationChannel:NotificationChannel";

export const alertPolicyType = "gcp:monitoring/alertPolicy:AlertPolicy";

export const serviceType = "gcp:projects/service:Service";

export const topicType = "gcp:pubsub/topic:Topic";

export const topicGrantType = "gcp:pubsub/topicIAMMember:TopicIAMMember";

export const subscriptionType = "gcp:cloudsupport/supportEventSubscription:SupportEventSubscription";

/** The types of the resources for the events of support cases, without the service. */
export const isEventType = (type: string) => [topicType, topicGrantType, subscriptionType].includes(type);

export interface GrantType {
  /** Whether it grants to one member, sets all members of a role, or sets all roles. */
  readonly kind: "Member" | "Binding" | "Policy";
  readonly level: Level;
  /** The property with the ID of the organization, folder or project. */
  readonly property: string;
}

const grantModules = {
  organizations: { level: "organization", property: "orgId" },
  folder: { level: "folder", property: "folder" },
  projects: { level: "project", property: "project" },
} as const;

/** The provider's module for a level, such as `projects`. */
export function grantModuleOf(level: Level): string {
  const [module = ""] = Object.entries(grantModules).find(([, one]) => one.level === level) ?? [];
  return module;
}

const token = /^gcp:(organizations|folder|projects)\/iAM(Member|Binding|Policy):IAM\2$/;

/** Undefined for other types. */
export function grantTypeOf(type: string): GrantType | undefined {
  const [, module, kind] = token.exec(type) ?? [];
  if (module === undefined) return undefined;
  return { kind: kind as GrantType["kind"], ...grantModules[module as keyof typeof grantModules] };
}

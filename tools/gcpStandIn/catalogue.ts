import { alertPolicy } from "./alertPolicy.ts";
import { contact } from "./contact.ts";
import { folder } from "./folder.ts";
import { getOrganization } from "./getOrganization.ts";
import { getProject } from "./getProject.ts";
import { notificationChannel } from "./notificationChannel.ts";
import { iamMember } from "./iamMember.ts";
import { folderTarget, organizationTarget, projectTarget, topicTarget } from "./iamTarget.ts";
import { project } from "./project.ts";
import { refusal } from "./errors.ts";
import { service } from "./service.ts";
import { supportEventSubscription } from "./supportEventSubscription.ts";
import { topic } from "./topic.ts";

import type { InvokedFunction } from "./invokedFunction.ts";
import type { ResourceType } from "./resourceType.ts";

const resourceTypes: Record<string, ResourceType> = {
  "gcp:projects/service:Service": service,
  "gcp:organizations/iAMMember:IAMMember": iamMember(organizationTarget),
  "gcp:folder/iAMMember:IAMMember": iamMember(folderTarget),
  "gcp:projects/iAMMember:IAMMember": { ...iamMember(projectTarget), deleteBeforeReplace: true },
  "gcp:essentialcontacts/contact:Contact": contact,
  "gcp:organizations/folder:Folder": folder,
  "gcp:organizations/project:Project": project,
  "gcp:monitoring/alertPolicy:AlertPolicy": alertPolicy,
  "gcp:monitoring/notificationChannel:NotificationChannel": notificationChannel,
  "gcp:pubsub/topic:Topic": topic,
  "gcp:pubsub/topicIAMMember:TopicIAMMember": iamMember(topicTarget),
  "gcp:cloudsupport/supportEventSubscription:SupportEventSubscription": supportEventSubscription,
};

const functions: Record<string, InvokedFunction> = {
  "gcp:organizations/getOrganization:getOrganization": getOrganization,
  "gcp:organizations/getProject:getProject": getProject,
};

/** The resource type of a token. @throws Error that lists the supported types */
export function resourceType(token: string): ResourceType {
  return resourceTypes[token] ?? missing("resource type", token, Object.keys(resourceTypes));
}

/** The function of a token. @throws Error that lists the supported functions */
export function invokedFunction(token: string): InvokedFunction {
  return functions[token] ?? missing("function", token, Object.keys(functions));
}

function missing(what: string, token: string, has: string[]): never {
  throw new Error(refusal(`${what} ${token}: the stand-in for the gcp plugin has only ${has.join(", ")}`));
}

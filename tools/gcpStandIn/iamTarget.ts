import { conditionalVersion } from "./iamPolicy.ts";
import { lastPart, parseTopicName, sameLastPart, sameResourceName, topicPath } from "./names.ts";
import { projectField } from "./ownProject.ts";
import { userProject } from "./provider.ts";
import { textOf } from "./values.ts";

import type { Api } from "./configuration.ts";
import type { Provider } from "./provider.ts";
import type { Fields } from "./schema.ts";
import type { Properties } from "./values.ts";

/** A kind of resource that has an IAM policy. */
export interface IamTarget {
  /** The properties that identify the resource. */
  fields: Fields;
  /** The resource's name in IDs and errors. */
  id: (values: Properties, provider: Provider) => string;
  /** The identifying properties in the state, from an import ID. */
  import: (part: string, provider: Provider) => Properties;
  /** The identifying properties in the state, if they differ from the program's. */
  named?: (id: string) => Properties;
  /** Requests the policy. */
  get: (provider: Provider, id: string) => Promise<Properties>;
  /** Writes the policy. */
  set: (provider: Provider, id: string, policy: Properties) => Promise<Properties>;
  /** The kind in locks and errors. */
  kind: string;
  /** Whether changes of the same policy are batched. */
  batched: boolean;
}

const required = { type: "string", required: true, forceNew: true } as const;

/** An organization's policy. */
export const organizationTarget: IamTarget = {
  fields: { orgId: { attribute: "org_id", ...required } },
  id: ({ orgId }) => textOf(orgId),
  import: (orgId) => ({ orgId }),
  ...byClient("resourceManager", (id) => `v1/organizations/${id}`),
  kind: "organization",
  batched: false,
};

/** A folder's policy. */
export const folderTarget: IamTarget = {
  fields: { folder: { attribute: "folder", ...required } },
  id: ({ folder }) => canonicalFolder(textOf(folder)),
  import: (folder) => ({ folder: canonicalFolder(folder) }),
  ...byClient("resourceManagerV3", (id) => `v3/${id}`),
  kind: "folder",
  batched: true,
};

/** A project's policy. */
export const projectTarget: IamTarget = {
  fields: { project: { attribute: "project", ...required, suppress: sameLastPart } },
  id: ({ project }) => textOf(project),
  import: (project) => ({ project }),
  ...byClient("resourceManager", (id) => `v1/projects/${encodeURIComponent(lastPart(id))}`),
  kind: "project",
  batched: true,
};

/** A Pub/Sub topic's policy. Its API reads it with GET, and the real plugin does not use Google's client. */
export const topicTarget: IamTarget = {
  fields: { project: projectField, topic: { attribute: "topic", ...required, suppress: sameResourceName } },
  id: ({ project, topic }, { configuration }) => {
    const defaultProject = textOf(project) === "" ? configuration.project : textOf(project);
    return topicPath(parseTopicName(textOf(topic), defaultProject));
  },
  import: (part, { configuration }) => topicProperties(topicPath(parseTopicName(part, configuration.project))),
  named: topicProperties,
  get: (provider, id) => sendForTopic(provider, id, { method: "GET", path: `${id}:getIamPolicy` }),
  set: (provider, id, policy) =>
    sendForTopic(provider, id, { method: "POST", path: `${id}:setIamPolicy`, body: { policy } }),
  kind: "pubsub topic",
  batched: false,
};

function byClient(api: Api, path: (id: string) => string): Pick<IamTarget, "get" | "set"> {
  const call = ({ apis }: Provider, id: string, method: string, body: Properties): Promise<Properties> =>
    apis.client({ api, method: "POST", path: `${path(id)}:${method}`, body });
  return {
    get: (provider, id) =>
      call(provider, id, "getIamPolicy", { options: { requestedPolicyVersion: conditionalVersion } }),
    set: (provider, id, policy) =>
      call(provider, id, "setIamPolicy", { policy, updateMask: "bindings,etag,auditConfigs" }),
  };
}

function canonicalFolder(name: string): string {
  return name.startsWith("folders/") ? name : `folders/${name}`;
}

function topicProperties(topic: string): Properties {
  return { project: parseTopicName(topic, undefined).project, topic };
}

function sendForTopic(
  provider: Provider,
  id: string,
  request: { method: "GET" | "POST"; path: string; body?: Properties },
): Promise<Properties> {
  const { project } = parseTopicName(id, undefined);
  return provider.apis.raw({ api: "pubsub", ...request, userProject: userProject(provider, project) });
}

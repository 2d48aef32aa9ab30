/**
 * Pub/Sub v1: topics, their policies and their messages, for the events of support cases. There are no subscriptions:
 * `GET /_local/messages` returns what was published.
 * https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics
 */
import { z } from "zod";
import { authorize, variable } from "./api.ts";
import type { Api, Call, Context } from "./api.ts";
import { timestamp } from "./clock.ts";
import { ApiError, invalidArgument, notEmulated } from "./errors.ts";
import { maskedMessage, updateMask } from "./fieldMask.ts";
import { findProject, findResource } from "./hierarchy.ts";
import { getIamPolicy, seedPolicy, setIamPolicy } from "./iamPolicy.ts";
import { parseMessage } from "./message.ts";
import { page } from "./paging.ts";
import { checkLabels, labelsSchema } from "./projects.ts";
import { testIamPermissions } from "./resourceIam.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import { nextNumber } from "./state.ts";
import type { Topic } from "./state.ts";

const service = "pubsub.googleapis.com";

const pageSizes = { default: 100, max: 1000 };

/** What the local cloud only stores. */
const settingsSchema = z.object({
  messageStoragePolicy: z.unknown().optional(),
  kmsKeyName: z.string().optional(),
  schemaSettings: z.unknown().optional(),
  messageRetentionDuration: z.string().optional(),
  ingestionDataSourceSettings: z.unknown().optional(),
  messageTransforms: z.array(z.unknown()).optional(),
});

const topicRequest = settingsSchema.extend({ name: z.string().optional(), labels: labelsSchema.optional() });

/** In seconds: 10 minutes and 31 days (google/pubsub/v1/pubsub.proto). */
const retention = { shortest: 600, longest: 2_678_400 };

const updateRequest = z.object({ topic: topicRequest, updateMask: z.string().default("") });

const publishRequest = z.object({
  messages: z
    .array(z.object({ data: z.string().default(""), attributes: z.record(z.string(), z.string()).default({}) }))
    .min(1, "at least one message"),
});

function topicMessage({ name, labels, settings }: Topic): object {
  return { name, labels: Object.keys(labels).length === 0 ? undefined : labels, ...settings };
}

function checkTopic(labels: Record<string, string>, settings: z.output<typeof settingsSchema>): void {
  checkLabels(labels, "topic.labels");
  const { kmsKeyName = "", messageRetentionDuration, schemaSettings } = settings;
  if (schemaSettings !== undefined) throw notEmulated("schemas of topics");
  if (!/^(projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+)?$/.test(kmsKeyName))
    throw invalidArgument("topic.kms_key_name", "projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY");
  const seconds = messageRetentionDuration === undefined ? retention.shortest : parseFloat(messageRetentionDuration);
  if (seconds < retention.shortest || seconds > retention.longest)
    throw invalidArgument("topic.message_retention_duration", "from 10 minutes to 31 days");
}

/**
 * The resource's name contains the project's ID, even if the request has the number. A caller with the permission on the project
 * learns that a topic does not exist (googleapis/nodejs-pubsub#1269).
 */
function topicNamed(call: Call, permission: string, field = "topic"): Topic {
  const { state } = call.context;
  const name = variable(call, field);
  const [collection = "", project = "", , topic = ""] = name.split("/");
  const home = findProject(state, project);
  if (findResource(state, name) === undefined && home !== undefined) {
    authorize(call, permission, `${collection}/${project}`);
    throw new ApiError("NOT_FOUND", `Resource not found (resource=${topic}).`);
  }
  return authorize(call, permission, name) as Topic;
}

function create(call: Call): object {
  const { state } = call.context;
  const [, projectId = "", , id = ""] = variable(call, "name").split("/");
  const { labels = {}, ...settings } = parseMessage(topicRequest.omit({ name: true }), call.body, "topic");
  const project = authorize(call, "pubsub.topics.create", `projects/${projectId}`);
  if (!/^(?!goog)[A-Za-z][\w.~+%-]{2,254}$/.test(id))
    throw invalidArgument("name", "3 to 255 letters, digits and -._~+%; a letter first, and not goog");
  checkTopic(labels, settings);
  const name = `projects/${findProject(state, projectId)?.projectId ?? projectId}/topics/${id}`;
  if (state.topics.has(name)) throw new ApiError("ALREADY_EXISTS");
  const topic: Topic = { name, parent: project.name, labels, settings, policy: seedPolicy({ bindings: [] }) };
  state.topics.set(name, topic);
  return topicMessage(topic);
}

function list(call: Call): object {
  const project = authorize(call, "pubsub.topics.list", variable(call, "project"));
  const found = [...call.context.state.topics.values()].filter(({ parent }) => parent === project.name);
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { topics: items.map(topicMessage), nextPageToken };
}

function update(call: Call): object {
  const topic = topicNamed(call, "pubsub.topics.update", "topic.name");
  const { topic: given, updateMask: ofBody } = parseMessage(updateRequest, call.body);
  const { labels = {}, name: _name, ...settings } = given;
  // Terraform's provider sends the mask in the query, and Google accepts it there too.
  const mask = ofBody || call.query.text("updateMask");
  const names = Object.keys(settingsSchema.shape);
  const paths = updateMask(mask, ["labels", ...names], names);
  checkTopic(labels, settings);
  if (paths.includes("labels")) topic.labels = labels;
  const stored = paths.filter((path) => path !== "labels");
  topic.settings = maskedMessage(topic.settings ?? {}, settings, stored);
  return topicMessage(topic);
}

function remove(call: Call): object {
  call.context.state.topics.delete(topicNamed(call, "pubsub.topics.delete").name);
  return {};
}

/** Keeps messages of a topic, and returns their IDs. Their data is in base64. */
export function publish(
  { state, clock }: Context,
  topic: string,
  messages: readonly { readonly data: string; readonly attributes?: Record<string, string> }[],
): string[] {
  return messages.map(({ data, attributes = {} }) => {
    const messageId = String(nextNumber(state, "messages"));
    state.publishedMessages.push({ topic, messageId, publishTime: timestamp(clock.now()), attributes, data });
    return messageId;
  });
}

function publishMessages(call: Call): object {
  const { name } = topicNamed(call, "pubsub.topics.publish");
  const { messages } = parseMessage(publishRequest, call.body);
  if (messages.some(({ data, attributes }) => data === "" && Object.keys(attributes).length === 0))
    throw invalidArgument("messages", "a message needs data or an attribute");
  return { messageIds: publish(call.context, name, messages) };
}

export const pubsub: Api = {
  service,
  title: serviceTitle(service),
  package: "google.pubsub.v1",
  prefix: "pubsub",
  access: "quotaProject",
  methods: [
    { rpc: "Publisher.CreateTopic", handle: create },
    {
      rpc: "Publisher.GetTopic",
      handle: (call) => topicMessage(topicNamed(call, "pubsub.topics.get")),
    },
    { rpc: "Publisher.ListTopics", handle: list },
    { rpc: "Publisher.UpdateTopic", handle: update },
    { rpc: "Publisher.DeleteTopic", handle: remove },
    { rpc: "Publisher.Publish", handle: publishMessages },
    {
      rpc: "IAMPolicy.GetIamPolicy",
      of: "google.iam.v1.IAMPolicy.GetIamPolicy",
      http: ["GET /v1/{resource=projects/*/topics/*}:getIamPolicy"],
      handle: (call) => {
        const { policy } = topicNamed(call, "pubsub.topics.getIamPolicy", "resource");
        const version = Number(call.query.text("options.requestedPolicyVersion"));
        return getIamPolicy(policy, { options: { requestedPolicyVersion: version } });
      },
    },
    {
      rpc: "IAMPolicy.SetIamPolicy",
      of: "google.iam.v1.IAMPolicy.SetIamPolicy",
      http: ["POST /v1/{resource=projects/*/topics/*}:setIamPolicy"],
      handle: (call) => {
        const topic = topicNamed(call, "pubsub.topics.setIamPolicy", "resource");
        const { state, clock } = call.context;
        return setIamPolicy(state, topic, call.body, clock.now());
      },
    },
    {
      rpc: "IAMPolicy.TestIamPermissions",
      of: "google.iam.v1.IAMPolicy.TestIamPermissions",
      http: ["POST /v1/{resource=projects/*/topics/*}:testIamPermissions"],
      handle: (call) => testIamPermissions(call, variable(call, "resource")),
    },
  ],
};

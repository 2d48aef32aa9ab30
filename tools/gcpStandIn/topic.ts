import { minute, second } from "./clock.ts";
import { decideDeletionPolicy, deletionPolicy, isAbandoned, readDeletionPolicy } from "./deletionPolicy.ts";
import { goneOrThrow } from "./errors.ts";
import { GoogleApiError, hasCode, rephrase } from "./googleApiError.ts";
import { decideLabels, labelFields, readLabels } from "./labels.ts";
import { lastPart, parseTopicName, sameResourceName, topicPath } from "./names.ts";
import { decideProject, projectField, projectOf } from "./ownProject.ts";
import { userProject } from "./provider.ts";
import { retry } from "./retry.ts";
import { same, textOf, withoutEmpty } from "./values.ts";

import type { GoogleRequest } from "./transport.ts";
import type { Provider } from "./provider.ts";
import type { ResourceType, State } from "./resourceType.ts";
import type { RetryPredicate } from "./retry.ts";
import type { Field } from "./schema.ts";
import type { Properties } from "./values.ts";

const refused = { optional: true, refused: true } as const satisfies Partial<Field>;

/** `gcp:pubsub/topic:Topic`: a Pub/Sub topic. The stand-in supports only its name and labels. */
export const topic: ResourceType = {
  fields: {
    name: {
      attribute: "name",
      type: "string",
      required: true,
      forceNew: true,
      autonamed: true,
      suppress: sameResourceName,
    },
    project: projectField,
    deletionPolicy,
    ...labelFields,
    ingestionDataSourceSettings: { attribute: "ingestion_data_source_settings", type: "block", ...refused },
    kmsKeyName: { attribute: "kms_key_name", type: "string", ...refused },
    messageRetentionDuration: { attribute: "message_retention_duration", type: "string", ...refused },
    messageStoragePolicy: { attribute: "message_storage_policy", type: "block", computed: true, ...refused },
    messageTransforms: { attribute: "message_transforms", type: "blocks", ...refused },
    schemaSettings: { attribute: "schema_settings", type: "block", ...refused },
    tags: { attribute: "tags", type: "map", forceNew: true, ...refused },
  },
  timeouts: { create: 20 * minute, update: 20 * minute, delete: 20 * minute },
  deleteBeforeReplace: true,
  decide: (provider, inputs, planned) => ({
    ...decideDeletionPolicy(provider, inputs),
    ...decideLabels(provider, inputs, planned),
    ...decideProject(provider, inputs, planned),
  }),
  create: async (provider, planned, timeouts) => {
    const body = withoutEmpty({ labels: planned["effectiveLabels"] });
    try {
      await send(provider, planned, { method: "PUT", body }, timeouts.create);
    } catch (error) {
      throw rephrase("Error creating Topic: ", error);
    }
    await waitUntilVisible(provider, planned, timeouts.create);
    return { id: pathOf(provider, planned), values: planned };
  },
  read,
  // Apart from the labels, only settings for the deletion can change.
  update: async (provider, { values }, planned, timeouts) => {
    const { effectiveLabels = null } = planned;
    if (same(values["effectiveLabels"] ?? null, effectiveLabels)) return {};
    const body = { topic: withoutEmpty({ labels: effectiveLabels }) };
    try {
      await send(provider, planned, { method: "PATCH", query: { updateMask: "labels" }, body }, timeouts.update);
    } catch (error) {
      throw rephrase(`Error updating Topic ${JSON.stringify(pathOf(provider, planned))}: `, error);
    }
    return {};
  },
  delete: async (provider, { values }, timeouts) => {
    if (isAbandoned(values, "PubsubTopic")) return;
    try {
      await send(provider, values, { method: "DELETE" }, timeouts.delete);
    } catch (error) {
      goneOrThrow(error, "Topic");
    }
  },
  import: async ({ configuration }, id) => {
    const name = parseTopicName(id, configuration.project);
    return Promise.resolve({ id: topicPath(name), values: { project: name.project, name: name.topic } });
  },
};

async function read(provider: Provider, { id, values }: State): Promise<State | undefined> {
  let found: Properties;
  try {
    found = await send(provider, values, { method: "GET" }, 5 * minute);
  } catch (error) {
    return goneOrThrow(error, `PubsubTopic ${JSON.stringify(id)}`);
  }
  return {
    id,
    values: {
      ...values,
      ...readDeletionPolicy(provider, values),
      ...readLabels(values, found["labels"]),
      project: projectOf(provider, values),
      name: lastPart(textOf(found["name"])),
      kmsKeyName: "",
      messageRetentionDuration: "",
      messageStoragePolicy: null,
      messageTransforms: [],
    },
  };
}

/** Waits until reads find the topic. Other errors are left to the following read. */
async function waitUntilVisible(provider: Provider, values: Properties, timeout: number): Promise<void> {
  const deadline = provider.clock.now() + timeout;
  for (;;) {
    const error: unknown = await send(provider, values, { method: "GET" }, timeout).then(
      () => undefined,
      (problem: unknown) => problem,
    );
    if (!hasCode(error, 404) || provider.clock.now() > deadline) return;
    await provider.clock.sleep(second);
  }
}

function pathOf(provider: Provider, values: Properties): string {
  return topicPath({ project: projectOf(provider, values), topic: textOf(values["name"]) });
}

function send(
  provider: Provider,
  values: Properties,
  request: Pick<GoogleRequest, "method" | "query" | "body">,
  timeout: number,
): Promise<Properties> {
  const { apis, clock } = provider;
  const path = pathOf(provider, values);
  const quotaProject = userProject(provider, projectOf(provider, values));
  const attempt = () => apis.raw({ api: "pubsub", path, ...request, userProject: quotaProject });
  return retry(attempt, { clock, timeout, predicates: [isProjectNotReady] });
}

const isProjectNotReady: RetryPredicate = (error) =>
  error instanceof GoogleApiError && error.code === 400 && error.body.includes("retry this operation");

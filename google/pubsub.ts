/**
 * The Pub/Sub API, v1: a topic and its policy.
 *
 * Source: https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics
 */
import { apiBaseUrl } from "./endpoint.ts";
import { shapeError } from "./error.ts";
import { projectOf } from "./pages.ts";
import type { Policy } from "./resourceManager.ts";
import type { Transport } from "./transport.ts";

export interface Topic {
  /** `projects/P/topics/T`. */
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly kmsKeyName?: string;
  readonly messageRetentionDuration?: string;
  readonly schemaSettings?: object;
  readonly ingestionDataSourceSettings?: object;
  readonly messageTransforms?: readonly object[];
}

export interface PubsubApi {
  /** @param name As in `Topic`. */
  getTopic(name: string): Promise<Topic>;
  /** Requires `pubsub.topics.getIamPolicy`. */
  getTopicPolicy(name: string): Promise<Policy>;
}

export function pubsubApi(transport: Transport): PubsubApi {
  const { pubsubCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("pubsub", "v1", universeDomain, pubsubCustomEndpoint);
  const get = <Reply>(name: string, verb = "", query = {}) => {
    const path = `${name.split("/").map(encodeURIComponent).join("/")}${verb}`;
    return transport.request<Reply>({ method: "GET", baseUrl, path, query, project: projectOf(name) });
  };
  return {
    getTopic: async (name) => {
      const topic = await get<Topic>(name);
      if (typeof (topic as Partial<Topic>).name === "string") return topic;
      throw shapeError(`GET ${name}`, "a topic with its name", topic);
    },
    // Without this version, Google does not return the conditions of bindings.
    getTopicPolicy: (name) => get<Policy>(name, ":getIamPolicy", { "options.requestedPolicyVersion": 3 }),
  };
}

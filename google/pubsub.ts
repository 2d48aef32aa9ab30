/**
 * The Pub/Sub API, v1: whether a topic exists.
 *
 * Source: https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.topics
 */
import { apiBaseUrl } from "./endpoint.ts";
import { shapeError } from "./error.ts";
import { projectOf } from "./pages.ts";
import type { Transport } from "./transport.ts";

export interface Topic {
  /** `projects/P/topics/T`. */
  readonly name: string;
}

export interface PubsubApi {
  /** @param name As in `Topic`. */
  getTopic(name: string): Promise<Topic>;
}

export function pubsubApi(transport: Transport): PubsubApi {
  const { pubsubCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("pubsub", "v1", universeDomain, pubsubCustomEndpoint);
  return {
    getTopic: async (name) => {
      const path = name.split("/").map(encodeURIComponent).join("/");
      const topic = await transport.request<Topic>({ method: "GET", baseUrl, path, project: projectOf(name) });
      if (typeof (topic as Partial<Topic>).name === "string") return topic;
      throw shapeError(`GET ${name}`, "a topic with its name", topic);
    },
  };
}

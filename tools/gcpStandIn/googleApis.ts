import { apis } from "./configuration.ts";

import type { Api, Configuration } from "./configuration.ts";
import type { GoogleRequest, Transport } from "./transport.ts";
import type { Properties } from "./values.ts";

/** A request to one of the APIs, by its path. */
export interface ApiRequest extends Omit<GoogleRequest, "url"> {
  api: Api;
  path: string;
}

/** The Google APIs at their custom endpoints, called in the two ways of the Terraform provider. */
export class GoogleApis {
  readonly #endpoints: Configuration["endpoints"];
  readonly #transport: Transport;

  constructor(endpoints: Configuration["endpoints"], transport: Transport) {
    this.#endpoints = endpoints;
    this.#transport = transport;
  }

  /** Like Google's Go client: the path contains the version, which replaces the endpoint's. */
  client(request: ApiRequest): Promise<Properties> {
    const base = this.#endpoint(request.api).replace(/^(https?:\/\/.*)(\/[^/]+?\/)$/, "$1/");
    return this.#send(base, request, { prettyPrint: "false" });
  }

  /** Like the provider's own requests: the path is appended to the endpoint. */
  raw(request: ApiRequest): Promise<Properties> {
    return this.#send(this.#endpoint(request.api), request, {});
  }

  #send(base: string, request: ApiRequest, query: Record<string, string>): Promise<Properties> {
    const { method, path, body, userProject } = request;
    return this.#transport.send({
      method,
      url: base + path,
      query: { alt: "json", ...query, ...request.query },
      body,
      userProject,
    });
  }

  #endpoint(api: Api): string {
    const endpoint = this.#endpoints[api];
    if (endpoint !== undefined) return endpoint;
    const { key, variable } = apis[api];
    throw new Error(
      `no custom endpoint for this API: set gcp:${key} or ${variable} to that of the local Google Cloud. ` +
        "This is the stand-in for the gcp plugin, which never calls Google itself",
    );
  }
}

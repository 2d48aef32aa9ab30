/**
 * The Resource Manager API, v3: what the program itself asks, beside the gcp provider.
 *
 * Source: https://cloud.google.com/resource-manager/reference/rest/v3/projects
 */
import { apiBaseUrl } from "./endpoint.ts";
import type { Transport } from "./transport.ts";

export interface Project {
  /** `projects/NUMBER`. */
  readonly name: string;
  readonly projectId: string;
  /** `ACTIVE` or `DELETE_REQUESTED`. */
  readonly state: string;
}

export interface Organization {
  /** `organizations/NUMBER`. */
  readonly name: string;
}

export interface ResourceManagerApi {
  /** @param organization The number. */
  getOrganization(organization: string): Promise<Organization>;
  /** @param project The ID or the number. */
  getProject(project: string): Promise<Project>;
}

export function resourceManagerApi(transport: Transport): ResourceManagerApi {
  const { resourceManagerV3CustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("cloudresourcemanager", "v3", universeDomain, resourceManagerV3CustomEndpoint);
  const get = <Reply>(path: string) => transport.request<Reply>({ method: "GET", baseUrl, path });
  return {
    getOrganization: (organization) => get(`organizations/${organization}`),
    getProject: (project) => get(`projects/${project}`),
  };
}

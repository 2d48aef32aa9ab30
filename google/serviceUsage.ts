/**
 * The Service Usage API, v1: which services are enabled on a project.
 *
 * Source: https://cloud.google.com/service-usage/docs/reference/rest/v1/services
 */
import { apiBaseUrl } from "./endpoint.ts";
import { allPages, idIn } from "./pages.ts";
import type { Transport } from "./transport.ts";

export interface ServiceUsageApi {
  /**
   * The names of the enabled services, such as `cloudsupport.googleapis.com`.
   * @param project The ID or the number.
   */
  enabledServices(project: string): Promise<string[]>;
}

/** The API's maximum. */
const pageSize = 200;

export function serviceUsageApi(transport: Transport): ServiceUsageApi {
  const { serviceUsageCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("serviceusage", "v1", universeDomain, serviceUsageCustomEndpoint);
  return {
    enabledServices: async (project) => {
      const request = {
        baseUrl,
        path: `projects/${project}/services`,
        query: { filter: "state:ENABLED", fields: "services/name,nextPageToken" },
        project,
      };
      const services = await allPages<{ readonly name: string }>(transport, request, "services", pageSize);
      return services.map(({ name }) => idIn(name));
    },
  };
}

/**
 * The Service Health API, v1 (Personalized Service Health): the incidents that affect a project.
 *
 * Source: https://cloud.google.com/service-health/docs/reference/rest/v1/projects.locations.events
 */
import { apiBaseUrl } from "./endpoint.ts";
import { allPages } from "./pages.ts";
import type { Transport } from "./transport.ts";

/** An event. The API omits empty values. */
export interface HealthEvent {
  /** `projects/P/locations/global/events/E`. */
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** `ACTIVE` or `CLOSED`. */
  readonly state?: string;
  /** Such as `CONFIRMED` or `RESOLVED`. */
  readonly detailedState?: string;
  /** For the project: `UNKNOWN`, `NOT_IMPACTED`, `PARTIALLY_RELATED`, `RELATED` or `IMPACTED`. */
  readonly relevance?: string;
  readonly eventImpacts?: readonly {
    readonly product?: { readonly productName?: string };
    readonly location?: { readonly locationName?: string };
  }[];
  readonly startTime?: string;
  readonly endTime?: string;
  readonly updateTime?: string;
}

export interface ServiceHealthApi {
  /**
   * The incidents that are active or have changed since a time. Requires `servicehealth.events.list`.
   * @param project The ID.
   */
  listEvents(project: string, since: Date): Promise<HealthEvent[]>;
}

export function serviceHealthApi(transport: Transport): ServiceHealthApi {
  const { serviceHealthCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("servicehealth", "v1", universeDomain, serviceHealthCustomEndpoint);
  return {
    listEvents: (project, since) => {
      // All incidents are in the location `global`.
      const path = `projects/${project}/locations/global/events`;
      const filter = `category=INCIDENT AND (state=ACTIVE OR update_time>="${since.toISOString()}")`;
      return allPages(transport, { baseUrl, path, query: { filter }, project }, "events");
    },
  };
}

/**
 * The Recommender API (Active Assist): recommendations and insights, by recommender or insight type and location. Only v1beta1
 * lists the locations that have any.
 *
 * Sources: https://cloud.google.com/recommender/docs/reference/rest/v1/projects.locations.recommenders.recommendations;
 * https://cloud.google.com/recommender/docs/reference/rest/v1beta1/projects.locations/list
 */
import { apiBaseUrl } from "./endpoint.ts";
import { allPages, idIn } from "./pages.ts";
import type { Transport } from "./transport.ts";

export interface Recommendation {
  readonly name: string;
  /** In English only. */
  readonly description?: string;
  readonly primaryImpact?: { readonly category?: string };
  /** `P1`, the most urgent, to `P4`. */
  readonly priority?: string;
}

export interface Insight {
  readonly name: string;
  readonly description?: string;
  /** Such as `SECURITY`. */
  readonly category?: string;
  /** `CRITICAL`, `HIGH`, `MEDIUM` or `LOW`. */
  readonly severity?: string;
}

/** Each method requires the `list` permission of its resource, which Recommender Viewer contains. */
export interface RecommenderApi {
  /**
   * The locations that have recommendations or insights, such as `global` and `us-central1-a`.
   * @param project The ID.
   */
  listLocations(project: string): Promise<string[]>;
  /** The active recommendations. @param recommender Such as `google.iam.policy.Recommender`. */
  listRecommendations(project: string, location: string, recommender: string): Promise<Recommendation[]>;
  /** The active insights. @param insightType Such as `google.iam.policy.Insight`. */
  listInsights(project: string, location: string, insightType: string): Promise<Insight[]>;
}

const filter = "stateInfo.state = ACTIVE";

export function recommenderApi(transport: Transport): RecommenderApi {
  const { recommenderCustomEndpoint, universeDomain } = transport.settings;
  const baseUrlOf = (version: string) => apiBaseUrl("recommender", version, universeDomain, recommenderCustomEndpoint);
  const all = <Item>(project: string, version: string, path: string, key: string, query = {}) =>
    allPages<Item>(
      transport,
      { baseUrl: baseUrlOf(version), path: `projects/${project}/${path}`, query, project },
      key,
    );
  return {
    listLocations: async (project) => {
      const locations = await all<{ readonly name: string; readonly locationId?: string }>(
        project,
        "v1beta1",
        "locations",
        "locations",
      );
      return locations.map(({ name, locationId }) => locationId ?? idIn(name));
    },
    listRecommendations: (project, location, recommender) => {
      const path = `locations/${location}/recommenders/${recommender}/recommendations`;
      return all(project, "v1", path, "recommendations", { filter });
    },
    listInsights: (project, location, insightType) => {
      const path = `locations/${location}/insightTypes/${insightType}/insights`;
      return all(project, "v1", path, "insights", { filter });
    },
  };
}

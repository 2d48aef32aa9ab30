/**
 * The recommenders and insight types of Active Assist that are counted (guide row G6 Recommender), with their kinds of
 * locations. Each costs a request, so the list has only those for common resources.
 *
 * Sources: https://cloud.google.com/recommender/docs/recommenders;
 * https://cloud.google.com/recommender/docs/insights/insight-types
 */

/** `global`, a region such as `us-central1`, or a zone such as `us-central1-a`. */
export type RecommenderLocation = "global" | "region" | "zone";

export const recommenders: Readonly<Record<string, readonly RecommenderLocation[]>> = {
  "google.iam.policy.Recommender": ["global"],
  "google.resourcemanager.projectUtilization.Recommender": ["global"],
  "google.compute.address.IdleResourceRecommender": ["global", "region"],
  "google.compute.commitment.UsageCommitmentRecommender": ["region"],
  "google.compute.disk.IdleResourceRecommender": ["region", "zone"],
  "google.compute.image.IdleResourceRecommender": ["global"],
  "google.compute.instance.IdleResourceRecommender": ["zone"],
  "google.compute.instance.MachineTypeRecommender": ["zone"],
  "google.compute.instanceGroupManager.MachineTypeRecommender": ["region", "zone"],
  "google.cloudsql.instance.IdleRecommender": ["region"],
  "google.cloudsql.instance.OverprovisionedRecommender": ["region"],
  "google.container.DiagnosisRecommender": ["region", "zone"],
};

export const insightTypes: Readonly<Record<string, readonly RecommenderLocation[]>> = {
  "google.iam.policy.Insight": ["global"],
  "google.iam.serviceAccount.Insight": ["global"],
  "google.compute.firewall.Insight": ["global"],
  "google.resourcemanager.projectUtilization.Insight": ["global"],
};

/** The name of a zone is its region's name with a letter. */
export function recommenderLocation(location: string): RecommenderLocation {
  if (location === "global") return "global";
  return /-[a-z]$/.test(location) ? "zone" : "region";
}

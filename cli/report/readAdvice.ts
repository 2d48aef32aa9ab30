/** The recommendations and insights of a project: of each recommender at each location that has any. */
import { GoogleError, recommenderApi } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";
import { insightTypes, recommenderLocation, recommenders } from "../../guide/index.ts";
import type { Advice } from "./readings.ts";

export async function readAdvice(project: string, transport: Transport): Promise<Advice> {
  const api = recommenderApi(transport);
  const locations = await api.listLocations(project);
  const errors: GoogleError[] = [];
  const ofAll = async <Item>(
    types: typeof recommenders,
    list: (project: string, location: string, type: string) => Promise<Item[]>,
  ): Promise<Item[]> => {
    const asked = locations.flatMap((location) =>
      Object.entries(types)
        .filter(([, kinds]) => kinds.includes(recommenderLocation(location)))
        .map(([type]) =>
          list(project, location, type).catch((error: unknown) => {
            if (!(error instanceof GoogleError)) throw error;
            errors.push(error);
            return [];
          }),
        ),
    );
    return (await Promise.all(asked)).flat();
  };
  const [recommendations, insights] = await Promise.all([
    ofAll(recommenders, (...of) => api.listRecommendations(...of)),
    ofAll(insightTypes, (...of) => api.listInsights(...of)),
  ]);
  return { recommendations, insights, errors };
}

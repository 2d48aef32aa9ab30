/**
 * Recommender v1: recommendations and insights by recommender or insight type and location, their states, and the locations with any,
 * as in v1beta1.
 * https://cloud.google.com/recommender/docs/reference/rest, google/cloud/recommender/v1/recommender_service.proto
 */
import { z } from "zod";
import { authorize, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { ApiError, failedPrecondition, invalidArgument, notFound } from "./errors.ts";
import { compileFilter, unsupportedRestriction } from "./filter.ts";
import type { Predicate } from "./filter.ts";
import { camelCase, readAll } from "./json.ts";
import { parseMessage } from "./message.ts";
import { page } from "./paging.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import { nextNumber } from "./state.ts";
import type { Message } from "./state.ts";

const service = "recommender.googleapis.com";

const pageSizes = { default: 100, max: 1000, ignoreNonPositive: true };

const maxFilterLength = 500;

/** `recommenders` contain recommendations, `insightTypes` contain insights. */
interface Collection {
  readonly parent: "recommenders" | "insightTypes";
  readonly name: "recommendations" | "insights";
  readonly filterFields: readonly string[];
}

const recommendations: Collection = {
  parent: "recommenders",
  name: "recommendations",
  filterFields: ["stateInfo.state", "recommenderSubtype", "priority", "targetResources"],
};

const insights: Collection = {
  parent: "insightTypes",
  name: "insights",
  filterFields: ["stateInfo.state", "insightSubtype", "severity", "targetResources"],
};

/** The parents of both. */
const containers = ["projects", "billingAccounts", "folders", "organizations"];

/**
 * `google.compute.instance.MachineTypeRecommender` → `recommender.computeInstanceMachineTypeRecommendations.list`, the
 * form of Google's permissions.
 */
function permission(type: string, verb: "get" | "list" | "update"): string {
  const [first = "", ...rest] = type
    .replace(/^google\./, "")
    .replace(/Recommender$/, "Recommendations")
    .replace(/Insight$/, "Insights")
    .split(".");
  const words = rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return `recommender.${first}${words.join("")}.${verb}`;
}

/** The collection's name, with a project's number. */
function collectionName(
  call: Call,
  verb: "get" | "list" | "update",
  name: string,
  { parent, name: collection }: Collection,
): string {
  const [container = "", id = "", , location = "", , type = ""] = name.split("/");
  const resource = authorize(call, permission(type, verb), `${container}/${id}`);
  return `${resource.name}/locations/${location}/${parent}/${type}/${collection}`;
}

function filter(call: Call, { filterFields }: Collection): Predicate<Message> {
  const text = call.query.text("filter");
  if (text.length > maxFilterLength) throw invalidArgument("filter", `at most ${maxFilterLength} characters`);
  return compileFilter<Message>(text, {
    restriction: (restriction) => {
      const { operator, value } = restriction;
      const field = camelCase(restriction.field);
      const expected = field === "targetResources" ? ":" : "=";
      if (!filterFields.includes(field) || operator !== expected) throw unsupportedRestriction(restriction);
      return (message) => readAll(message, field).includes(value);
    },
  });
}

function list(call: Call, collection: Collection): object {
  const prefix = `${collectionName(call, "list", variable(call, "parent"), collection)}/`;
  const matches = filter(call, collection);
  const found = [...call.context.state[collection.name].values()].filter(
    (message) => message.name.startsWith(prefix) && matches(message),
  );
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { [collection.name]: items, nextPageToken };
}

function get(call: Call, collection: Collection): object {
  const name = variable(call, "name");
  const id = name.split("/").at(-1);
  const found = call.context.state[collection.name].get(`${collectionName(call, "get", name, collection)}/${id}`);
  if (found === undefined) throw notFound();
  return found;
}

/** The states from which a recommendation or an insight can be marked, and the new state (recommender_service.proto). */
interface Mark {
  readonly from: readonly string[];
  readonly to: string;
}

const changeable = ["ACTIVE", "CLAIMED", "SUCCEEDED", "FAILED"];

const marks: Readonly<Record<string, Mark>> = {
  MarkRecommendationClaimed: { from: changeable, to: "CLAIMED" },
  MarkRecommendationDismissed: { from: ["ACTIVE"], to: "DISMISSED" },
  MarkRecommendationFailed: { from: changeable, to: "FAILED" },
  MarkRecommendationSucceeded: { from: changeable, to: "SUCCEEDED" },
};

const markRequest = z.object({
  stateMetadata: z.record(z.string(), z.string()).default({}),
  etag: z.string().default(""),
});

/** Changes the state of a recommendation or an insight, if its etag is the current one. */
function mark(call: Call, collection: Collection, { from, to }: Mark): object {
  const name = variable(call, "name");
  const id = name.split("/").at(-1);
  const { stateMetadata, etag } = parseMessage(markRequest, call.body);
  const found = call.context.state[collection.name].get(`${collectionName(call, "update", name, collection)}/${id}`);
  if (found === undefined) throw notFound();
  if (etag !== "" && etag !== found["etag"]) throw new ApiError("ABORTED", "The etag is not the current one.");
  const [state = ""] = readAll(found, "stateInfo.state");
  if (!from.includes(state)) throw failedPrecondition(`The state is ${state}, not ${from.join(" or ")}.`);
  const next = String(nextNumber(call.context.state, "recommenderEtags", 1000));
  return Object.assign(found, { stateInfo: { state: to, stateMetadata }, etag: `"${next}"` });
}

/** The default configuration of a recommender or an insight type. */
function getConfig(call: Call, { parent }: Collection): object {
  const [container = "", id = "", , location = "", , type = ""] = variable(call, "name").split("/");
  const kind = parent === "recommenders" ? "RecommenderConfig" : "InsightTypeConfig";
  const held = permission(type, "get").replace(/(Recommendations|Insights)\.get$/, `${kind}.get`);
  const resource = authorize(call, held, `${container}/${id}`);
  return { name: `${resource.name}/locations/${location}/${parent}/${type}/config`, etag: '"0"' };
}

/** The locations with recommendations or insights of the project or the organization. Only v1beta1 lists them. */
function listLocations(call: Call): object {
  const [container = "", id = ""] = variable(call, "name").split("/");
  const resource = authorize(call, "recommender.locations.list", `${container}/${id}`);
  const { state } = call.context;
  const names = [...state.recommendations.keys(), ...state.insights.keys()];
  const prefix = `${resource.name}/locations/`;
  const held = names.filter((name) => name.startsWith(prefix)).map((name) => name.split("/")[3] ?? "");
  const locations = [...new Set(held)]
    .sort()
    .map((locationId) => ({ name: `${prefix}${locationId}`, locationId, displayName: locationId }));
  const { items, nextPageToken } = page(locations, call, pageSizes);
  return { locations: items, nextPageToken };
}

export const recommender: Api = {
  service,
  title: serviceTitle(service),
  package: "google.cloud.recommender.v1",
  prefix: "recommender",
  access: "quotaProject",
  methods: [
    {
      rpc: "Locations.ListLocations",
      of: "google.cloud.location.Locations.ListLocations",
      http: containers.map((container) => `GET /v1beta1/{name=${container}/*}/locations`),
      handle: listLocations,
    },
    {
      rpc: "Recommender.ListRecommendations",
      handle: (call) => list(call, recommendations),
    },
    {
      rpc: "Recommender.GetRecommendation",
      handle: (call) => get(call, recommendations),
    },
    ...Object.entries(marks).map(([rpc, change]) => ({
      rpc: `Recommender.${rpc}`,
      handle: (call: Call) => mark(call, recommendations, change),
    })),
    {
      rpc: "Recommender.MarkInsightAccepted",
      handle: (call) => mark(call, insights, { from: ["ACTIVE"], to: "ACCEPTED" }),
    },
    { rpc: "Recommender.GetRecommenderConfig", handle: (call) => getConfig(call, recommendations) },
    { rpc: "Recommender.GetInsightTypeConfig", handle: (call) => getConfig(call, insights) },
    { rpc: "Recommender.ListInsights", handle: (call) => list(call, insights) },
    { rpc: "Recommender.GetInsight", handle: (call) => get(call, insights) },
  ],
};

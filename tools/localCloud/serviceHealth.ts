/**
 * Personalized Service Health v1: the incidents that affect a project or an organization.
 * https://cloud.google.com/service-health/docs/reference/rest, google/cloud/servicehealth/v1/event_service.proto
 */
import { authorize, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { invalidArgument, notFound } from "./errors.ts";
import { compareTimes, compileFilter, unsupportedRestriction } from "./filter.ts";
import type { Predicate, Restriction } from "./filter.ts";
import { readAll, snakeCase } from "./json.ts";
import { page } from "./paging.ts";
import { serviceTitle } from "./serviceCatalogue.ts";
import type { Message, Project } from "./state.ts";

const service = "servicehealth.googleapis.com";

const pageSizes = { default: 10, max: 100 };

/** The three collections, with the fields of their filters and the view that includes updates. */
interface Collection {
  readonly name: "events" | "organizationEvents" | "organizationImpacts";
  readonly restriction: (restriction: Restriction) => Predicate<Message>;
  readonly fullView?: string;
  readonly basicView?: string;
}

function eventRestriction(restriction: Restriction): Predicate<Message> {
  const { operator, value } = restriction;
  const field = snakeCase(restriction.field);
  if (field === "update_time") {
    const compare = compareTimes(restriction);
    return (event) => compare(readAll(event, "updateTime")[0]);
  }
  if ((field !== "category" && field !== "state") || operator !== "=") throw unsupportedRestriction(restriction);
  return (event) => event[field] === value;
}

function projectEventRestriction(restriction: Restriction): Predicate<Message> {
  if (snakeCase(restriction.field) !== "event_impacts.product.product_name") return eventRestriction(restriction);
  if (restriction.operator !== ":") throw unsupportedRestriction(restriction);
  return (event) => readAll(event, "eventImpacts.product.productName").includes(restriction.value);
}

function impactRestriction(restriction: Restriction): Predicate<Message> {
  if (restriction.field !== "events" || restriction.operator !== ":") throw unsupportedRestriction(restriction);
  const name = decodeURIComponent(restriction.value);
  return (impact) => readAll(impact, "events").includes(name);
}

const events: Collection = {
  name: "events",
  restriction: projectEventRestriction,
  fullView: "EVENT_VIEW_FULL",
  basicView: "EVENT_VIEW_BASIC",
};

const organizationEvents: Collection = {
  name: "organizationEvents",
  restriction: eventRestriction,
  fullView: "ORGANIZATION_EVENT_VIEW_FULL",
  basicView: "ORGANIZATION_EVENT_VIEW_BASIC",
};

const organizationImpacts: Collection = { name: "organizationImpacts", restriction: impactRestriction };

/** The location in names, with a project's ID, as documented. */
function location(call: Call, permission: string, name: string): string {
  const [collection = "", id = "", , place = ""] = name.split("/");
  const resource = authorize(call, `servicehealth.${permission}`, `${collection}/${id}`);
  return `${collection === "projects" ? `projects/${(resource as Project).projectId}` : resource.name}/locations/${place}`;
}

function list(call: Call, collection: Collection): object {
  const prefix = `${location(call, `${collection.name}.list`, variable(call, "parent"))}/${collection.name}/`;
  if (call.query.integer("pageSize") > pageSizes.max) throw invalidArgument("page_size", "from 1 to 100");
  const full = isFullView(call, collection);
  const matches = compileFilter(call.query.text("filter"), { restriction: collection.restriction });
  const found = [...call.context.state.events.values()].filter(
    (message) => message.name.startsWith(prefix) && matches(message),
  );
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { [collection.name]: full ? items : items.map(withoutUpdates), nextPageToken };
}

/** Impacts have no views, because they have no updates. */
function isFullView({ query }: Call, { fullView, basicView }: Collection): boolean {
  const view = query.text("view");
  if (fullView === undefined || view === fullView) return true;
  if (view !== "" && view !== basicView) throw invalidArgument("view", `not a view: ${view}`);
  return false;
}

function withoutUpdates({ updates: _updates, ...event }: Message): object {
  return event;
}

function get(call: Call, { name: collection }: Collection): object {
  const name = variable(call, "name");
  const found = call.context.state.events.get(
    `${location(call, `${collection}.get`, name)}/${collection}/${name.split("/").at(-1)}`,
  );
  if (found === undefined) throw notFound();
  return found;
}

/** All events are in the location `global`. */
function globalLocation(call: Call, permission: string, name: string): object {
  return { name: location(call, `locations.${permission}`, name), locationId: "global" };
}

function getLocation(call: Call): object {
  const name = variable(call, "name");
  const found = globalLocation(call, "get", name);
  if (!name.endsWith("/global")) throw notFound();
  return found;
}

export const serviceHealth: Api = {
  service,
  title: serviceTitle(service),
  package: "google.cloud.servicehealth.v1",
  prefix: "servicehealth",
  access: "quotaProject",
  methods: [
    {
      rpc: "ServiceHealth.ListEvents",
      handle: (call) => list(call, events),
    },
    {
      rpc: "ServiceHealth.GetEvent",
      handle: (call) => get(call, events),
    },
    {
      rpc: "ServiceHealth.ListOrganizationEvents",
      handle: (call) => list(call, organizationEvents),
    },
    {
      rpc: "ServiceHealth.GetOrganizationEvent",
      handle: (call) => get(call, organizationEvents),
    },
    {
      rpc: "ServiceHealth.ListOrganizationImpacts",
      handle: (call) => list(call, organizationImpacts),
    },
    {
      rpc: "ServiceHealth.GetOrganizationImpact",
      handle: (call) => get(call, organizationImpacts),
    },
    {
      rpc: "Locations.ListLocations",
      of: "google.cloud.location.Locations.ListLocations",
      http: ["GET /v1/{name=projects/*}/locations"],
      handle: (call) => ({ locations: [globalLocation(call, "list", `${variable(call, "name")}/locations/global`)] }),
    },
    {
      rpc: "Locations.GetLocation",
      of: "google.cloud.location.Locations.GetLocation",
      http: ["GET /v1/{name=projects/*/locations/*}"],
      handle: getLocation,
    },
  ],
};

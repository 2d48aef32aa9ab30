/**
 * Service Usage v1: which services are enabled on a project.
 * https://cloud.google.com/service-usage/docs/reference/rest/v1/services
 */
import { z } from "zod";
import { authorize, hasPermission, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { ApiError, errorInfo, failedPrecondition, invalidArgument, notEmulated, notFound } from "./errors.ts";
import { compileFilter, unsupportedRestriction } from "./filter.ts";
import { findResource, isProject } from "./hierarchy.ts";
import { parseMessage } from "./message.ts";
import { findOperation, operationMessage, pollOperation, startOperation } from "./operations.ts";
import { page } from "./paging.ts";
import { serviceDependencies, serviceExists, serviceTitle, serviceTitles } from "./serviceCatalogue.ts";
import type { Project } from "./state.ts";

const service = "serviceusage.googleapis.com";

const pageSizes = { default: 50, max: 200 };

/** The maximum number of services in a batch to enable or read. */
const maxBatchEnable = 20;
const maxBatchGet = 30;

/** A service counts as used for 30 days after a call. */
const usageWindow = 30 * 24 * 60 * 60 * 1000;

const disableRequest = z.object({
  disableDependentServices: z.boolean().default(false),
  checkIfServiceHasUsage: z.enum(["CHECK_IF_SERVICE_HAS_USAGE_UNSPECIFIED", "SKIP", "CHECK"]).default("SKIP"),
});

const batchEnableRequest = z.object({ serviceIds: z.array(z.string()).default([]) });

/** Paths can name any consumer, but most methods support only projects (google/api/serviceusage/v1/serviceusage.proto). */
function projectOf(call: Call, permission: string, field: "name" | "parent"): Project {
  const consumer = authorize(call, permission, variable(call, field).split("/").slice(0, 2).join("/"));
  if (isProject(consumer)) return consumer;
  if (call.rpc === "GetService" || call.rpc === "ListServices")
    throw notEmulated("the services of folders and organizations");
  throw invalidArgument(field, "only projects are supported");
}

function serviceOf(call: Call): string {
  return variable(call, "name").split("/")[3] ?? "";
}

/** What each permission is for, in the refusals of Service Usage. */
const denials: Readonly<Record<string, string>> = {
  "serviceusage.services.enable": "enable service",
  "serviceusage.services.disable": "disable service",
  "serviceusage.services.get": "get service",
};

/** As recorded in su-kaka/gcli2api#283 and aquasecurity/cloudsploit#1606. Google's help token is opaque. */
function denied(call: Call, permission: string, name: string): ApiError {
  const project = findResource(call.context.state, name);
  const named = call.path["name"] === undefined ? serviceIdsOf(call) : serviceOf(call);
  const action = denials[permission];
  const what =
    action === undefined ? `list services for consumer container [${project?.name ?? name}]` : `${action} [${named}]`;
  return new ApiError("PERMISSION_DENIED", `Permission denied to ${what}\nHelp Token: local`, {
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.PreconditionFailure",
        violations: [{ type: "googleapis.com", subject: "110002" }],
      },
      { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "AUTH_PERMISSION_DENIED", domain: service },
    ],
  });
}

/** The services of a batch. */
function serviceIdsOf(call: Call): string {
  const names = call.query.list("names").map((name) => name.split("/").at(-1) ?? "");
  return [...parseMessage(batchEnableRequest, call.body).serviceIds, ...names].join(", ");
}

function serviceMessage(project: Project, name: string): object {
  return {
    name: `${project.name}/services/${name}`,
    parent: project.name,
    state: project.services.has(name) ? "ENABLED" : "DISABLED",
    config: { name, title: serviceTitle(name) },
  };
}

/** Enables services and their dependencies: all or none. */
function enable(call: Call, project: Project, names: readonly string[]): void {
  const unknown = names.filter((name) => !serviceExists(name));
  if (unknown.length > 0)
    throw new ApiError("PERMISSION_DENIED", `Not found or permission denied for service(s): ${unknown.join(", ")}.`, {
      details: [errorInfo("SERVICE_CONFIG_NOT_FOUND_OR_PERMISSION_DENIED", service, { services: unknown.join(",") })],
    });
  const enabledAt = call.context.clock.now();
  for (const name of names.flatMap((wanted) => [...(serviceDependencies[wanted] ?? []), wanted]))
    if (!project.services.has(name)) project.services.set(name, { enabledAt });
}

function disable(call: Call, project: Project, name: string): void {
  const { disableDependentServices, checkIfServiceHasUsage } = parseMessage(disableRequest, call.body);
  const enabled = project.services.get(name);
  if (enabled === undefined) throw failedPrecondition(`Service ${name} is not enabled for ${project.name}.`);
  const dependents = [...project.services.keys()].filter((other) => serviceDependencies[other]?.includes(name));
  if (dependents.length > 0 && !disableDependentServices)
    throw failedPrecondition(
      `The service ${name} is depended on by the following active service(s): ${dependents.join(",")}; ` +
        "please specify disable_dependent_services=true if you want to proceed with disabling all services.",
    );
  const usedAt = enabled.lastUsedAt;
  if (checkIfServiceHasUsage === "CHECK" && usedAt !== undefined && call.context.clock.now() - usedAt < usageWindow)
    throw new ApiError("FAILED_PRECONDITION", `The service ${name} has been used in the last 30 days.`, {
      details: [errorInfo("COMMON_SU_SERVICE_HAS_USAGE", service, { service: name })],
    });
  for (const disabled of [...dependents, name]) project.services.delete(disabled);
}

function listServices(call: Call): object {
  const project = projectOf(call, "serviceusage.services.list", "parent");
  const matches = compileFilter<string>(call.query.text("filter"), {
    restriction: (restriction) => {
      const { field, operator, value } = restriction;
      if (field !== "state" || operator !== ":" || (value !== "ENABLED" && value !== "DISABLED"))
        throw unsupportedRestriction(restriction);
      return (name) => project.services.has(name) === (value === "ENABLED");
    },
  });
  const names = [...new Set([...serviceTitles.keys(), ...project.services.keys()])].sort();
  const { items, nextPageToken } = page(names.filter(matches), call, pageSizes);
  return { services: items.map((name) => serviceMessage(project, name)), nextPageToken };
}

function batchGetServices(call: Call): object {
  const project = projectOf(call, "serviceusage.services.get", "parent");
  const names = call.query.list("names");
  if (names.length > maxBatchGet) throw invalidArgument("names", `at most ${maxBatchGet} services`);
  return {
    services: names.map((name) => {
      const [collection = "", parent = "", , id = ""] = name.split("/");
      if (findResource(call.context.state, `${collection}/${parent}`) !== project)
        throw invalidArgument("names", `${name} is not in ${variable(call, "parent")}`);
      if (!serviceExists(id)) throw notFound();
      return serviceMessage(project, id);
    }),
  };
}

/** The operations of projects that the caller may read. Filters are not supported. */
function listOperations(call: Call): object {
  const filter = call.query.text("filter");
  if (filter !== "") throw invalidArgument("filter", "the local cloud supports no filter of operations");
  const { state } = call.context;
  const found = [...state.operations.values()].filter((candidate) => {
    const resource = candidate.service === service ? findResource(state, candidate.resource) : undefined;
    return (
      resource !== undefined && hasPermission(call.context, call.principal, "serviceusage.operations.get", resource)
    );
  });
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { operations: items.map(operationMessage), nextPageToken };
}

function operation(call: Call, project: Project, type: string, response: object): object {
  return startOperation(call.context, {
    service,
    prefix: "operations/acf.p2-",
    resource: project.name,
    type: `google.api.serviceusage.v1.${type}`,
    response,
  });
}

export const serviceUsage: Api = {
  service,
  title: serviceTitle(service),
  package: "google.api.serviceusage.v1",
  prefix: "serviceusage",
  access: "credential",
  denied,
  methods: [
    {
      rpc: "ServiceUsage.EnableService",
      handle: (call) => {
        const project = projectOf(call, "serviceusage.services.enable", "name");
        enable(call, project, [serviceOf(call)]);
        const enabled = serviceMessage(project, serviceOf(call));
        return operation(call, project, "EnableServiceResponse", { service: enabled });
      },
    },
    {
      rpc: "ServiceUsage.DisableService",
      handle: (call) => {
        const project = projectOf(call, "serviceusage.services.disable", "name");
        disable(call, project, serviceOf(call));
        const disabled = serviceMessage(project, serviceOf(call));
        return operation(call, project, "DisableServiceResponse", { service: disabled });
      },
    },
    {
      rpc: "ServiceUsage.GetService",
      handle: (call) => {
        const project = projectOf(call, "serviceusage.services.get", "name");
        if (!serviceExists(serviceOf(call))) throw notFound();
        return serviceMessage(project, serviceOf(call));
      },
    },
    {
      rpc: "ServiceUsage.ListServices",
      handle: listServices,
    },
    {
      rpc: "ServiceUsage.BatchEnableServices",
      handle: (call) => {
        const project = projectOf(call, "serviceusage.services.enable", "parent");
        const { serviceIds } = parseMessage(batchEnableRequest, call.body);
        if (serviceIds.length === 0 || serviceIds.length > maxBatchEnable)
          throw invalidArgument("service_ids", `from 1 to ${maxBatchEnable} services`);
        enable(call, project, serviceIds);
        const services = serviceIds.map((id) => serviceMessage(project, id));
        return operation(call, project, "BatchEnableServicesResponse", { services });
      },
    },
    {
      rpc: "ServiceUsage.BatchGetServices",
      handle: batchGetServices,
    },
    {
      rpc: "Operations.ListOperations",
      of: "google.longrunning.Operations.ListOperations",
      http: ["GET /v1/operations"],
      handle: listOperations,
    },
    {
      rpc: "Operations.GetOperation",
      of: "google.longrunning.Operations.GetOperation",
      http: ["GET /v1/{name=operations/*}"],
      handle: (call) => {
        const found = findOperation(call.context, service, variable(call, "name"));
        authorize(call, "serviceusage.operations.get", found.resource);
        return pollOperation(found);
      },
    },
  ],
};

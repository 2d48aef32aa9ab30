/**
 * Resource Manager v1: organizations, projects and their policies, as the Google provider calls it.
 * https://cloud.google.com/resource-manager/reference/rest/v1/projects
 */
import { z } from "zod";
import { authorize, hasPermission, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { callerDoesNotHavePermission } from "./errors.ts";
import { isProject, lineage } from "./hierarchy.ts";
import { parseMessage } from "./message.ts";
import { findOperation, pollOperation, startOperation } from "./operations.ts";
import { page, pageOf } from "./paging.ts";
import {
  createProject,
  labelsSchema,
  moveProject,
  requestProjectDeletion,
  undeleteProject,
  updateProject,
} from "./projects.ts";
import { iamMethods } from "./resourceIam.ts";
import { organizationQuery, parentOfQuery, projectQuery } from "./resourceQuery.ts";
import type { Organization, Project, ResourceName } from "./state.ts";

const service = "cloudresourcemanager.googleapis.com";

const pageSizes = { default: 500, max: 500 };

const searchRequest = z.object({
  filter: z.string().default(""),
  pageSize: z.number().int().default(0),
  pageToken: z.string().default(""),
});

const projectRequest = z.object({
  projectId: z.string().default(""),
  name: z.string().optional(),
  parent: z.object({ type: z.string(), id: z.string() }).optional(),
  labels: labelsSchema.optional(),
});

function organizationMessage({ name, id, displayName, directoryCustomerId, createTime }: Organization): object {
  return {
    name,
    organizationId: id,
    displayName,
    owner: { directoryCustomerId },
    creationTime: createTime,
    lifecycleState: "ACTIVE",
  };
}

function projectMessage(project: Project): object {
  const { projectNumber, projectId, state, displayName, createTime, labels, parent } = project;
  return {
    projectNumber,
    projectId,
    lifecycleState: state,
    name: displayName,
    createTime,
    labels: Object.keys(labels).length === 0 ? undefined : labels,
    parent: parent === undefined ? undefined : resourceId(parent),
  };
}

/** `folders/123` → `{ type: "folder", id: "123" }`. */
function resourceId(name: ResourceName): object {
  const [collection = "", id] = name.split("/");
  return { type: collection.slice(0, -1), id };
}

function project(call: Call, permission: string): Project {
  return authorize(call, permission, `projects/${variable(call, "projectId")}`) as Project;
}

function listProjects(call: Call): object {
  const { state } = call.context;
  const filter = call.query.text("filter");
  const parent = parentOfQuery(filter);
  if (parent !== undefined) authorize(call, "resourcemanager.projects.list", parent);
  const matches = projectQuery(filter);
  const found = [...state.projects.values()].filter(
    (candidate) =>
      matches(candidate) && hasPermission(call.context, call.principal, "resourcemanager.projects.get", candidate),
  );
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { projects: items.map(projectMessage), nextPageToken };
}

function searchOrganizations(call: Call): object {
  const { filter, ...paging } = parseMessage(searchRequest, call.body);
  const matches = organizationQuery(filter);
  const found = [...call.context.state.organizations.values()].filter(
    (candidate) =>
      matches(candidate) && hasPermission(call.context, call.principal, "resourcemanager.organizations.get", candidate),
  );
  const { items, nextPageToken } = pageOf(found, call, paging, pageSizes);
  return { organizations: items.map(organizationMessage), nextPageToken };
}

export const resourceManagerV1: Api = {
  service,
  title: "Cloud Resource Manager API",
  package: "google.cloudresourcemanager.v1",
  prefix: "cloudresourcemanager",
  access: "credential",
  denied: callerDoesNotHavePermission,
  methods: [
    {
      rpc: "Organizations.GetOrganization",
      handle: (call) =>
        organizationMessage(
          authorize(call, "resourcemanager.organizations.get", variable(call, "name")) as Organization,
        ),
    },
    {
      rpc: "Organizations.SearchOrganizations",
      handle: searchOrganizations,
    },
    ...iamMethods("Organizations", "organizations"),
    {
      rpc: "Projects.GetProject",
      handle: (call) => projectMessage(project(call, "resourcemanager.projects.get")),
    },
    { rpc: "Projects.ListProjects", handle: listProjects },
    {
      rpc: "Projects.GetAncestry",
      handle: (call) => ({
        ancestor: lineage(call.context.state, project(call, "resourcemanager.projects.get")).map((resource) => ({
          resourceId: isProject(resource) ? { type: "project", id: resource.projectId } : resourceId(resource.name),
        })),
      }),
    },
    ...iamMethods("Projects", "projects"),
    {
      rpc: "Projects.CreateProject",
      handle: (call) => {
        const { projectId, name, parent, labels } = parseMessage(projectRequest, call.body, "project");
        const created = createProject(call, {
          projectId,
          displayName: name ?? projectId,
          parent: parent === undefined ? "" : `${parent.type}s/${parent.id}`,
          labels: labels ?? {},
        });
        return startOperation(call.context, {
          service,
          prefix: "operations/cp.",
          resource: created.name,
          type: "google.cloudresourcemanager.v1.Project",
          response: projectMessage(created),
        });
      },
    },
    {
      rpc: "Projects.UpdateProject",
      handle: (call) => {
        const { name, labels, parent } = parseMessage(projectRequest, call.body, "project");
        const updated = project(call, "resourcemanager.projects.update");
        const destination = parent === undefined ? updated.parent : `${parent.type}s/${parent.id}`;
        if (destination !== undefined && destination !== updated.parent) moveProject(call, updated, destination);
        return projectMessage(updateProject(call, updated, { displayName: name, labels: labels ?? {} }));
      },
    },
    {
      rpc: "Projects.DeleteProject",
      handle: (call) => {
        requestProjectDeletion(call, project(call, "resourcemanager.projects.delete"));
        return {};
      },
    },
    {
      rpc: "Projects.UndeleteProject",
      handle: (call) => {
        undeleteProject(call, project(call, "resourcemanager.projects.undelete"));
        return {};
      },
    },
    {
      rpc: "Operations.GetOperation",
      handle: (call) => pollOperation(findOperation(call.context, service, variable(call, "name"))),
    },
  ],
};

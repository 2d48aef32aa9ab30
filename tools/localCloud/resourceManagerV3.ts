/**
 * Resource Manager v3: organizations, folders, projects and their policies.
 * https://cloud.google.com/resource-manager/reference/rest/v3/projects
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { authorize, hasPermission, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { authorizeContainer } from "./containers.ts";
import { callerDoesNotHavePermission } from "./errors.ts";
import { updateMask } from "./fieldMask.ts";
import { createFolder, moveFolder, renameFolder, requestFolderDeletion, undeleteFolder } from "./folders.ts";
import { parseMessage } from "./message.ts";
import { findOperation, pollOperation, startOperation } from "./operations.ts";
import { page } from "./paging.ts";
import {
  createProject,
  labelsSchema,
  moveProject,
  requestProjectDeletion,
  undeleteProject,
  updateProject,
} from "./projects.ts";
import { iamMethods } from "./resourceIam.ts";
import { folderQuery, organizationQuery, projectQuery } from "./resourceQuery.ts";
import type { Predicate } from "./filter.ts";
import type { Folder, Organization, Project, Resource } from "./state.ts";

const service = "cloudresourcemanager.googleapis.com";

const pageSizes = { default: 100, max: 300 };

const folderRequest = z.object({ parent: z.string().default(""), displayName: z.string().default("") });

const projectRequest = z.object({
  projectId: z.string().default(""),
  parent: z.string().default(""),
  displayName: z.string().optional(),
  labels: labelsSchema.optional(),
});

const moveRequest = z.object({ destinationParent: z.string().default("") });

/** A weak fingerprint of a reply. */
function etag(name: string, updateTime: string): string {
  return `W/"${createHash("sha256").update(`${name} ${updateTime}`).digest("hex").slice(0, 16)}"`;
}

function organizationMessage({ name, displayName, directoryCustomerId, createTime }: Organization): object {
  return {
    name,
    displayName,
    directoryCustomerId,
    state: "ACTIVE",
    createTime,
    updateTime: createTime,
    etag: etag(name, createTime),
  };
}

function folderMessage({ name, parent, displayName, state, createTime, updateTime }: Folder): object {
  return { name, parent, displayName, state, createTime, updateTime, etag: etag(name, updateTime) };
}

function projectMessage({ name, parent, projectId, state, displayName, createTime, ...rest }: Project): object {
  const { updateTime, labels } = rest;
  return {
    name,
    parent,
    projectId,
    state,
    displayName,
    createTime,
    updateTime,
    etag: etag(name, updateTime),
    labels: Object.keys(labels).length === 0 ? undefined : labels,
  };
}

function named(call: Call, permission: string): Resource {
  return authorize(call, permission, variable(call, "name"));
}

/** The resources of a collection that the caller can see. */
function search<Item extends Resource>(
  call: Call,
  items: Iterable<Item>,
  matches: Predicate<Item>,
  permission: string,
): Item[] {
  return [...items].filter((item) => matches(item) && hasPermission(call.context, call.principal, permission, item));
}

/** The direct children of the query's parent. */
function children<Item extends Folder | Project>(call: Call, items: Iterable<Item>, permission: string): Item[] {
  const { name } = authorizeContainer(call, permission, call.query.text("parent"));
  const showDeleted = call.query.boolean("showDeleted");
  return [...items].filter((item) => item.parent === name && (showDeleted || item.state === "ACTIVE"));
}

function projectOperation(call: Call, prefix: string, project: Project): object {
  return startOperation(call.context, {
    service,
    prefix,
    resource: project.name,
    type: "google.cloud.resourcemanager.v3.Project",
    response: projectMessage(project),
  });
}

function folderOperation(call: Call, prefix: string, folder: Folder): object {
  return startOperation(call.context, {
    service,
    prefix,
    resource: folder.name,
    type: "google.cloud.resourcemanager.v3.Folder",
    response: folderMessage(folder),
  });
}

export const resourceManagerV3: Api = {
  service,
  title: "Cloud Resource Manager API",
  package: "google.cloud.resourcemanager.v3",
  prefix: "cloudresourcemanager",
  access: "credential",
  denied: callerDoesNotHavePermission,
  methods: [
    {
      rpc: "Organizations.GetOrganization",
      handle: (call) => organizationMessage(named(call, "resourcemanager.organizations.get") as Organization),
    },
    {
      rpc: "Organizations.SearchOrganizations",
      handle: (call) => {
        const matches = organizationQuery(call.query.text("query"));
        const { organizations } = call.context.state;
        const found = search(call, organizations.values(), matches, "resourcemanager.organizations.get");
        const { items, nextPageToken } = page(found, call.query, pageSizes);
        return { organizations: items.map(organizationMessage), nextPageToken };
      },
    },
    ...iamMethods("Organizations", "organizations"),
    {
      rpc: "Folders.GetFolder",
      handle: (call) => folderMessage(named(call, "resourcemanager.folders.get") as Folder),
    },
    {
      rpc: "Folders.ListFolders",
      handle: (call) => {
        const found = children(call, call.context.state.folders.values(), "resourcemanager.folders.list");
        const { items, nextPageToken } = page(found, call.query, pageSizes);
        return { folders: items.map(folderMessage), nextPageToken };
      },
    },
    {
      rpc: "Folders.SearchFolders",
      handle: (call) => {
        const matches = folderQuery(call.query.text("query"));
        const found = search(call, call.context.state.folders.values(), matches, "resourcemanager.folders.get");
        const { items, nextPageToken } = page(found, call.query, pageSizes);
        return { folders: items.map(folderMessage), nextPageToken };
      },
    },
    ...iamMethods("Folders", "folders"),
    {
      rpc: "Projects.GetProject",
      handle: (call) => projectMessage(named(call, "resourcemanager.projects.get") as Project),
    },
    {
      rpc: "Projects.ListProjects",
      handle: (call) => {
        const found = children(call, call.context.state.projects.values(), "resourcemanager.projects.list");
        const { items, nextPageToken } = page(found, call.query, pageSizes);
        return { projects: items.map(projectMessage), nextPageToken };
      },
    },
    {
      rpc: "Projects.SearchProjects",
      handle: (call) => {
        const matches = projectQuery(call.query.text("query"));
        const found = search(call, call.context.state.projects.values(), matches, "resourcemanager.projects.get");
        const { items, nextPageToken } = page(found, call.query, pageSizes);
        return { projects: items.map(projectMessage), nextPageToken };
      },
    },
    ...iamMethods("Projects", "projects"),
    {
      rpc: "Folders.CreateFolder",
      handle: (call) => {
        const { parent, displayName } = parseMessage(folderRequest, call.body, "folder");
        return folderOperation(call, "operations/cf.", createFolder(call, parent, displayName));
      },
    },
    {
      rpc: "Folders.UpdateFolder",
      handle: (call) => {
        const { displayName } = parseMessage(folderRequest, call.body, "folder");
        updateMask(call.query.text("updateMask"), ["displayName"]);
        const folder = authorize(call, "resourcemanager.folders.update", variable(call, "folder.name")) as Folder;
        return folderOperation(call, "operations/uf.", renameFolder(call, folder, displayName));
      },
    },
    {
      rpc: "Folders.DeleteFolder",
      handle: (call) => {
        const folder = named(call, "resourcemanager.folders.delete") as Folder;
        return folderOperation(call, "operations/df.", requestFolderDeletion(call, folder));
      },
    },
    {
      rpc: "Folders.MoveFolder",
      handle: (call) => {
        const { destinationParent } = parseMessage(moveRequest, call.body);
        const folder = named(call, "resourcemanager.folders.move") as Folder;
        return folderOperation(call, "operations/fm.", moveFolder(call, folder, destinationParent));
      },
    },
    {
      rpc: "Folders.UndeleteFolder",
      handle: (call) => {
        const folder = named(call, "resourcemanager.folders.undelete") as Folder;
        return folderOperation(call, "operations/uf.", undeleteFolder(call, folder));
      },
    },
    {
      rpc: "Projects.CreateProject",
      handle: (call) => {
        const { projectId, parent, displayName, labels } = parseMessage(projectRequest, call.body, "project");
        const created = createProject(call, {
          projectId,
          displayName: displayName ?? projectId,
          parent,
          labels: labels ?? {},
        });
        return projectOperation(call, "operations/cp.", created);
      },
    },
    {
      rpc: "Projects.UpdateProject",
      handle: (call) => {
        const { displayName, labels } = parseMessage(projectRequest, call.body, "project");
        const mask = updateMask(call.query.text("updateMask"), ["displayName", "labels"]);
        const updated = authorize(call, "resourcemanager.projects.update", variable(call, "project.name")) as Project;
        updateProject(call, updated, {
          displayName: mask.length === 0 || mask.includes("displayName") ? displayName : undefined,
          labels: mask.length === 0 || mask.includes("labels") ? labels : undefined,
        });
        return projectOperation(call, "operations/up.", updated);
      },
    },
    {
      rpc: "Projects.DeleteProject",
      handle: (call) => {
        const project = named(call, "resourcemanager.projects.delete") as Project;
        return projectOperation(call, "operations/dp.", requestProjectDeletion(call, project));
      },
    },
    {
      rpc: "Projects.MoveProject",
      handle: (call) => {
        const { destinationParent } = parseMessage(moveRequest, call.body);
        const project = named(call, "resourcemanager.projects.move") as Project;
        return projectOperation(call, "operations/pm.", moveProject(call, project, destinationParent));
      },
    },
    {
      rpc: "Projects.UndeleteProject",
      handle: (call) => {
        const project = named(call, "resourcemanager.projects.undelete") as Project;
        return projectOperation(call, "operations/up.", undeleteProject(call, project));
      },
    },
    {
      rpc: "Operations.GetOperation",
      of: "google.longrunning.Operations.GetOperation",
      http: ["GET /v3/{name=operations/**}"],
      handle: (call) => pollOperation(findOperation(call.context, service, variable(call, "name"))),
    },
  ],
};

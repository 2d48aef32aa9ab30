/**
 * Resource Manager v3: organizations, folders, projects and their policies.
 * https://cloud.google.com/resource-manager/reference/rest/v3/projects
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { authorize, hasPermission, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { authorizeContainer, byDisplayName } from "./containers.ts";
import { ApiError, callerDoesNotHavePermission } from "./errors.ts";
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

const folderRequest = z.object({
  parent: z.string().default(""),
  displayName: z.string().default(""),
  etag: z.string().default(""),
});

const projectRequest = z.object({
  projectId: z.string().default(""),
  parent: z.string().default(""),
  displayName: z.string().optional(),
  labels: labelsSchema.optional(),
  etag: z.string().default(""),
});

const moveRequest = z.object({ destinationParent: z.string().default("") });

/** A message with a weak fingerprint of it. */
function withEtag<Message extends object>(message: Message): Message & { readonly etag: string } {
  const hash = createHash("sha256").update(JSON.stringify(message)).digest("hex");
  return { ...message, etag: `W/"${hash.slice(0, 16)}"` };
}

/** Refuses an update of what has changed since it was read. */
function checkEtag(current: { readonly etag: string }, given: string): void {
  if (given !== "" && given !== current.etag)
    throw new ApiError("ABORTED", `The request's etag '${given}' is not the current one, '${current.etag}'.`);
}

function organizationMessage({ name, displayName, directoryCustomerId, createTime }: Organization): object {
  return withEtag({
    name,
    displayName,
    directoryCustomerId,
    state: "ACTIVE",
    createTime,
    updateTime: createTime,
  });
}

function folderMessage({ name, parent, displayName, state, createTime, updateTime, deleteTime }: Folder) {
  return withEtag({ name, parent, displayName, state, createTime, updateTime, deleteTime });
}

function projectMessage({ name, parent, projectId, state, displayName, createTime, ...rest }: Project) {
  const { updateTime, deleteTime, labels } = rest;
  return withEtag({
    name,
    parent,
    projectId,
    state,
    displayName,
    createTime,
    updateTime,
    deleteTime,
    labels: Object.keys(labels).length === 0 ? undefined : labels,
  });
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
  return byDisplayName([...items].filter((item) => item.parent === name && (showDeleted || item.state === "ACTIVE")));
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

/** The deletion of what is deleted and the undeletion of an active folder have no effect, as documented, unlike in v1 and v2. */
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
        const { items, nextPageToken } = page(found, call, pageSizes);
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
        const { items, nextPageToken } = page(found, call, pageSizes);
        return { folders: items.map(folderMessage), nextPageToken };
      },
    },
    {
      rpc: "Folders.SearchFolders",
      handle: (call) => {
        const matches = folderQuery(call.query.text("query"));
        const found = search(call, call.context.state.folders.values(), matches, "resourcemanager.folders.get");
        const { items, nextPageToken } = page(found, call, pageSizes);
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
        const { items, nextPageToken } = page(found, call, pageSizes);
        return { projects: items.map(projectMessage), nextPageToken };
      },
    },
    {
      rpc: "Projects.SearchProjects",
      handle: (call) => {
        const matches = projectQuery(call.query.text("query"));
        const found = search(call, call.context.state.projects.values(), matches, "resourcemanager.projects.get");
        const { items, nextPageToken } = page(found, call, pageSizes);
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
        const { displayName, etag } = parseMessage(folderRequest, call.body, "folder");
        updateMask(call.query.text("updateMask"), ["displayName"]);
        const folder = authorize(call, "resourcemanager.folders.update", variable(call, "folder.name")) as Folder;
        checkEtag(folderMessage(folder), etag);
        return folderOperation(call, "operations/uf.", renameFolder(call, folder, displayName));
      },
    },
    {
      rpc: "Folders.DeleteFolder",
      handle: (call) => {
        const folder = named(call, "resourcemanager.folders.delete") as Folder;
        const deleted = folder.state === "ACTIVE" ? requestFolderDeletion(call, folder) : folder;
        return folderOperation(call, "operations/df.", deleted);
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
        return folderOperation(
          call,
          "operations/uf.",
          folder.state === "ACTIVE" ? folder : undeleteFolder(call, folder),
        );
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
        const { displayName, labels = {}, etag } = parseMessage(projectRequest, call.body, "project");
        const mask = updateMask(call.query.text("updateMask"), ["displayName", "labels"]);
        const updated = authorize(call, "resourcemanager.projects.update", variable(call, "project.name")) as Project;
        checkEtag(projectMessage(updated), etag);
        // "Deleting all labels requires an update mask for labels field" (google/cloud/resourcemanager/v3/projects.proto).
        const hasLabels = mask.length === 0 ? Object.keys(labels).length > 0 : mask.includes("labels");
        updateProject(call, updated, {
          displayName: mask.length === 0 || mask.includes("displayName") ? displayName : undefined,
          labels: hasLabels ? labels : undefined,
        });
        return projectOperation(call, "operations/up.", updated);
      },
    },
    {
      rpc: "Projects.DeleteProject",
      handle: (call) => {
        const project = named(call, "resourcemanager.projects.delete") as Project;
        const deleted = project.state === "ACTIVE" ? requestProjectDeletion(call, project) : project;
        return projectOperation(call, "operations/dp.", deleted);
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

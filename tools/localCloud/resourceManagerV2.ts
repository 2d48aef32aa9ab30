/**
 * Resource Manager v2: folders, as `gcloud resource-manager folders` calls it.
 * https://cloud.google.com/resource-manager/reference/rest/v2/folders
 */
import { z } from "zod";
import { authorize, hasPermission, variable } from "./api.ts";
import type { Api, Call } from "./api.ts";
import { authorizeContainer, byDisplayName } from "./containers.ts";
import { callerDoesNotHavePermission } from "./errors.ts";
import { updateMask } from "./fieldMask.ts";
import { createFolder, moveFolder, renameFolder, requestFolderDeletion, undeleteFolder } from "./folders.ts";
import { parseMessage } from "./message.ts";
import { startOperation } from "./operations.ts";
import { page, pageOf } from "./paging.ts";
import { iamMethods } from "./resourceIam.ts";
import { folderQuery } from "./resourceQuery.ts";
import type { Folder } from "./state.ts";

const service = "cloudresourcemanager.googleapis.com";

const pageSizes = { default: 100, max: 300 };

const folderRequest = z.object({ displayName: z.string().default("") });

const moveRequest = z.object({ destinationParent: z.string().default("") });

const searchRequest = z.object({
  query: z.string().default(""),
  pageSize: z.number().default(0),
  pageToken: z.string().default(""),
});

function folderMessage({ name, parent, displayName, state: lifecycleState, createTime }: Folder): object {
  return { name, parent, displayName, lifecycleState, createTime };
}

function folder(call: Call, permission: string, field = "name"): Folder {
  return authorize(call, permission, variable(call, field)) as Folder;
}

function operation(call: Call, prefix: string, done: Folder): object {
  return startOperation(call.context, {
    service,
    prefix,
    resource: done.name,
    type: "google.cloud.resourcemanager.v2.Folder",
    response: folderMessage(done),
  });
}

function listFolders(call: Call): object {
  const { name } = authorizeContainer(call, "resourcemanager.folders.list", call.query.text("parent"));
  const showDeleted = call.query.boolean("showDeleted");
  const found = byDisplayName(
    [...call.context.state.folders.values()].filter(
      ({ parent, state }) => parent === name && (showDeleted || state === "ACTIVE"),
    ),
  );
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { folders: items.map(folderMessage), nextPageToken };
}

function searchFolders(call: Call): object {
  const { query, ...paging } = parseMessage(searchRequest, call.body);
  const matches = folderQuery(query);
  const found = [...call.context.state.folders.values()].filter(
    (candidate) =>
      matches(candidate) && hasPermission(call.context, call.principal, "resourcemanager.folders.get", candidate),
  );
  const { items, nextPageToken } = pageOf(found, call, paging, pageSizes);
  return { folders: items.map(folderMessage), nextPageToken };
}

export const resourceManagerV2: Api = {
  service,
  title: "Cloud Resource Manager API",
  package: "google.cloud.resourcemanager.v2",
  prefix: "cloudresourcemanager",
  access: "credential",
  denied: callerDoesNotHavePermission,
  methods: [
    { rpc: "Folders.ListFolders", handle: listFolders },
    { rpc: "Folders.SearchFolders", handle: searchFolders },
    { rpc: "Folders.GetFolder", handle: (call) => folderMessage(folder(call, "resourcemanager.folders.get")) },
    {
      rpc: "Folders.CreateFolder",
      handle: (call) => {
        const { displayName } = parseMessage(folderRequest, call.body, "folder");
        return operation(call, "operations/fc.", createFolder(call, call.query.text("parent"), displayName));
      },
    },
    {
      rpc: "Folders.UpdateFolder",
      handle: (call) => {
        const { displayName } = parseMessage(folderRequest, call.body, "folder");
        updateMask(call.query.text("updateMask"), ["displayName"]);
        return folderMessage(
          renameFolder(call, folder(call, "resourcemanager.folders.update", "folder.name"), displayName),
        );
      },
    },
    {
      rpc: "Folders.MoveFolder",
      handle: (call) => {
        const { destinationParent } = parseMessage(moveRequest, call.body);
        const moved = moveFolder(call, folder(call, "resourcemanager.folders.move"), destinationParent);
        return operation(call, "operations/fm.", moved);
      },
    },
    {
      rpc: "Folders.DeleteFolder",
      handle: (call) => folderMessage(requestFolderDeletion(call, folder(call, "resourcemanager.folders.delete"))),
    },
    {
      rpc: "Folders.UndeleteFolder",
      handle: (call) => folderMessage(undeleteFolder(call, folder(call, "resourcemanager.folders.undelete"))),
    },
    ...iamMethods("Folders", "folders"),
  ],
};

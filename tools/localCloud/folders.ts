/** The life cycle of folders. */
import { authorize } from "./api.ts";
import type { Call } from "./api.ts";
import { timestamp } from "./clock.ts";
import { authorizeNewParent } from "./containers.ts";
import { ApiError, failedPrecondition, invalidArgument } from "./errors.ts";
import { lineage } from "./hierarchy.ts";
import { seedPolicy } from "./iamPolicy.ts";
import { nextNumber } from "./state.ts";
import type { Folder, ResourceName } from "./state.ts";

/** Creates a folder. The creator becomes its administrator. */
export function createFolder(call: Call, parent: ResourceName, displayName: string): Folder {
  const { state, clock } = call.context;
  checkDisplayName(displayName);
  const under = authorizeNewParent(call, "resourcemanager.folders.create", parent);
  checkSiblings(call, under.name, displayName);
  const id = String(nextNumber(state, "folders", 500000000001));
  const now = timestamp(clock.now());
  const created: Folder = {
    name: `folders/${id}`,
    id,
    displayName,
    parent: under.name,
    state: "ACTIVE",
    createTime: now,
    updateTime: now,
    policy: seedPolicy({
      bindings: [{ role: "roles/resourcemanager.folderAdmin", members: [call.principal.principal] }],
    }),
  };
  state.folders.set(created.name, created);
  return created;
}

/** Changes the display name of a folder. */
export function renameFolder(call: Call, folder: Folder, displayName: string): Folder {
  checkDisplayName(displayName);
  if (displayName !== folder.displayName) checkSiblings(call, folder.parent, displayName);
  folder.displayName = displayName;
  folder.updateTime = timestamp(call.context.clock.now());
  return folder;
}

/** Marks a folder for deletion. It must contain only folders and projects that are also marked. */
export function requestFolderDeletion(call: Call, folder: Folder): Folder {
  const { state, clock } = call.context;
  const children = [...state.folders.values(), ...state.projects.values()];
  if (children.some((child) => child.parent === folder.name && child.state === "ACTIVE"))
    throw failedPrecondition("The folder is not empty.");
  folder.state = "DELETE_REQUESTED";
  folder.updateTime = timestamp(clock.now());
  return folder;
}

/** Reverts the deletion of a folder. */
export function undeleteFolder(call: Call, folder: Folder): Folder {
  const { state, clock } = call.context;
  if (folder.state !== "DELETE_REQUESTED") throw failedPrecondition("The folder is not being deleted.");
  if (state.folders.get(folder.parent)?.state === "DELETE_REQUESTED")
    throw failedPrecondition("The parent of the folder is being deleted.");
  checkSiblings(call, folder.parent, folder.displayName);
  folder.state = "ACTIVE";
  folder.updateTime = timestamp(clock.now());
  return folder;
}

/** Folders can be nested ten levels deep: https://cloud.google.com/resource-manager/docs/limits */
const maxHeight = 10;

/**
 * Moves a folder with its content. The caller needs the permission on the folder, and on its old and new parent
 * (google/cloud/resourcemanager/v3/folders.proto).
 */
export function moveFolder(call: Call, folder: Folder, destination: ResourceName): Folder {
  const { state, clock } = call.context;
  authorize(call, "resourcemanager.folders.move", folder.parent);
  const under = authorizeNewParent(call, "resourcemanager.folders.move", destination, "destination_parent");
  if (under.name === folder.parent) throw failedPrecondition("The folder is already in this parent.");
  const path = lineage(state, under);
  if (path.includes(folder)) throw failedPrecondition("A folder cannot be moved into itself.");
  if (folder.state !== "ACTIVE") throw failedPrecondition("The folder is being deleted.");
  const below = [...state.folders.values()].map((other) => lineage(state, other).indexOf(folder) + 1);
  if (path.length - 1 + Math.max(...below) > maxHeight)
    throw failedPrecondition(`Folders can be nested at most ${maxHeight} levels deep.`);
  checkSiblings(call, under.name, folder.displayName);
  folder.parent = under.name;
  folder.updateTime = timestamp(clock.now());
  return folder;
}

function checkDisplayName(displayName: string): void {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} _-]{1,28}[\p{L}\p{N}]$/u.test(displayName))
    throw invalidArgument("folder.display_name", "3 to 30 letters, digits, spaces, hyphens and underscores");
}

function checkSiblings(call: Call, parent: ResourceName, displayName: string): void {
  for (const folder of call.context.state.folders.values())
    if (folder.parent === parent && folder.displayName === displayName && folder.state === "ACTIVE")
      throw new ApiError("FAILED_PRECONDITION", "A sibling folder has that display name.");
}

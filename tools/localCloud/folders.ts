/** The life cycle of folders. */
import { authorize } from "./api.ts";
import type { Call } from "./api.ts";
import { timestamp } from "./clock.ts";
import { authorizeNewParent } from "./containers.ts";
import { failedPrecondition, invalidArgument } from "./errors.ts";
import { findResource, lineage } from "./hierarchy.ts";
import { seedPolicy } from "./iamPolicy.ts";
import { nextNumber } from "./state.ts";
import type { Folder, Resource, ResourceName } from "./state.ts";

/** Creates a folder. The creator becomes its administrator. */
export function createFolder(call: Call, parent: ResourceName, displayName: string): Folder {
  const { state, clock } = call.context;
  checkDisplayName(displayName);
  const under = authorizeNewParent(call, "resourcemanager.folders.create", parent);
  checkPlace(call, under, displayName);
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
  if (displayName !== folder.displayName) checkNames(activeIn(call, folder.parent), displayName);
  folder.displayName = displayName;
  folder.updateTime = timestamp(call.context.clock.now());
  return folder;
}

/** Marks a folder for deletion. It must contain only folders and projects that are also marked. */
export function requestFolderDeletion(call: Call, folder: Folder): Folder {
  const { state, clock } = call.context;
  if (folder.state !== "ACTIVE") throw failedPrecondition("The folder is not active.");
  const children = [...state.folders.values(), ...state.projects.values()];
  if (children.some((child) => child.parent === folder.name && child.state === "ACTIVE"))
    throw failedPrecondition("The folder is not empty.");
  folder.state = "DELETE_REQUESTED";
  folder.updateTime = folder.deleteTime = timestamp(clock.now());
  return folder;
}

/** Reverts the deletion of a folder. */
export function undeleteFolder(call: Call, folder: Folder): Folder {
  const { state, clock } = call.context;
  if (folder.state !== "DELETE_REQUESTED") throw failedPrecondition("The folder is not being deleted.");
  const parent = findResource(state, folder.parent);
  if (parent === undefined || state.folders.get(parent.name)?.state === "DELETE_REQUESTED")
    throw failedPrecondition("The parent of the folder is being deleted.");
  checkPlace(call, parent, folder.displayName, folder);
  folder.state = "ACTIVE";
  folder.updateTime = timestamp(clock.now());
  delete folder.deleteTime;
  return folder;
}

/**
 * Moves a folder with its content. The caller needs the permission on the folder, and on its old and new parent
 * (google/cloud/resourcemanager/v3/folders.proto).
 */
export function moveFolder(call: Call, folder: Folder, destination: ResourceName): Folder {
  const { state, clock } = call.context;
  authorize(call, "resourcemanager.folders.move", folder.parent);
  const under = authorizeNewParent(call, "resourcemanager.folders.move", destination, "destination_parent");
  if (under.name === folder.parent) throw failedPrecondition("The folder is already in this parent.");
  if (lineage(state, under).includes(folder)) throw failedPrecondition("A folder cannot be moved into itself.");
  if (folder.state !== "ACTIVE") throw failedPrecondition("The folder is being deleted.");
  checkPlace(call, under, folder.displayName, folder);
  folder.parent = under.name;
  folder.updateTime = timestamp(clock.now());
  return folder;
}

function checkDisplayName(displayName: string): void {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} _-]{1,28}[\p{L}\p{N}]$/u.test(displayName))
    throw invalidArgument("folder.display_name", "3 to 30 letters, digits, spaces, hyphens and underscores");
}

/** The limits of CreateFolder (google/cloud/resourcemanager/v3/folders.proto). */
export const mostFolders = { activeLevels: 10, levels: 20, children: 300 };

/** Checks the naming, height and fanout of a place for a new folder, or for one with its content. */
function checkPlace(call: Call, under: Resource, displayName: string, folder?: Folder): void {
  const { state } = call.context;
  const folders = folder === undefined ? [] : [...state.folders.values()];
  const above = lineage(state, under).length - 1;
  const levels = (some: readonly Folder[]) =>
    above + Math.max(1, ...some.map((other) => lineage(state, other).findIndex((one) => one === folder) + 1));
  if (
    levels(folders.filter(({ state }) => state === "ACTIVE")) > mostFolders.activeLevels ||
    levels(folders) > mostFolders.levels
  )
    throw failedPrecondition(`Folders can be nested at most ${mostFolders.activeLevels} levels deep.`);
  const siblings = activeIn(call, under.name);
  if (siblings.length >= mostFolders.children)
    throw failedPrecondition(`A parent has at most ${mostFolders.children} folders.`);
  checkNames(siblings, displayName);
}

function activeIn({ context: { state } }: Call, parent: ResourceName): Folder[] {
  return [...state.folders.values()].filter((folder) => folder.parent === parent && folder.state === "ACTIVE");
}

function checkNames(siblings: readonly Folder[], displayName: string): void {
  if (siblings.some((sibling) => sibling.displayName === displayName))
    throw failedPrecondition("A sibling folder has that display name.");
}

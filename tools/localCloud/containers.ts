/** What contains folders and projects: organizations and folders, and nothing else. */
import { authorize } from "./api.ts";
import type { Call } from "./api.ts";
import { failedPrecondition, invalidArgument } from "./errors.ts";
import type { Folder, Organization, Project, ResourceName } from "./state.ts";

/** The parent that a request names, if the caller has the permission on it. */
export function authorizeContainer(
  call: Call,
  permission: string,
  name: ResourceName,
  field = "parent",
): Folder | Organization {
  if (!/^(folders|organizations)\//.test(name))
    throw invalidArgument(field, `write organizations/NUMBER or folders/NUMBER, not "${name}"`);
  return authorize(call, permission, name) as Folder | Organization;
}

/** The same for the parent of a new or moved resource. A folder that is being deleted takes none. */
export function authorizeNewParent(
  call: Call,
  permission: string,
  name: ResourceName,
  field?: string,
): Folder | Organization {
  const parent = authorizeContainer(call, permission, name, field);
  if ("state" in parent && parent.state !== "ACTIVE") throw failedPrecondition("The new parent is being deleted.");
  return parent;
}

/** The order of lists (google/cloud/resourcemanager/v3/folders.proto and projects.proto). */
export function byDisplayName<Item extends Folder | Project>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) =>
    one.displayName === other.displayName ? 0 : one.displayName < other.displayName ? -1 : 1,
  );
}

/** The life cycle of projects, in both versions of Resource Manager. */
import { z } from "zod";
import { authorize } from "./api.ts";
import type { Call } from "./api.ts";
import { timestamp } from "./clock.ts";
import { authorizeNewParent } from "./containers.ts";
import { ApiError, failedPrecondition, invalidArgument } from "./errors.ts";
import { seedPolicy } from "./iamPolicy.ts";
import { nextNumber } from "./state.ts";
import type { Project, ResourceName } from "./state.ts";

export const labelsSchema = z.record(z.string(), z.string());

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects */
const restrictedStrings = ["google", "null", "undefined", "ssl"];

export interface NewProject {
  readonly projectId: string;
  readonly displayName: string;
  readonly parent: ResourceName;
  readonly labels: Record<string, string>;
}

/** Creates a project in a folder or an organization. The creator becomes its owner. */
export function createProject(call: Call, { projectId, displayName, parent, labels }: NewProject): Project {
  const { state, clock } = call.context;
  if (!/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(projectId))
    throw invalidArgument(
      "project_id",
      "6 to 30 lowercase letters, digits and hyphens; a letter first, no hyphen last",
    );
  const restricted = restrictedStrings.find((text) => projectId.includes(text));
  if (restricted !== undefined) throw invalidArgument("project_id", `must not contain ${restricted}`);
  checkDisplayName(displayName);
  checkLabels(labels);
  const under = authorizeNewParent(call, "resourcemanager.projects.create", parent);
  if (state.projects.has(projectId)) throw new ApiError("ALREADY_EXISTS");
  const projectNumber = String(nextNumber(state, "projects", 100000001001));
  const now = timestamp(clock.now());
  const created: Project = {
    name: `projects/${projectNumber}`,
    projectId,
    projectNumber,
    displayName,
    parent: under.name,
    state: "ACTIVE",
    createTime: now,
    updateTime: now,
    labels,
    billingAccountName: "",
    services: new Map(),
    policy: seedPolicy({ bindings: [{ role: "roles/owner", members: [call.principal.principal] }] }),
  };
  state.projects.set(projectId, created);
  return created;
}

/** google/cloud/resourcemanager/v3/projects.proto */
function checkDisplayName(displayName: string): void {
  if (!/^[A-Za-z0-9 '"!-]{4,30}$/.test(displayName))
    throw invalidArgument(
      "project.display_name",
      "4 to 30 letters, digits, spaces, hyphens, quotes and exclamation points",
    );
}

const maxLabels = 64;

/** https://cloud.google.com/resource-manager/docs/labels-overview#requirements */
export function checkLabels(labels: Readonly<Record<string, string>>, field = "project.labels"): void {
  const entries = Object.entries(labels);
  if (entries.length > maxLabels) throw invalidArgument(field, `at most ${maxLabels} labels`);
  for (const [key, value] of entries)
    if (!/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key) || !/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(value))
      throw invalidArgument(
        field,
        "up to 63 lowercase letters, digits, underscores and hyphens; keys begin with a letter",
      );
}

/** Changes a project's display name or labels. */
export function updateProject(
  call: Call,
  project: Project,
  change: { readonly displayName?: string | undefined; readonly labels?: Record<string, string> | undefined },
): Project {
  if (project.state !== "ACTIVE") throw failedPrecondition("The project is being deleted.");
  const { displayName = project.displayName, labels = project.labels } = change;
  if (displayName !== project.displayName) checkDisplayName(displayName);
  checkLabels(labels);
  Object.assign(project, { displayName, labels });
  project.updateTime = timestamp(call.context.clock.now());
  return project;
}

/**
 * Moves a project. The caller needs the permission on the project, and on its old and new parent
 * (google/cloud/resourcemanager/v3/projects.proto).
 */
export function moveProject(call: Call, project: Project, destination: ResourceName): Project {
  if (project.parent === undefined) authorize(call, "resourcemanager.projects.setIamPolicy", project.name);
  else authorize(call, "resourcemanager.projects.move", project.parent);
  const under = authorizeNewParent(call, "resourcemanager.projects.move", destination, "destination_parent");
  if (project.state !== "ACTIVE") throw failedPrecondition("The project is being deleted.");
  project.parent = under.name;
  project.updateTime = timestamp(call.context.clock.now());
  return project;
}

/** Marks a project for deletion. It can still be read and undeleted. */
export function requestProjectDeletion(call: Call, project: Project): Project {
  if (project.state !== "ACTIVE") throw failedPrecondition("Cannot delete an inactive project.");
  project.state = "DELETE_REQUESTED";
  project.updateTime = project.deleteTime = timestamp(call.context.clock.now());
  return project;
}

/** Undeletes a project. */
export function undeleteProject(call: Call, project: Project): Project {
  if (project.state !== "DELETE_REQUESTED") throw failedPrecondition("The project is not being deleted.");
  project.state = "ACTIVE";
  project.updateTime = timestamp(call.context.clock.now());
  delete project.deleteTime;
  return project;
}

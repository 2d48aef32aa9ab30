/** The checks at the beginning of every Cloud Support method. */
import { authorize } from "../api.ts";
import type { Call } from "../api.ts";
import { ApiError, failedPrecondition, notFound } from "../errors.ts";
import { organizationOf } from "../hierarchy.ts";
import type { Actor, Resource, ResourceName, State, SupportCase } from "../state.ts";

/**
 * The project or organization of cases. Cases of an organization also require resourcemanager.organizations.get there
 * (https://cloud.google.com/support/docs/access-control).
 */
export function authorizeParent(call: Call, permission: string, name: ResourceName): Resource {
  const parent = authorize(call, permission, name);
  if (parent.name.startsWith("organizations/")) authorize(call, "resourcemanager.organizations.get", name);
  checkPlan(call, parent);
  return parent;
}

/** Basic has no Cloud Support API. The text of Google's error is not known. */
export function checkPlan(call: Call, resource: Resource): void {
  if (organizationOf(call.context.state, resource)?.cloudSupportApi !== true) throw new ApiError("PERMISSION_DENIED");
}

/** A case by its name, which can contain the project's ID or number. */
export function caseNamed(call: Call, permission: string, name: string): SupportCase {
  const [collection = "", id = "", , caseId = ""] = name.split("/");
  const parent = authorizeParent(call, permission, `${collection}/${id}`);
  const supportCase = call.context.state.cases.get(caseId);
  if (supportCase?.parent !== parent.name) throw notFound();
  return supportCase;
}

/** A case that is not closed. Google's error for a write to a closed case is not known, so this server returns 400. */
export function openCaseNamed(call: Call, permission: string, name: string): SupportCase {
  const supportCase = caseNamed(call, permission, name);
  if (supportCase.state === "CLOSED") throw failedPrecondition("The case is closed.");
  return supportCase;
}

/** The creator of a case, comment or attachment (google/cloud/support/v2/actor.proto). */
export function actor(state: State, principal: string): Actor {
  const email = principal.replace(/^(user|serviceAccount|group):/, "");
  return { displayName: state.principals.get(principal)?.displayName ?? email, email, username: email };
}

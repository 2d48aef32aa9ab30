/** What every method of Cloud Support checks first. */
import { authorize } from "../api.ts";
import type { Call } from "../api.ts";
import { ApiError, failedPrecondition, notFound } from "../errors.ts";
import { organizationOf } from "../hierarchy.ts";
import type { Actor, Resource, ResourceName, State, SupportCase } from "../state.ts";

/**
 * The project or organization that cases belong to. An organization's own cases also need
 * resourcemanager.organizations.get there (https://cloud.google.com/support/docs/access-control).
 */
export function authorizeParent(call: Call, permission: string, name: ResourceName): Resource {
  const parent = authorize(call, permission, name);
  if (parent.name.startsWith("organizations/")) authorize(call, "resourcemanager.organizations.get", name);
  checkPlan(call, parent);
  return parent;
}

/** Basic has no Cloud Support API. How Google words this refusal is not known. */
export function checkPlan(call: Call, resource: Resource): void {
  const plan = organizationOf(call.context.state, resource)?.supportPlan ?? "basic";
  if (plan === "basic") throw new ApiError("PERMISSION_DENIED");
}

/** A case by its name, in which the project may stand by id or by number. */
export function caseNamed(call: Call, permission: string, name: string): SupportCase {
  const [collection = "", id = "", , caseId = ""] = name.split("/");
  const parent = authorizeParent(call, permission, `${collection}/${id}`);
  const supportCase = call.context.state.cases.get(caseId);
  if (supportCase?.parent !== parent.name) throw notFound();
  return supportCase;
}

/** A case that is not closed. What Google answers to a write on a closed one is not known: 400 is this server's choice. */
export function openCaseNamed(call: Call, permission: string, name: string): SupportCase {
  const supportCase = caseNamed(call, permission, name);
  if (supportCase.state === "CLOSED") throw failedPrecondition("The case is closed.");
  return supportCase;
}

/** How a case, comment or attachment shows who made it (google/cloud/support/v2/actor.proto). */
export function actor(state: State, principal: string): Actor {
  const email = principal.replace(/^(user|serviceAccount|group):/, "");
  return { displayName: state.principals.get(principal)?.displayName ?? email, email, username: email };
}

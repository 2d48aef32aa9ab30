/** Shell commands that fix a finding. Source: https://cloud.google.com/sdk/gcloud/reference */
import type { ResourceName } from "../../guide/index.ts";
import { allOf } from "../../onboarding/index.ts";
import { quoted } from "../shell.ts";

/** The placeholder for a caller that Google does not name. */
const unknownCaller = "PRINCIPAL";

export function grantCommand(resource: ResourceName, member: string | undefined, role: string): string {
  return `${policyCommand(resource)} --member=${quoted(member ?? unknownCaller)} --role=${role} --condition=None`;
}

function policyCommand(resource: ResourceName): string {
  const [collection = "", id = ""] = resource.split("/");
  const group = { organizations: "organizations", folders: "resource-manager folders" }[collection] ?? "projects";
  return `gcloud ${group} add-iam-policy-binding ${quoted(id)}`;
}

/** For an organization whose number the caller cannot see. The person who grants the role can. */
export function grantCommandByDomain(domain: string, member: string | undefined, role: string): string {
  const number = `$(gcloud organizations list --filter=displayName=${quoted(domain)} --format="value(name.basename())")`;
  return `gcloud organizations add-iam-policy-binding "${number}" --member=${quoted(member ?? unknownCaller)} --role=${role} --condition=None`;
}

export function enableCommand(service: string, project: string): string {
  return `gcloud services enable ${service} --project=${quoted(project)}`;
}

/**
 * For a thing that exists and that may belong to another stack, whose next update or destroy changes or deletes it.
 *
 * @param leaveOut How to leave it to its owner.
 * @param stacks The other stacks that have it in their state.
 * @param ifNobodys What else to do if none has it.
 */
export function remedyForExisting(leaveOut: string, stacks: readonly string[], ifNobodys: string): string {
  if (stacks.length === 0) return `${leaveOut}, ${ifNobodys}`;
  const [it, them] = [stacks.length === 1 ? "stack" : "stacks", allOf(stacks)];
  return `it belongs to the ${it} ${them}: ${leaveOut}, or remove it from ${them} first`;
}

/** @param name `organizations/NUMBER/supportEventSubscriptions/ID`. */
export function deleteSubscriptionCommand(name: string): string {
  const [, organization = "", , id = ""] = name.split("/");
  return `gcloud support support-event-subscriptions delete ${quoted(id)} --organization=${quoted(organization)}`;
}

export function adoptCommand(stack: string): string {
  return `npm run --silent care -- adopt --stack ${quoted(stack)} --file adopt.json`;
}

/** Commands that mend a finding, as a shell takes them. Source: https://cloud.google.com/sdk/gcloud/reference */
import type { ResourceName } from "../../guide/index.ts";
import { quoted } from "../shell.ts";

/** What a command has in the place of a caller whom Google does not name. */
const unknownCaller = "PRINCIPAL";

export function grantCommand(resource: ResourceName, member: string | undefined, role: string): string {
  return `${policyCommand(resource)} --member=${quoted(member ?? unknownCaller)} --role=${role} --condition=None`;
}

function policyCommand(resource: ResourceName): string {
  const [collection = "", id = ""] = resource.split("/");
  const group = { organizations: "organizations", folders: "resource-manager folders" }[collection] ?? "projects";
  return `gcloud ${group} add-iam-policy-binding ${quoted(id)}`;
}

/** For an organization whose number is not known here, but to whoever may grant the role. */
export function grantCommandByDomain(domain: string, member: string | undefined, role: string): string {
  const number = `$(gcloud organizations list --filter=displayName=${quoted(domain)} --format="value(name.basename())")`;
  return `gcloud organizations add-iam-policy-binding "${number}" --member=${quoted(member ?? unknownCaller)} --role=${role} --condition=None`;
}

export function enableCommand(service: string, project: string): string {
  return `gcloud services enable ${service} --project=${quoted(project)}`;
}

export function adoptCommand(stack: string): string {
  return `npm run --silent care -- adopt --stack ${quoted(stack)}`;
}

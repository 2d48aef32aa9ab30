/**
 * Members of a role as IAM writes them (guide row G3 editor): users, groups, service accounts, workforce and workload
 * principals.
 *
 * Source: https://cloud.google.com/iam/docs/principal-identifiers
 */
import { emailAddressPattern, isEmailAddress } from "./emailAddress.ts";
import { show, withoutBlanks } from "./problems.ts";

const emailPrefixes = ["user", "group", "serviceAccount"] as const;

/** A Kubernetes service account under Workload Identity: `PROJECT.svc.id.goog[NAMESPACE/NAME]`. */
const kubernetesServiceAccount = /^[a-z][a-z0-9:.-]*\.svc\.id\.goog\[[a-z0-9-]+\/[a-z0-9.-]+\]$/;

const pool =
  "iam\\.googleapis\\.com/(locations/global/workforcePools/[^/\\s]+|projects/[0-9]+/locations/global/workloadIdentityPools/[^/\\s]+)";
const principal = new RegExp(`^principal://${pool}/subject/\\S+$`);
const principalSet = new RegExp(`^principalSet://${pool}/(group/\\S+|attribute\\.[^/\\s]+/\\S+|\\*)$`);

/** All of them in one, for editors. */
export const memberPattern = new RegExp(
  [
    `^(${emailPrefixes.join("|")}):${emailAddressPattern.source.slice(1)}`,
    `^serviceAccount:${kubernetesServiceAccount.source.slice(1)}`,
    principal.source,
    principalSet.source,
  ].join("|"),
);

const example = 'write one such as "group:support@example.com"';

const exampleOf = (prefix: string) =>
  show(`${prefix}:${prefix === "serviceAccount" ? "name@project-id.iam.gserviceaccount.com" : "support@example.com"}`);

/** What keeps the value from being a member, or nothing. */
export function memberProblem(value: string): string | undefined {
  const meant = withoutBlanks(value, (rest) => memberProblem(rest) === undefined);
  if (meant !== undefined) return `${show(value)} has a blank or an invisible character; write ${show(meant)}`;
  if (value === "allUsers" || value === "allAuthenticatedUsers")
    return `${show(value)} is everyone on the internet, who may not have a support role; ${example}`;
  if (value.startsWith("domain:"))
    return `${show(value)} is everyone of a domain, who may not have a support role; write a group instead, such as ${show(`group:support@${value.slice("domain:".length) || "example.com"}`)}`;
  if (value.startsWith("deleted:"))
    return `${show(value)} is a deleted principal, to which nothing can be granted; leave it out`;
  if (value.startsWith("principal://"))
    return principal.test(value)
      ? undefined
      : `${show(value)} is not a federated principal; write principal://iam.googleapis.com/locations/global/workforcePools/POOL/subject/SUBJECT, or the same of a workload identity pool`;
  if (value.startsWith("principalSet://"))
    return principalSet.test(value)
      ? undefined
      : `${show(value)} is not a set of federated principals; write principalSet://iam.googleapis.com/locations/global/workforcePools/POOL/group/GROUP, or the same of a workload identity pool`;
  const colon = value.indexOf(":");
  const prefix = colon < 0 ? "" : value.slice(0, colon);
  const rest = value.slice(colon + 1);
  if (!emailPrefixes.some((known) => known === prefix)) {
    const known = emailPrefixes.find((known) => known.toLowerCase() === prefix.toLowerCase());
    if (known !== undefined) {
      const corrected = `${known}:${rest}`;
      return `${show(value)} is not a member; write ${memberProblem(corrected) === undefined ? show(corrected) : exampleOf(known)}`;
    }
    if (isEmailAddress(value))
      return `${show(value)} does not say what it is; write "user:${value}", "group:${value}" or "serviceAccount:${value}"`;
    return `${show(value)} is not a member; ${example}, with user:, group:, serviceAccount:, principal:// or principalSet:// before it`;
  }
  if (isEmailAddress(rest)) return undefined;
  if (prefix === "serviceAccount" && kubernetesServiceAccount.test(rest)) return undefined;
  return `${show(value)} has no e-mail address after ${prefix}:; write one such as ${exampleOf(prefix)}`;
}

/** As IAM and the gcp provider compare members: an e-mail address in lower case, the rest as it is. */
export function normalizeMember(member: string): string {
  const [prefix = ""] = member.split(":", 1);
  return emailPrefixes.some((known) => known === prefix)
    ? `${prefix}:${member.slice(prefix.length + 1).toLowerCase()}`
    : member;
}

/** Which bindings Resource Manager refuses to add to a policy. */
import { isEmailAddress } from "../../onboarding/emailAddress.ts";
import { memberPattern } from "../../onboarding/members.ts";
import { ApiError } from "./errors.ts";
import { findProject, isProject, lineage } from "./hierarchy.ts";
import { checkCondition } from "./iamConditions.ts";
import { isGrantable, roleExists } from "./knownRoles.ts";
import type { Binding, Resource, State } from "./state.ts";

const maxPrincipals = 1500;
const maxGroups = 250;

function refused(message: string): ApiError {
  return new ApiError("INVALID_ARGUMENT", message);
}

/** The part after the kind, unless it is an address, or the principal of a pool. */
const principals =
  /^(domain:\S+\.\S+|allUsers|allAuthenticatedUsers|(projectOwner|projectEditor|projectViewer):\S+|serviceAccount:\S+\.svc\.id\.goog\[[^/\s]+\/[^/\s]+\]|deleted:(user|group|serviceAccount):\S+\?uid=\d+)$/;

/** https://cloud.google.com/iam/docs/resources-with-built-in-identities */
const builtInIdentity =
  /^principal(Set)?:\/\/(?!iam|cloudresourcemanager)[a-z]+\.googleapis\.com\/projects\/\d+\/(uid|name|type|ancestor\.(uid|name)|\*)/;

function isPrincipal(member: string): boolean {
  const [, address] = /^(?:user|group|serviceAccount):(.*)$/s.exec(member) ?? [];
  if (address !== undefined && isEmailAddress(address)) return true;
  if (principals.test(member) || builtInIdentity.test(member)) return true;
  // Deny policies have other forms, such as `principalSet://goog/group/…`.
  const federated = member.replace(/^deleted:/, "");
  return /^principal(Set)?:/.test(federated) && memberPattern.test(federated);
}

/** Their grants have no conditions: https://cloud.google.com/iam/docs/conditions-overview#allow-policies */
const everyone = ["allUsers", "allAuthenticatedUsers"];

/** Addresses are case-insensitive. */
export function normalizeMember(member: string): string {
  return /^(user|serviceAccount|group|domain):/.test(member)
    ? member.replace(/:(.*)$/, (_match, address: string) => `:${address.toLowerCase()}`)
    : member;
}

/** Checks the bindings in a request. What the policy contains already is not checked again. */
export function checkBindings(state: State, resource: Resource, bindings: readonly Binding[]): void {
  const held = resource.policy.bindings;
  const path = lineage(state, resource);
  for (const { role, members, condition } of bindings) {
    if (!held.some((binding) => binding.role === role)) checkRole(state, role, path);
    const key = JSON.stringify(condition);
    if (
      condition !== undefined &&
      !held.some((binding) => binding.role === role && JSON.stringify(binding.condition) === key)
    )
      checkCondition(role, condition);
    for (const member of members) {
      checkMember(state, resource, member);
      if (condition !== undefined && everyone.includes(member)) throw refused(`Conditions can't be set for ${member}.`);
      const grants = held.filter((binding) => binding.role === role && binding.condition === undefined);
      const isHeld = grants.some((binding) => binding.members.includes(normalizeMember(member)));
      if (role === "roles/owner" && isProject(resource) && member.startsWith("user:") && !isHeld)
        throw refused(`A user becomes a project's owner by invitation only: ${member}.`);
    }
  }
  checkSize(bindings);
}

/** Google's messages: terraform-provider-google#5107. */
function checkRole(state: State, role: string, path: readonly Resource[]): void {
  if (path[0] !== undefined && !isGrantable(role, path[0]))
    throw refused(`Role ${role} is not supported for this resource.`);
  if (roleExists(state, role, path)) return;
  throw refused(
    role.startsWith("roles/")
      ? `Role ${role} is not supported for this resource.`
      : `Role (${role}) does not exist in the resource's hierarchy.`,
  );
}

/** Google's messages: google-api-python-client#819, plugin-gcp#318 of kestra-io. */
function checkMember(state: State, resource: Resource, member: string): void {
  if (!/^(\w+:|all(Authenticated)?Users$)/.test(member))
    throw refused('Policy members must be of the form "<type>:<value>".');
  if (!isPrincipal(member))
    throw refused(
      `The member ${member} is of an unknown type or is not a valid address. Please set a valid type prefix for the member.`,
    );
  checkKind(member);
  if (isProject(resource) && everyone.includes(member)) throw refused(`Policies of projects do not support ${member}.`);
  const normalized = normalizeMember(member);
  const isHeld = resource.policy.bindings.some(({ members }) => members.includes(normalized));
  if (!isHeld && !serviceAccountExists(state, normalized))
    throw refused(`Service account ${member.replace(/^\w+:/, "")} does not exist.`);
}

/** Google's message: terraform-splunk-log-export#41, gmemegen#10. */
function checkKind(member: string): void {
  const [, kind, address = ""] = /^(user|group|serviceAccount):([^\s[]+)$/.exec(member) ?? [];
  if (kind === undefined) return;
  const isServiceAccount = /\.gserviceaccount\.com$/i.test(address);
  if (kind !== "serviceAccount" && isServiceAccount)
    throw refused(
      `Principal ${address} is of type "serviceAccount". The principal should appear as "serviceAccount:${address}". See https://cloud.google.com/iam/help/members/types for additional documentation.`,
    );
  if (kind === "serviceAccount" && !isServiceAccount)
    throw refused(`Account ${address} is of type "user". Please set the type prefix to be "user:".`);
}

/**
 * Whether a member is no service account, or one of the seed, or one that Google creates: the default ones of a project and the
 * agents of services, for a project that exists. https://cloud.google.com/iam/docs/service-account-types
 */
function serviceAccountExists(state: State, member: string): boolean {
  const [, local = "", domain = ""] = /^serviceaccount:([^@]+)@([^@[]+)$/i.exec(member) ?? [];
  if (domain === "" || domain === "system.gserviceaccount.com") return true;
  if (state.serviceAccounts.has(`${local}@${domain}`)) return true;
  if (domain === "appspot.gserviceaccount.com") return findProject(state, local) !== undefined;
  const isAgent =
    /^(developer|cloudservices|cloudbuild)\.gserviceaccount\.com$|^(gcp-sa-|.*-(robot|system)\.|.*\.google\.com\.)/;
  const [, number] = /^(?:\D*-)?(\d+)(?:-compute)?$/.exec(local) ?? [];
  if (number === undefined || !isAgent.test(domain)) return false;
  return (
    findProject(state, number) !== undefined ||
    state.organizations.has(`organizations/${number}`) ||
    state.folders.has(`folders/${number}`)
  );
}

function checkSize(bindings: readonly Binding[]): void {
  const members = bindings.flatMap((binding) => binding.members);
  const groups = members.filter((member) => member.startsWith("group:"));
  if (members.length > maxPrincipals) throw refused(`A policy can have at most ${maxPrincipals} principals.`);
  if (groups.length > maxGroups) throw refused(`A policy can have at most ${maxGroups} Google groups.`);
}

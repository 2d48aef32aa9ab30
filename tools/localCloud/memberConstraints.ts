/**
 * The constraints on members of roles. They apply only to members that a request adds.
 *
 * Sources: https://cloud.google.com/resource-manager/docs/organization-policy/restricting-domains, which also has the
 * wording of the refusal; https://cloud.google.com/iam/docs/allow-policies-managed-constraint
 */
import { failedPrecondition } from "./errors.ts";
import { findProject, organizationOf } from "./hierarchy.ts";
import type { Organization, Resource, State } from "./state.ts";

/** @param added Members, as in a policy. */
export function checkMembers(state: State, resource: Resource, added: readonly string[]): void {
  const organization = organizationOf(state, resource);
  if (organization === undefined) return;
  const { allowedPolicyMemberDomains: values, allowedPolicyMembers: managed } = organization;
  const isOf = (member: string, names: (of: Organization) => readonly string[], allowed: readonly string[]) => {
    const of = organizationOfMember(state, member);
    return of !== undefined && names(of).some((name) => allowed.includes(name));
  };
  const isRefused =
    values !== undefined &&
    added.some(
      (member) =>
        !isOf(
          member,
          ({ id, directoryCustomerId }) => [
            directoryCustomerId,
            `principalSet://iam.googleapis.com/organizations/${id}`,
          ],
          values.map((value) => value.replace(/^is:/, "")),
        ),
    );
  const isRefusedByManaged =
    managed !== undefined &&
    added.some(
      (member) =>
        !managed.allowedMemberSubjects.includes(member) &&
        !isOf(member, ({ name }) => [`//cloudresourcemanager.googleapis.com/${name}`], managed.allowedPrincipalSets),
    );
  if (isRefused || isRefusedByManaged)
    throw failedPrecondition(
      "One or more users named in the policy do not belong to a permitted customer, perhaps due to an organization policy.",
    );
}

/** The organization of a member or of a set of members. Only primary domains are supported. */
function organizationOfMember(state: State, member: string): Organization | undefined {
  const [, project] =
    /^serviceAccount:[^@]+@([^.]+)\.iam\.gserviceaccount\.com$/.exec(member) ??
    /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/(\d+)\//.exec(member) ??
    [];
  if (project !== undefined) {
    const found = findProject(state, project);
    return found && organizationOf(state, found);
  }
  const domain = member.replace(/^\w+:/, "").replace(/^.*@/, "");
  return [...state.organizations.values()].find(({ displayName }) => displayName === domain);
}

import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { roleNames, roles } from "../guide/index.ts";
import type { AccessArgs, Members } from "./args.ts";
import { checkedLevelArgs, namedMembers } from "./inputs.ts";
import { rememberGrants } from "./propagation.ts";
import { scopeOf, withoutScope } from "./scope.ts";
import type { Scope, ScopeArgs } from "./scope.ts";

export interface SupportAccessArgs extends ScopeArgs, AccessArgs {
  /** Members who get Support Account Administrator: with `organizationId` only. @default none */
  readonly administrators?: Members | undefined;
}

/**
 * Who may manage the support account, work on cases, and manage contacts, at one level of the hierarchy (guide rows G3,
 * G5 contact roles). Each grant is a member of a role and nothing more: what others granted stays.
 */
export class SupportAccess extends pulumi.ComponentResource {
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  readonly resourceName: pulumi.Output<string>;

  constructor(name: string, args: SupportAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    const scope = scopeOf(name, args);
    const members = checkedLevelArgs(name, scope.level, withoutScope(args), roleNames);
    super("customer-care:index:SupportAccess", name, {}, opts);
    this.resourceName = scope.resourceName;
    const options = { parent: this, hooks: rememberGrants(name) };
    for (const roleName of roleNames)
      for (const { name: memberName, member } of namedMembers(members[roleName]))
        grant(`${name}/${roleName}/${memberName}`, scope, roles[roleName].role, member, options);
    this.registerOutputs({ resourceName: this.resourceName });
  }
}

function grant(
  name: string,
  { level, id }: Scope,
  role: string,
  member: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
) {
  if (level === "organization") return new gcp.organizations.IAMMember(name, { orgId: id, role, member }, options);
  if (level === "folder")
    return new gcp.folder.IAMMember(name, { folder: pulumi.interpolate`folders/${id}`, role, member }, options);
  return new gcp.projects.IAMMember(name, { project: id, role, member }, options);
}

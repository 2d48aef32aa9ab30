import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { roleNames, roles } from "../guide/index.ts";
import type { RoleName } from "../guide/index.ts";
import type { AccessArgs, Members } from "./args.ts";
import { claim } from "./claims.ts";
import { grantThing } from "./formerState.ts";
import { grantModuleOf } from "./grantTypes.ts";
import { checkedLevelArgs, lateUserError, namedMembers } from "./inputs.ts";
import type { NamedMember } from "./inputs.ts";
import type { ConfigLevel } from "./levels.ts";
import { formerNames, refuseLosses } from "./names.ts";
import { rememberGrants } from "./propagation.ts";
import { refuseWhereNotReady, whenPlaceReady } from "./readiness.ts";
import { scopeOf, withoutScope } from "./scope.ts";
import type { ChildOptions, Scope, ScopeArgs } from "./scope.ts";

const type = "customer-care:index:SupportAccess";

export interface SupportAccessArgs extends ScopeArgs, AccessArgs {
  /** Members who get Support Account Administrator: with `organizationId` only. @default none */
  readonly administrators?: Members | undefined;
}

/**
 * Who may manage the support account, work on cases, and manage contacts, at one level of the hierarchy (guide rows G3 admin,
 * G3 editor, G5 contact roles). Each grant is a member of a role and nothing more: what others granted stays.
 */
export class SupportAccess extends pulumi.ComponentResource {
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  readonly resourceName: pulumi.Output<string>;

  constructor(name: string, args: SupportAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    const scope = scopeOf(name, args);
    const members = checkedLevelArgs(name, scope.level, withoutScope(args), roleNames);
    super(type, name, {}, opts);
    refuseLosses();
    this.resourceName = scope.resourceName;
    const ready = whenPlaceReady(name, args, opts);
    makeGrants(name, scope, members, { parent: this, hooks: hooksOf(name), ...(ready && { dependsOn: ready }) });
    this.registerOutputs({ resourceName: this.resourceName });
  }
}

/**
 * The grants of all levels of a config that was checked. One component holds them, as the engine writes the whole state
 * anew, three times, for each component that there is.
 */
export class SupportAccessOfLevels extends pulumi.ComponentResource {
  /** The grants of a role at a level; none where it has no members. */
  readonly of: (level: ConfigLevel | undefined, roleName: RoleName) => readonly GrantResource[];

  constructor(name: string, levels: readonly ConfigLevel[], opts: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    const options = { parent: this, hooks: hooksOf(name) };
    const grants = new Map(
      levels.map((level) => [level, makeGrants(level.name, scopeOf(level.name, level.scope), level.args, options)]),
    );
    this.of = (level, roleName) => (level && grants.get(level)?.get(roleName)) ?? [];
    this.registerOutputs();
  }
}

function hooksOf(name: string): pulumi.ResourceHookBinding {
  return { ...rememberGrants(name), ...refuseWhereNotReady(name) };
}

function makeGrants(
  name: string,
  scope: Scope,
  members: Partial<Record<RoleName, Members | undefined>>,
  options: ChildOptions,
): ReadonlyMap<RoleName, readonly GrantResource[]> {
  return new Map(
    roleNames.map((roleName) => [
      roleName,
      onceEach(`${name}/${roleName}`, namedMembers(members[roleName])).map(({ name: memberName, member }) =>
        grant(`${name}/${roleName}/${memberName}`, scope, roles[roleName].role, member, options),
      ),
    ]),
  );
}

/** The members, with an error in the place of an Output that turns out to be another one of them. */
function onceEach(name: string, members: readonly NamedMember[]): NamedMember[] {
  const names = new Map(
    members.flatMap((one) => (typeof one.member === "string" ? [[one.member, one.name] as const] : [])),
  );
  return members.map(({ name: memberName, member }) => {
    if (typeof member === "string") return { name: memberName, member };
    const once = pulumi.output(member).apply((value) => {
      const first = names.get(value) ?? memberName;
      if (first !== memberName)
        throw lateUserError(`${name}/${memberName}: is the same member as ${first}; write one of them`);
      names.set(value, memberName);
      return value;
    });
    return { name: memberName, member: once };
  });
}

/** A member of a role at one of the levels. */
export type GrantResource = gcp.organizations.IAMMember | gcp.folder.IAMMember | gcp.projects.IAMMember;

function grant(
  name: string,
  { level, id, resourceName }: Scope,
  role: string,
  member: pulumi.Input<string>,
  { parent, ...options }: ChildOptions,
): GrantResource {
  const thing = pulumi.all([resourceName, member]).apply(([where, who]) => grantThing(role, who, where));
  claim({ name, parent }, "grant", thing);
  const type = `gcp:${grantModuleOf(level)}/iAMMember:IAMMember`;
  const opts = { ...options, parent, aliases: formerNames({ name, type, parent }, thing) };
  if (level === "organization") return new gcp.organizations.IAMMember(name, { orgId: id, role, member }, opts);
  if (level === "folder")
    return new gcp.folder.IAMMember(name, { folder: pulumi.interpolate`folders/${id}`, role, member }, opts);
  return new gcp.projects.IAMMember(name, { project: id, role, member }, opts);
}

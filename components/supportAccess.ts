import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { roleNames } from "../guide/index.ts";
import type { RoleName } from "../guide/index.ts";
import { lateUserError, placeOfArgs } from "../onboarding/index.ts";
import type { AccessArgs, AcknowledgingArgs, Grant, Members, ScopeArgs } from "../onboarding/index.ts";
import { rememberAcknowledged } from "./acknowledge.ts";
import { claim } from "./claims.ts";
import { preventLosses } from "./endOfProgram.ts";
import { grantThing } from "./formerState.ts";
import { componentTypes } from "./supportCase/componentTypes.ts";
import { grantModuleOf } from "./gcpTypes.ts";
import { formerNames } from "./names.ts";
import type { ChildOptions, LocatedPlace, Scope } from "./places.ts";
import { grantHooks } from "./propagation.ts";
import { readinessHooks, whenPlaceReady } from "./readiness.ts";
import { currentRun } from "./run.ts";
import type { RunContext } from "./run.ts";
import { scopeOf, withoutScope } from "./places.ts";

const type = componentTypes.supportAccess;

export interface SupportAccessArgs extends ScopeArgs, AccessArgs, AcknowledgingArgs {
  /** Members who get Support Account Administrator. Requires `organizationId`. @default none */
  readonly administrators?: Members | undefined;
}

/**
 * Grants the roles to manage the support account, work on cases and manage contacts, on one organization, folder or project
 * (guide rows G3 admin, G3 editor, G5 contact roles). Each grant adds one member to a role. Other members keep their roles.
 */
export class SupportAccess extends pulumi.ComponentResource {
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  readonly resourceName: pulumi.Output<string>;

  constructor(name: string, args: SupportAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    const run = currentRun();
    const scope = scopeOf(run, name, args);
    const { grants } = placeOfArgs(name, scope.level, withoutScope(args), roleNames, run.namedMembersKey);
    super(type, name, {}, opts);
    rememberAcknowledged(run, this, args.acknowledge);
    preventLosses(run, this);
    this.resourceName = scope.resourceName;
    const ready = whenPlaceReady(run, name, this, args, { grants }, opts);
    const options = { parent: this, hooks: hooksOf(run, name, this), ...(ready && { dependsOn: ready }) };
    createGrants(run, name, scope, grants, options);
    this.registerOutputs({ resourceName: this.resourceName });
  }
}

/**
 * The grants of all places, in one component, because the engine rewrites the whole state three times for each component.
 */
export class SupportAccessOfPlaces extends pulumi.ComponentResource {
  readonly of: (place: LocatedPlace | undefined, roleName: RoleName) => readonly GrantResource[];

  constructor(run: RunContext, name: string, places: readonly LocatedPlace[], opts: pulumi.ComponentResourceOptions) {
    super(type, name, {}, opts);
    const options = { parent: this, hooks: hooksOf(run, name, this) };
    const grants = new Map(
      places.map((place) => [place, createGrants(run, place.name, place.scope, place.grants, options)]),
    );
    this.of = (place, roleName) => (place && grants.get(place)?.get(roleName)) ?? [];
    this.registerOutputs();
  }
}

function hooksOf(run: RunContext, name: string, component: pulumi.Resource): pulumi.ResourceHookBinding {
  return { ...grantHooks(run, name), ...readinessHooks(run, name, component) };
}

type GrantOfArgs = Grant<pulumi.Input<string>>;

function createGrants(
  run: RunContext,
  name: string,
  scope: Scope,
  grants: readonly GrantOfArgs[],
  options: ChildOptions,
): ReadonlyMap<RoleName, readonly GrantResource[]> {
  return new Map(
    roleNames.map((roleName) => {
      const ofRole = grants.filter((one) => one.roleName === roleName);
      const resources = rejectDuplicateMembers(run, `${name}/${roleName}`, ofRole).map(
        ({ name: memberName, role, member }) =>
          grant(run, `${name}/${roleName}/${memberName}`, scope, role, member, options),
      );
      return [roleName, resources];
    }),
  );
}

/** The grants of a role. An Output fails if another grant has the same member. */
function rejectDuplicateMembers(run: RunContext, name: string, grants: readonly GrantOfArgs[]): GrantOfArgs[] {
  const names = new Map(
    grants.flatMap((one) => (typeof one.member === "string" ? [[one.member, one.name] as const] : [])),
  );
  return grants.map((one) => {
    const { name: memberName, member } = one;
    if (typeof member === "string") return one;
    const unique = pulumi.output(member).apply((value) => {
      const first = names.get(value) ?? memberName;
      if (first !== memberName && !run.isMocked)
        throw lateUserError(`${name}/${memberName}: is the same member as ${first}; write one of them`, "config");
      names.set(value, memberName);
      return value;
    });
    return { ...one, member: unique };
  });
}

export type GrantResource = gcp.organizations.IAMMember | gcp.folder.IAMMember | gcp.projects.IAMMember;

function grant(
  run: RunContext,
  name: string,
  { level, id, resourceName }: Scope,
  role: string,
  member: pulumi.Input<string>,
  { parent, ...options }: ChildOptions,
): GrantResource {
  const thing = pulumi.all([resourceName, member]).apply(([where, who]) => grantThing(role, who, where));
  claim(run, { name, parent }, "grant", thing, resourceName);
  const type = `gcp:${grantModuleOf(level)}/iAMMember:IAMMember`;
  const aliases = formerNames(run, { name, type, parent }, thing);
  // With `pulumi up --replace`, the new resource would find the grant in place, and deleting the old resource would remove it.
  const opts = { ...options, parent, aliases, deleteBeforeReplace: true };
  if (level === "organization") return new gcp.organizations.IAMMember(name, { orgId: id, role, member }, opts);
  if (level === "folder")
    return new gcp.folder.IAMMember(name, { folder: pulumi.interpolate`folders/${id}`, role, member }, opts);
  return new gcp.projects.IAMMember(name, { project: id, role, member }, opts);
}

/** The places in the resource hierarchy that components work on, each with its name in the state. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { isSameDomain } from "../google/index.ts";
import { roleText, updatePermissions } from "../guide/index.ts";
import type { Level } from "../guide/index.ts";
import {
  allOf,
  checkedId,
  isProjectNumber,
  lateUserError,
  sortedPlaces,
  withoutUndefined,
} from "../onboarding/index.ts";
import type { PlaceOfArgs, ScopeArgs } from "../onboarding/index.ts";
import { withSection } from "../text/index.ts";
import { logInfo } from "./log.ts";
import { projectIdOf } from "./propagation.ts";
import type { RunContext } from "./run.ts";

export interface Scope {
  readonly level: Level;
  readonly id: pulumi.Output<string>;
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  readonly resourceName: pulumi.Output<string>;
}

/** The options of a resource below a component. */
export type ChildOptions = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** The args of a component without those of the place. */
export function withoutScope<Args extends ScopeArgs>(args: Args): Omit<Args, keyof ScopeArgs> {
  const { organizationId: _organizationId, folderId: _folderId, projectId: _projectId, ...rest } = args;
  return rest;
}

/**
 * The ID of a project that an Output names by its number.
 *
 * @param where The component and the key of the ID, for errors.
 */
export function withProjectId(run: RunContext, where: string, id: pulumi.Input<string>): pulumi.Input<string> {
  if (typeof id === "string" || run.isMocked) return id;
  return pulumi.output(id).apply(async (value) => {
    if (!isProjectNumber(value)) return value;
    const projectId = await projectIdOf(run, value);
    if (projectId !== undefined) return projectId;
    const shown = JSON.stringify(value);
    throw lateUserError(
      `${where}: ${shown} is a project number, and this caller cannot read that project; write the project's ID, such as project.projectId`,
      "config",
    );
  });
}

export function scopeOf(run: RunContext, component: string, args: ScopeArgs | undefined): Scope {
  const { organizationId, folderId, projectId } = withoutUndefined(args);
  const given = (
    [
      ["organization", organizationId],
      ["folder", folderId],
      ["project", projectId],
    ] as const
  ).flatMap(([level, id]) => (id === undefined ? [] : [{ level, id }]));
  const [only] = given;
  if (only === undefined || given.length > 1)
    throw new pulumi.RunError(
      withSection(
        `${component}: ${only === undefined ? "none is" : `${allOf(given.map(({ level }) => `${level}Id`))} are`} set; write one of organizationId, folderId and projectId`,
        "config",
      ),
    );
  const key = `${only.level}Id` as const;
  const id = checkedId(component, key, only.id);
  return scopeAt(only.level, only.level === "project" ? withProjectId(run, `${component}:${key}`, id) : id);
}

function scopeAt(level: Level, id: pulumi.Input<string>): Scope {
  return { level, id: pulumi.output(id), resourceName: pulumi.interpolate`${level}s/${id}` };
}

export interface LocatedPlace extends PlaceOfArgs {
  /** The prefix of its resources' names in the state. */
  readonly name: string;
  readonly scope: Scope;
}

/**
 * The organization, folders, then projects, each sorted by key, because order in a config is not significant.
 *
 * @param parent The component that looks up the organization's domain.
 */
export function locatedPlaces(
  run: RunContext,
  name: string,
  places: readonly PlaceOfArgs[],
  parent: pulumi.Resource,
): LocatedPlace[] {
  const owners: OwnersOfIds = new Map(
    places.flatMap(({ level, id, path }) => (typeof id === "string" ? [[keyOf(level, id), path] as const] : [])),
  );
  return sortedPlaces(places).map((place) => {
    const { level, path, id } = place;
    // The name comes from the ID, so that a change of the key has no effect. If the ID is an Output, it comes from the key.
    const nameInState = [name, path[0], ...(level === "organization" ? [] : [typeof id === "string" ? id : path[1]])];
    const located =
      level === "organization" ? organizationId(run, name, place, parent) : rejectDuplicateId(run, name, place, owners);
    return { ...place, name: nameInState.join("/"), scope: scopeAt(level, located) };
  });
}

/** The path of the place with an ID, by level and ID. */
type OwnersOfIds = Map<string, readonly string[]>;

/** The ID. An Output fails if another place has the same ID. */
function rejectDuplicateId(
  run: RunContext,
  name: string,
  { level, path, id, idPath }: PlaceOfArgs,
  owners: OwnersOfIds,
): pulumi.Input<string> {
  if (typeof id === "string" || id === undefined) return id ?? "";
  const checked = level === "project" ? withProjectId(run, `${name}:${idPath.join(".")}`, id) : id;
  return pulumi.output(checked).apply((value) => {
    const first = owners.get(keyOf(level, value)) ?? path;
    if (first !== path && !run.isMocked)
      throw lateUserError(`${name}:${idPath.join(".")}: is also ${first.join(".")}; write one of them`, "config");
    owners.set(keyOf(level, value), path);
    return value;
  });
}

const keyOf = (level: Level, id: string) => `${level} ${id}`;

/**
 * The organization's number. The gcp provider looks it up by domain, and a domain that it does not find is a user's mistake.
 *
 * @param name The prefix of error messages: the component's name.
 */
function organizationId(
  run: RunContext,
  name: string,
  { id, domain }: PlaceOfArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (id !== undefined) return pulumi.output(id);
  const failure = (problem: string) => lateUserError(`${name}:organization.domain: ${problem}`, "place");
  const find = async (given = "") => {
    const found = await gcp.organizations.getOrganization({ domain: given }, { parent }).catch((error: unknown) => {
      throw failure(lookupProblem(given, (error as Error).message));
    });
    // Mocks usually return the arguments only.
    if (run.isMocked) return (found.orgId as string | undefined) ?? given;
    if (!isSameDomain(found.domain, given)) throw failure(otherOrganization(given, found));
    if (pulumi.runtime.isDryRun())
      await logInfo(`organization.domain: ${given} is organizations/${found.orgId}`, parent);
    return found.orgId;
  };
  return pulumi.output(domain).apply(find);
}

/** Google's search for `example.com` also finds `dev.example.com`. */
function otherOrganization(domain: string, found: gcp.organizations.GetOrganizationResult): string {
  const other = JSON.stringify(found.domain);
  return `Google finds ${other} (organizations/${found.orgId}) for ${JSON.stringify(domain)}, which is another organization; write ${other} if you mean that one; otherwise write the number of yours under id, or grant the caller ${roleText(updatePermissions.seeOrganization)} on it`;
}

function lookupProblem(domain: string, message: string): string {
  const shown = JSON.stringify(domain);
  return /not found|exact domain match/i.test(message)
    ? `this caller cannot see an organization with the domain ${shown}; write the primary domain of its Google Workspace or Cloud Identity account, or its number under id, or grant the caller ${roleText(updatePermissions.seeOrganization)}`
    : `cannot look up the organization of ${shown}: ${message}`;
}

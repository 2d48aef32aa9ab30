/** The levels of a config, each with its name in the state and its resource in the cloud. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { roleNames } from "../guide/index.ts";
import type { CustomerCareArgs, FolderArgs, OrganizationArgs, ProjectArgs } from "./args.ts";
import { isSameDomain } from "../google/index.ts";
import { lateUserError } from "./inputs.ts";
import { isMocked } from "./runs.ts";
import type { ScopeArgs } from "./scope.ts";

export interface ConfigLevel {
  /** The name of the level's components. */
  readonly name: string;
  readonly scope: ScopeArgs;
  readonly args: OrganizationArgs & FolderArgs & ProjectArgs;
}

/** The levels from the top; within each, sorted by key, so that the order of a config means nothing. */
export interface ConfigLevels {
  readonly organization: ConfigLevel | undefined;
  readonly folders: ReadonlyMap<string, ConfigLevel>;
  readonly projects: ReadonlyMap<string, ConfigLevel>;
  readonly all: readonly ConfigLevel[];
}

/** @param parent The component by which the organization's domain is looked up. */
export function configLevels(name: string, args: CustomerCareArgs, parent: pulumi.Resource): ConfigLevels {
  const organization = args.organization && {
    name: `${name}/organization`,
    scope: { organizationId: organizationId(name, args.organization, parent) },
    args: args.organization,
  };
  const folders = sortedByKey(onceEach(name, "folders", "folderId", args.folders), (key, folder) => ({
    name: `${name}/folders/${knownOr(key, folder.folderId)}`,
    scope: { folderId: folder.folderId ?? key },
    args: folder,
  }));
  const projects = sortedByKey(onceEach(name, "projects", "projectId", args.projects), (key, project) => ({
    name: `${name}/projects/${knownOr(key, project.projectId)}`,
    scope: { projectId: project.projectId ?? key },
    args: project,
  }));
  const all = [...(organization === undefined ? [] : [organization]), ...folders.values(), ...projects.values()];
  return { organization, folders, projects, all };
}

/** A level is named by its ID, so that another key changes nothing; by its key where the ID is an Output. */
function knownOr(key: string, id: pulumi.Input<string> | undefined): string {
  return typeof id === "string" ? id : key;
}

export function hasMembers({ args }: ConfigLevel): boolean {
  return roleNames.some((name) => Object.keys(args[name] ?? {}).length > 0);
}

export function hasContacts({ args }: ConfigLevel): boolean {
  return Object.values(args.contacts ?? {}).some((contact) => !Array.isArray(contact) || contact.length > 0);
}

/** The levels, with an error in the place of an Output that turns out to be another level's ID. */
function onceEach<
  IdKey extends "folderId" | "projectId",
  Args extends { readonly [Key in IdKey]?: pulumi.Input<string> | undefined },
>(
  name: string,
  collection: "folders" | "projects",
  idKey: IdKey,
  levels: Readonly<Record<string, Args>> = {},
): Readonly<Record<string, Args>> {
  const keys = new Map<string, string>();
  for (const [key, { [idKey]: id = key }] of Object.entries(levels)) if (typeof id === "string") keys.set(id, key);
  const guarded = Object.entries(levels).map(([key, level]) => {
    const { [idKey]: id = key } = level;
    if (typeof id === "string") return [key, level] as const;
    const once = pulumi.output(id).apply((value) => {
      const first = keys.get(value) ?? key;
      if (first !== key)
        throw lateUserError(`${name}:${collection}.${key}.${idKey}: is also ${collection}.${first}; write one of them`);
      keys.set(value, key);
      return value;
    });
    return [key, { ...level, [idKey]: once }] as const;
  });
  return Object.fromEntries(guarded);
}

function sortedByKey<Args>(
  map: Readonly<Record<string, Args>> = {},
  level: (key: string, args: Args) => ConfigLevel,
): ReadonlyMap<string, ConfigLevel> {
  const entries = Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(entries.map(([key, args]) => [key, level(key, args)]));
}

/**
 * The number, or the number of the domain's organization as the gcp provider finds it. One that it does not find is a
 * user's mistake.
 *
 * @param name What an error starts with: the component's name.
 */
function organizationId(
  name: string,
  { id, domain }: OrganizationArgs,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  if (id !== undefined) return pulumi.output(id);
  const failure = (problem: string) => lateUserError(`${name}:organization.domain: ${problem}`);
  const find = async (given = "") => {
    const found = await gcp.organizations.getOrganization({ domain: given }, { parent }).catch((error: unknown) => {
      throw failure(lookupProblem(given, (error as Error).message));
    });
    if (isMocked()) return found.orgId;
    if (!isSameDomain(found.domain, given)) throw failure(otherOrganization(given, found));
    if (pulumi.runtime.isDryRun())
      await pulumi.log.info(`organization.domain: ${given} is organizations/${found.orgId}`, parent);
    return found.orgId;
  };
  return pulumi.output(domain).apply(find);
}

/** Google's search is loose: for `example.com` it also finds `dev.example.com`. */
function otherOrganization(domain: string, found: gcp.organizations.GetOrganizationResult): string {
  const other = JSON.stringify(found.domain);
  return `Google answers ${other} (organizations/${found.orgId}) for ${JSON.stringify(domain)}, which is another organization; write ${other} if that one is meant, else the number of yours under id, or grant the caller Organization Viewer (roles/resourcemanager.organizationViewer) on it`;
}

function lookupProblem(domain: string, message: string): string {
  const shown = JSON.stringify(domain);
  return /not found|exact domain match/i.test(message)
    ? `no organization with the domain ${shown} is there for this caller to see; write the primary domain of its Google Workspace or Cloud Identity account, or its number under id, or grant the caller Organization Viewer (roles/resourcemanager.organizationViewer)`
    : `the organization of ${shown} could not be looked up: ${message}`;
}

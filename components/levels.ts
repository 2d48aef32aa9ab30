/** The levels of a config, each with its name in the state and its resource in the cloud. */
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { roleNames } from "../guide/index.ts";
import type { CustomerCareArgs, FolderArgs, OrganizationArgs, ProjectArgs } from "./args.ts";
import { lateUserError } from "./inputs.ts";
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
  const folders = sortedByKey(args.folders, (key, folder) => ({
    name: `${name}/folders/${key}`,
    scope: { folderId: folder.folderId ?? key },
    args: folder,
  }));
  const projects = sortedByKey(args.projects, (key, project) => ({
    name: `${name}/projects/${key}`,
    scope: { projectId: project.projectId ?? key },
    args: project,
  }));
  const all = [...(organization === undefined ? [] : [organization]), ...folders.values(), ...projects.values()];
  return { organization, folders, projects, all };
}

export function hasMembers({ args }: ConfigLevel): boolean {
  return roleNames.some((name) => Object.keys(args[name] ?? {}).length > 0);
}

export function hasContacts({ args }: ConfigLevel): boolean {
  return Object.values(args.contacts ?? {}).some((contact) => !Array.isArray(contact) || contact.length > 0);
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
  const find = async (given: string | undefined) => {
    try {
      return (await gcp.organizations.getOrganization({ domain: given }, { parent })).orgId;
    } catch (error) {
      const { message } = error as Error;
      throw lateUserError(`${name}:organization.domain: ${lookupProblem(given, message)}`);
    }
  };
  return pulumi.output(domain).apply(find);
}

function lookupProblem(domain: string | undefined, message: string): string {
  const shown = JSON.stringify(domain);
  return /not found/i.test(message)
    ? `no organization with the domain ${shown} is there for this caller to see; write the primary domain of its Google Workspace or Cloud Identity account, or its number under id, or grant the caller Organization Viewer (roles/resourcemanager.organizationViewer)`
    : `the organization of ${shown} could not be looked up: ${message}`;
}

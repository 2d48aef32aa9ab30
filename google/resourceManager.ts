/**
 * The Resource Manager API, v3: what the program itself asks, beside the gcp provider.
 *
 * Source: https://cloud.google.com/resource-manager/reference/rest/v3/projects
 */
import pLimit from "p-limit";
import { apiBaseUrl } from "./endpoint.ts";
import { allPages, projectOf } from "./pages.ts";
import type { Transport } from "./transport.ts";

export interface Project {
  /** `projects/NUMBER`. */
  readonly name: string;
  readonly projectId: string;
  /** `organizations/NUMBER` or `folders/NUMBER`; absent where the project has none. */
  readonly parent?: string;
  readonly displayName?: string;
  /** `ACTIVE` or `DELETE_REQUESTED`. */
  readonly state: string;
}

export interface Folder {
  /** `folders/NUMBER`. */
  readonly name: string;
  /** `organizations/NUMBER` or `folders/NUMBER`. */
  readonly parent: string;
  readonly displayName?: string;
  /** `ACTIVE` or `DELETE_REQUESTED`. */
  readonly state: string;
}

export interface Organization {
  /** `organizations/NUMBER`. */
  readonly name: string;
  /** The domain. */
  readonly displayName?: string;
  /** The customer ID of its Google Workspace or Cloud Identity account, such as `C03g5e3bc`. */
  readonly directoryCustomerId?: string;
  /** `ACTIVE` or `DELETE_REQUESTED`. */
  readonly state?: string;
}

/** Who holds a role. */
export interface Binding {
  readonly role: string;
  readonly members?: readonly string[];
  readonly condition?: { readonly expression: string };
}

export interface Policy {
  readonly bindings?: readonly Binding[];
}

/**
 * How many members a policy has at most, and how many of them may be groups: one who has several roles counts several times.
 *
 * Source: https://cloud.google.com/iam/quotas#limits
 */
export const policyLimits = { members: 1500, groups: 250 } as const;

export interface ResourceManagerApi {
  /** @param organization The number. */
  getOrganization(organization: string): Promise<Organization>;
  /** @param folder The number. Needs `resourcemanager.folders.get`. */
  getFolder(folder: string): Promise<Folder>;
  /** @param project The ID or the number. */
  getProject(project: string): Promise<Project>;
  /**
   * The organizations that the caller may get, those that the query finds.
   * @param query Such as `domain:example.com`. @default all
   */
  searchOrganizations(query?: string): Promise<Organization[]>;
  /**
   * The projects that the caller may get and that match any part of the query, those that are marked for deletion too. A change
   * takes some time to be found.
   * @param query Such as `id:shop-dev id:pay-dev`.
   */
  searchProjects(query: string): Promise<Project[]>;
  /**
   * The projects that are directly in it, but those that are marked for deletion.
   * @param parent `folders/NUMBER`. Needs `resourcemanager.projects.list` there.
   */
  listProjects(parent: string): Promise<Project[]>;
  /**
   * The folders that are directly in it, but those that are marked for deletion.
   * @param parent `folders/NUMBER`. Needs `resourcemanager.folders.list` there.
   */
  listFolders(parent: string): Promise<Folder[]>;
  /**
   * Those of the permissions that the caller has. Needs none itself, and answers none for what does not exist.
   * @param resource `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`.
   */
  testIamPermissions(resource: string, permissions: readonly string[]): Promise<string[]>;
  /** @param resource `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  getIamPolicy(resource: string): Promise<Policy>;
}

/** Whether an organization's domain is the one that was asked for: Google's search also finds `dev.example.com` for `example.com`. */
export function isSameDomain(found: string | undefined, asked: string): boolean {
  return found?.toLowerCase() === asked.toLowerCase();
}

/**
 * The organization of a domain, among those that the caller may get; undefined where there is none. It is the only way in
 * which this product finds an organization by its domain, but for the gcp provider's, whose answer `isSameDomain` checks.
 *
 * @throws GoogleError
 */
export async function organizationOfDomain(transport: Transport, domain: string): Promise<Organization | undefined> {
  const found = await resourceManagerApi(transport).searchOrganizations(`domain:${domain}`);
  return found.find(({ displayName }) => isSameDomain(displayName, domain));
}

/** Fewer pages, and so fewer requests of the quota, than the API's own 100. */
const pageSize = 300;

export function resourceManagerApi(transport: Transport): ResourceManagerApi {
  const { resourceManagerV3CustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("cloudresourcemanager", "v3", universeDomain, resourceManagerV3CustomEndpoint);
  const get = <Reply>(path: string) => transport.request<Reply>({ method: "GET", baseUrl, path });
  const ask = <Reply>(path: string, body: unknown) =>
    transport.request<Reply>({ method: "POST", baseUrl, path, body, isRead: true, project: projectOf(path) });
  return {
    getOrganization: (organization) => get(`organizations/${organization}`),
    getFolder: (folder) => get(`folders/${folder}`),
    getProject: (project) => get(`projects/${project}`),
    searchOrganizations: (query) =>
      allPages(transport, { baseUrl, path: "organizations:search", query: { query } }, "organizations"),
    searchProjects: (query) =>
      allPages(transport, { baseUrl, path: "projects:search", query: { query } }, "projects", pageSize),
    listProjects: (parent) =>
      allPages(transport, { baseUrl, path: "projects", query: { parent } }, "projects", pageSize),
    listFolders: (parent) => allPages(transport, { baseUrl, path: "folders", query: { parent } }, "folders", pageSize),
    testIamPermissions: async (resource, permissions) =>
      (await ask<{ permissions?: string[] }>(`${resource}:testIamPermissions`, { permissions })).permissions ?? [],
    getIamPolicy: (resource) => ask(`${resource}:getIamPolicy`, { options: { requestedPolicyVersion: 3 } }),
  };
}

/** Folders that are read at once, two lists each: a folder may have 300 folders in it. */
const atOnce = 8;

/**
 * The active projects below a folder, at any depth.
 *
 * What cannot be read is an error, never nothing: whoever takes it for empty would take away all that the projects have.
 *
 * @param folder The number.
 * @param isLeftOut Whether a folder below, by its number, is left out with all that is below it.
 * @returns Project IDs, sorted.
 * @throws GoogleError
 */
export async function projectsBelow(
  transport: Transport,
  folder: string,
  isLeftOut: (folder: string) => boolean = () => false,
): Promise<string[]> {
  const api = resourceManagerApi(transport);
  const limit = pLimit(atOnce);
  const read = async (name: string): Promise<string[]> => {
    const [projects, folders] = await limit(() => Promise.all([api.listProjects(name), api.listFolders(name)]));
    const below = folders.filter((one) => one.state === "ACTIVE" && !isLeftOut(one.name.replace("folders/", "")));
    const deeper = await Promise.all(below.map((one) => read(one.name)));
    return [...projects.filter(({ state }) => state === "ACTIVE").map(({ projectId }) => projectId), ...deeper.flat()];
  };
  // A project that is moved meanwhile may be met twice.
  return [...new Set(await read(`folders/${folder}`))].sort();
}

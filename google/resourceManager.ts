/**
 * The Resource Manager API, v3: the requests that the program itself sends, in addition to the gcp provider's.
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
  /** `organizations/NUMBER` or `folders/NUMBER`; absent if the project has none. */
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

/** The members of a role. */
export interface Binding {
  readonly role: string;
  readonly members?: readonly string[];
  readonly condition?: { readonly expression: string };
}

export interface Policy {
  readonly bindings?: readonly Binding[];
}

/**
 * The maximum number of members in a policy, and of groups among them. A member counts once for each role.
 *
 * Source: https://cloud.google.com/iam/quotas#limits
 */
export const policyLimits = { members: 1500, groups: 250 } as const;

export interface ResourceManagerApi {
  /** @param organization The number. */
  getOrganization(organization: string): Promise<Organization>;
  /** @param folder The number. Requires `resourcemanager.folders.get`. */
  getFolder(folder: string): Promise<Folder>;
  /** @param project The ID or the number. */
  getProject(project: string): Promise<Project>;
  /**
   * The organizations that the caller can get and that match the query.
   * @param query Such as `domain:example.com`. @default all
   */
  searchOrganizations(query?: string): Promise<Organization[]>;
  /**
   * The projects that the caller can get and that match any part of the query, including those marked for deletion. The search
   * is delayed.
   * @param query Such as `id:shop-dev id:pay-dev`.
   */
  searchProjects(query: string): Promise<Project[]>;
  /**
   * The projects directly in the parent, except those marked for deletion.
   * @param parent `folders/NUMBER`. Requires `resourcemanager.projects.list` there.
   */
  listProjects(parent: string): Promise<Project[]>;
  /**
   * The folders directly in the parent, except those marked for deletion.
   * @param parent `folders/NUMBER`. Requires `resourcemanager.folders.list` there.
   */
  listFolders(parent: string): Promise<Folder[]>;
  /**
   * The permissions that the caller has. Requires no permission, and returns none for a resource that does not exist.
   * @param resource `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`.
   */
  testIamPermissions(resource: string, permissions: readonly string[]): Promise<string[]>;
  /** @param resource `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  getIamPolicy(resource: string): Promise<Policy>;
}

/** Checks an organization's domain, because Google's search for `example.com` also finds `dev.example.com`. */
export function isSameDomain(found: string | undefined, asked: string): boolean {
  return found?.toLowerCase() === asked.toLowerCase();
}

/**
 * The organization of a domain, if the caller can get it. All lookups by domain use this function, except the gcp provider's,
 * whose result `isSameDomain` checks.
 *
 * @throws GoogleError
 */
export async function organizationOfDomain(transport: Transport, domain: string): Promise<Organization | undefined> {
  const found = await resourceManagerApi(transport).searchOrganizations(`domain:${domain}`);
  return found.find(({ displayName }) => isSameDomain(displayName, domain));
}

/** More than the API's default of 100, to save requests. */
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

/** The same as Promise.all, but with the error of the first promise in the list that fails, so that each run reports the same one. */
async function allInOrder<const Promises extends readonly Promise<unknown>[]>(promises: Promises) {
  await Promise.allSettled(promises);
  for (const one of promises) await one;
  return Promise.all(promises);
}

/** The maximum number of folders that are read concurrently, with two requests each. A folder can contain 300 folders. */
const maxConcurrent = 8;

/**
 * The active projects below a folder, at any depth.
 *
 * A folder that cannot be read is an error. If it counted as empty, an update would delete the resources of its projects.
 *
 * @param folder The number.
 * @param isExcluded Whether to skip a folder, by its number, with everything below it.
 * @returns Project IDs, sorted.
 * @throws GoogleError
 */
export async function projectsBelow(
  transport: Transport,
  folder: string,
  isExcluded: (folder: string) => boolean = () => false,
): Promise<string[]> {
  const api = resourceManagerApi(transport);
  const limit = pLimit(maxConcurrent);
  const read = async (name: string): Promise<string[]> => {
    const [projects, folders] = await limit(() => allInOrder([api.listProjects(name), api.listFolders(name)]));
    const below = folders.filter((one) => one.state === "ACTIVE" && !isExcluded(one.name.replace("folders/", "")));
    const deeper = await allInOrder(below.map((one) => read(one.name)));
    return [...projects.filter(({ state }) => state === "ACTIVE").map(({ projectId }) => projectId), ...deeper.flat()];
  };
  // A project that moves during the reads can appear twice.
  return [...new Set(await read(`folders/${folder}`))].sort();
}

/**
 * Decides whether the places of a config are ready for an update. The program's preview and `care doctor` share this code.
 *
 * Google returns 403 both for places that do not exist and for places that the caller cannot see. So a place counts as absent
 * only if the caller would be able to see it.
 */
import { answer, billingApi, isOutOfSight, resourceManagerApi } from "../../google/index.ts";
import type { Answer, BillingInfo, ResourceManagerApi, Transport } from "../../google/index.ts";
import { levelOf, permissionsOfUpdates, readRequests } from "../../guide/index.ts";

/** A reason why an update would fail. */
export type Obstacle =
  /** It does not exist. */
  | { readonly kind: "absent" }
  /** It does not exist, or the caller has no role on it. */
  | { readonly kind: "unseen" }
  /** It is marked for deletion. */
  | { readonly kind: "inactive" }
  /** The project has no billing account (an empty string), or this one, which is closed. */
  | { readonly kind: "unbilled"; readonly account: string };

/** The facts about a place. */
export interface PlaceFacts {
  /** The project, folder or organization itself. */
  readonly self: Answer<{ readonly state?: string }>;
  readonly billing?: Answer<BillingInfo> | undefined;
  /** The permissions of `visibilityPermissions` that the caller has on the place; undefined if they were not read. */
  readonly held?: readonly string[] | undefined;
}

/** Which places the caller would be able to see if they existed. */
export interface Sight {
  /** Whether the caller can get an organization. */
  readonly anOrganization: boolean;
  /** Whether the caller can get every project, and every folder, of those organizations. */
  readonly allProjects: boolean;
  readonly allFolders: boolean;
}

export function obstacleOf(resource: string, { self, billing, held }: PlaceFacts, sight: Sight): Obstacle | undefined {
  if (self.value !== undefined) {
    if ((self.value.state ?? "ACTIVE") !== "ACTIVE") return { kind: "inactive" };
    // A reply without a name is not from Google.
    if (billing?.value?.name === undefined || billing.value.billingEnabled === true) return undefined;
    return { kind: "unbilled", account: billing.value.billingAccountName ?? "" };
  }
  if (!isOutOfSight(self.error)) return undefined;
  if (self.error?.status === 404) return { kind: "absent" };
  if (held === undefined || held.length > 0) return undefined;
  return { kind: wouldBeVisible(resource, sight) ? "absent" : "unseen" };
}

function wouldBeVisible(resource: string, { anOrganization, allProjects, allFolders }: Sight): boolean {
  if (resource.startsWith("organizations/")) return anOrganization;
  return resource.startsWith("folders/") ? allFolders : allProjects;
}

/** The permissions that make a place visible. A caller with any of them knows that the place exists. */
export function visibilityPermissions(resource: string): string[] {
  const level = levelOf(resource);
  return [...new Set([readRequests[level].permission, ...permissionsOfUpdates(level)])];
}

/** With more organizations, the check is skipped. */
const maxOrganizations = 10;

/** Which places the caller would be able to see; none if that cannot be read. */
export async function readSight(transport: Transport): Promise<Sight> {
  const api = resourceManagerApi(transport);
  const wanted = [readRequests.project.permission, readRequests.folder.permission];
  const { value: organizations = [] } = await answer(() => api.searchOrganizations());
  const asked = organizations.length > maxOrganizations ? [] : organizations;
  const held = await Promise.all(asked.map(({ name }) => answer(() => api.testIamPermissions(name, wanted))));
  const [allProjects = false, allFolders = false] = wanted.map(
    (permission) => held.length > 0 && held.every(({ value = [] }) => value.includes(permission)),
  );
  return { anOrganization: organizations.length > 0, allProjects, allFolders };
}

/** The result of the readiness check. */
export interface Readiness {
  readonly obstacles: ReadonlyMap<string, Obstacle>;
  /** Whether the caller can see any place. A caller who sees none probably only reviews the code. */
  readonly hasSeenAny: boolean;
}

/**
 * An existing project takes one request, for its billing, because one search finds forty projects. Facts that cannot be read
 * are not obstacles.
 *
 * @param resources `organizations/NUMBER`, `folders/NUMBER` and `projects/ID`.
 */
export async function readReadiness(transport: Transport, resources: readonly string[]): Promise<Readiness> {
  const api = resourceManagerApi(transport);
  const active = await activeProjects(api, resources);
  let sight: Promise<Sight> | undefined;
  const places = await Promise.all(
    resources.map(async (resource) => {
      const facts = await readFacts(resource, active.has(resource), transport);
      if (facts.held === undefined) return { resource, facts, obstacle: obstacleOf(resource, facts, noSight) };
      sight ??= readSight(transport);
      return { resource, facts, obstacle: obstacleOf(resource, facts, await sight) };
    }),
  );
  return {
    obstacles: new Map(places.flatMap(({ resource, obstacle }) => (obstacle ? [[resource, obstacle]] : []))),
    hasSeenAny: places.some(({ facts }) => facts.self.value !== undefined),
  };
}

const noSight: Sight = { anOrganization: false, allProjects: false, allFolders: false };

/** The maximum number of projects in one search, because the query is part of the URL. */
const maxSearched = 40;

/** The projects that a search finds active. The search is delayed, so other projects are read individually. */
async function activeProjects(api: ResourceManagerApi, resources: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = resources.flatMap((resource) => /^projects\/([^:]+)$/.exec(resource)?.[1] ?? []);
  const searches = Array.from({ length: Math.ceil(ids.length / maxSearched) }, (_, index) =>
    ids.slice(index * maxSearched, (index + 1) * maxSearched),
  );
  const found = await Promise.all(
    searches.map((some) => answer(() => api.searchProjects(some.map((id) => `id:${id}`).join(" ")))),
  );
  const projects = found.flatMap(({ value = [] }) => value);
  return new Set(projects.flatMap(({ projectId, state }) => (state === "ACTIVE" ? [`projects/${projectId}`] : [])));
}

async function readFacts(resource: string, isActive: boolean, transport: Transport): Promise<PlaceFacts> {
  const api = resourceManagerApi(transport);
  const [collection, id = ""] = resource.split("/");
  const self = isActive ? { value: { state: "ACTIVE" } } : await answer(() => readSelf(api, collection, id));
  if (isOutOfSight(self.error)) {
    const held = await answer(() => api.testIamPermissions(resource, visibilityPermissions(resource)));
    return { self, held: held.value };
  }
  if (collection !== "projects" || self.value?.state !== "ACTIVE") return { self };
  return { self, billing: await answer(() => billingApi(transport).getBillingInfo(id)) };
}

async function readSelf(api: ResourceManagerApi, collection = "", id: string): Promise<{ readonly state?: string }> {
  if (collection === "organizations") return api.getOrganization(id);
  return collection === "folders" ? api.getFolder(id) : api.getProject(id);
}

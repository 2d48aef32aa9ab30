/** A fleet's config, shared out among its stacks: what is above the projects to one, each project to its shard. */
import { shardOf } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import type { Fleet } from "./fleetFile.ts";

/** The stack that has what is above the projects, for it must have one owner. */
export const organizationStack = "org";

/** The config of each stack, by the stack's name, in the order in which they are told. */
export function sharedOut({ name, shards, config, ofFile }: Fleet): Map<string, CustomerCareConfig> {
  const { plan, valueAddedServices } = config;
  // What Pulumi.yaml says once is not said again.
  const ofAll = known({
    plan: ofFile.has("plan") ? plan : undefined,
    valueAddedServices: ofFile.has("valueAddedServices") ? valueAddedServices : undefined,
  }) as Pick<CustomerCareConfig, "plan">;
  const above = abovePart(config);
  const parts = new Map<string, CustomerCareConfig>();
  if (above !== undefined) parts.set(organizationStack, { ...ofAll, ...above });
  for (let number = 0; number < shards; number++)
    parts.set(shardName(name, number), { ...ofAll, ...shardPart(config, number, shards) });
  return parts;
}

/** `prod-07`; more than a hundred make no other name shorter. */
export function shardName(fleet: string, number: number): string {
  return `${fleet}-${String(number).padStart(2, "0")}`;
}

/** The organization, and what folders have beside their projects. */
function abovePart({ organization, folders, testCase }: CustomerCareConfig) {
  const own = Object.entries(folders ?? {}).flatMap(([key, { everyProject: _, ...folder }]) =>
    Object.keys(folder).some((part) => part !== "folderId") ? [[key, folder] as const] : [],
  );
  const part = known({
    organization,
    folders: own.length === 0 ? undefined : Object.fromEntries(own),
    testCase: testCase?.organization ? testCase : undefined,
  });
  return Object.keys(part).length === 0 ? undefined : part;
}

function shardPart({ folders, projects, testCase }: CustomerCareConfig, number: number, of: number) {
  const isOurs = (key: string) => shardOf(projects?.[key]?.projectId ?? key, of) === number;
  const ofFolders = Object.entries(folders ?? {}).flatMap(([key, { folderId, everyProject }]) =>
    everyProject === undefined ? [] : [[key, known({ folderId, everyProject })] as const],
  );
  const ofProjects = Object.entries(projects ?? {}).filter(([key]) => isOurs(key));
  return known({
    shard: { number, of },
    folders: ofFolders.length === 0 ? undefined : Object.fromEntries(ofFolders),
    projects: ofProjects.length === 0 ? undefined : Object.fromEntries(ofProjects),
    testCase: testCase?.project !== undefined && isOurs(testCase.project) ? testCase : undefined,
  });
}

function known<Part extends object>(part: Part): Part {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Part;
}

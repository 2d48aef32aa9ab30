/** Distributes a fleet's config to its stacks: everything above the projects to one stack, each project to its shard. */
import { shardOf, withAlertAddresses } from "../../onboarding/index.ts";
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import type { Fleet } from "./fleetFile.ts";

/** The stack for everything above the projects, which must have one owner. */
export const organizationStack = "org";

/** The config of each stack by the stack's name, in the order in which they are listed. */
export function stackConfigs({ name, shards, config, ofFile }: Fleet): Map<string, CustomerCareConfig> {
  const { plan, valueAddedServices } = config;
  // The stacks' files do not repeat the config in Pulumi.yaml.
  const ofAll = withoutUndefined({
    plan: ofFile.has("plan") ? plan : undefined,
    valueAddedServices: ofFile.has("valueAddedServices") ? valueAddedServices : undefined,
  }) as Pick<CustomerCareConfig, "plan">;
  const above = abovePart(config);
  const ofShards = withAlertAddresses(config);
  const parts = new Map<string, CustomerCareConfig>();
  if (above !== undefined) parts.set(organizationStack, { ...ofAll, ...above });
  for (let number = 0; number < shards; number++)
    parts.set(shardName(name, number), { ...ofAll, ...shardPart(ofShards, number, shards) });
  return parts;
}

/** `prod-07`, with at least two digits, so that a larger fleet does not change the names. */
export function shardName(fleet: string, number: number): string {
  return `${fleet}-${String(number).padStart(2, "0")}`;
}

/** The organization, and the folders' grants and contacts. */
function abovePart({ organization, folders, testCase }: CustomerCareConfig) {
  const own = Object.entries(folders ?? {}).flatMap(([key, { everyProject: _, ...folder }]) =>
    Object.keys(folder).some((part) => part !== "folderId") ? [[key, folder] as const] : [],
  );
  const part = withoutUndefined({
    organization,
    folders: own.length === 0 ? undefined : Object.fromEntries(own),
    testCase: testCase?.organization ? testCase : undefined,
  });
  return Object.keys(part).length === 0 ? undefined : part;
}

function shardPart({ folders, projects, testCase }: CustomerCareConfig, number: number, of: number) {
  const isInShard = (key: string) => shardOf(projects?.[key]?.projectId ?? key, of) === number;
  const ofFolders = Object.entries(folders ?? {}).flatMap(([key, { folderId, everyProject }]) =>
    everyProject === undefined ? [] : [[key, withoutUndefined({ folderId, everyProject })] as const],
  );
  const ofProjects = Object.entries(projects ?? {}).filter(([key]) => isInShard(key));
  return withoutUndefined({
    shard: { number, of },
    folders: ofFolders.length === 0 ? undefined : Object.fromEntries(ofFolders),
    projects: ofProjects.length === 0 ? undefined : Object.fromEntries(ofProjects),
    testCase: testCase?.project !== undefined && isInShard(testCase.project) ? testCase : undefined,
  });
}

function withoutUndefined<Part extends object>(part: Part): Part {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Part;
}

/** Folders with `everyProject`, and the config in which their projects replace that key. */
import { withAlertAddresses } from "./alertAddresses.ts";
import type { Written } from "./onboarding.ts";
import { shardOf } from "./shards.ts";

interface ShardConfig extends Written<unknown> {
  readonly shard?: { readonly number: number; readonly of: number } | undefined;
}

/** The keys of the folders with `everyProject`, each with the folder's ID. */
export function everyProjectFolders<Id>({ folders = {} }: Pick<Written<Id>, "folders">): Map<string, Id | string> {
  return new Map(
    Object.entries(folders).flatMap(([key, { folderId, everyProject }]) =>
      everyProject === undefined ? [] : [[key, folderId ?? key] as const],
    ),
  );
}

/**
 * The config with each project under `projects`. A project that is already there keeps its config, without the folder's. A
 * fleet's stack gets only the projects of its shard.
 *
 * @param found The IDs of the projects below each folder, by the folder's key.
 */
export function withProjects<Config extends ShardConfig>(
  config: Config,
  found: ReadonlyMap<string, readonly string[]>,
): Config {
  const { projects = {}, shard } = config;
  const { folders = {} } = withAlertAddresses(config);
  const listed = new Set(Object.entries(projects).flatMap(([key, { projectId = key }]) => [key, projectId]));
  const isOurs = (id: string) => !listed.has(id) && (shard === undefined || shardOf(id, shard.of) === shard.number);
  const added = [...found].flatMap(([key, ids]) =>
    ids.filter(isOurs).map((id) => [id, folders[key]?.everyProject ?? {}] as const),
  );
  const keptFolders = Object.entries(folders).flatMap(([key, { everyProject, ...folder }]) => {
    const hasConfig = everyProject === undefined || Object.keys(folder).some((name) => name !== "folderId");
    return hasConfig ? [[key, folder] as const] : [];
  });
  return {
    ...config,
    folders: Object.fromEntries(keptFolders),
    projects: { ...Object.fromEntries(added), ...projects },
  };
}

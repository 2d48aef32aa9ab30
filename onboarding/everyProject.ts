/** Folders whose every project is meant, and the config with those projects in the place of the folders' word. */
import { shardOf } from "./shards.ts";

/** What of a config, or of a component's args, is about projects. */
interface Part<Id, Every> {
  readonly folders?: Readonly<Record<string, { readonly folderId?: Id; readonly everyProject?: Every }>> | undefined;
  readonly projects?: Readonly<Record<string, { readonly projectId?: Id }>> | undefined;
  readonly shard?: { readonly number: number; readonly of: number } | undefined;
}

/** The keys of the folders whose every project is meant, each with the folder's ID. */
export function everyProjectFolders<Id>({
  folders = {},
}: Pick<Part<Id, unknown>, "folders">): Map<string, Id | string> {
  return new Map(
    Object.entries(folders).flatMap(([key, { folderId, everyProject }]) =>
      everyProject === undefined ? [] : [[key, folderId ?? key] as const],
    ),
  );
}

/**
 * The config as it would be with each project written under `projects`. One that stands there already is as it stands: nothing
 * of the folder's is added to it. A stack of a fleet takes its own.
 *
 * @param found The IDs of the projects below each folder, by the folder's key.
 */
export function withProjects<Config extends Part<unknown, object | undefined>>(
  config: Config,
  found: ReadonlyMap<string, readonly string[]>,
): Config {
  const { folders = {}, projects = {}, shard } = config;
  const listed = new Set(Object.entries(projects).flatMap(([key, { projectId = key }]) => [key, projectId]));
  const isOurs = (id: string) => !listed.has(id) && (shard === undefined || shardOf(id, shard.of) === shard.number);
  const added = [...found].flatMap(([key, ids]) =>
    ids.filter(isOurs).map((id) => [id, folders[key]?.everyProject ?? {}] as const),
  );
  const others = Object.entries(folders).flatMap(([key, { everyProject, ...folder }]) => {
    const isAsked = everyProject === undefined || Object.keys(folder).some((name) => name !== "folderId");
    return isAsked ? [[key, folder] as const] : [];
  });
  return {
    ...config,
    folders: Object.fromEntries(others),
    projects: { ...Object.fromEntries(added), ...projects },
  };
}

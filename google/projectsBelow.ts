/** The active projects below a folder, at any depth. */
import pLimit from "p-limit";
import { resourceManagerApi } from "./resourceManager.ts";
import type { Transport } from "./transport.ts";

/** Folders that are read at once, two lists each: a folder may have 300 folders in it. */
const atOnce = 8;

/**
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

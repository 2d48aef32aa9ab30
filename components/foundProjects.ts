/**
 * The projects that a lookup found below a folder with `everyProject`. The config cannot leave one of them out, so a project that is
 * not ready must not block the others.
 */
import { ConfigError, acknowledgedBy } from "../onboarding/index.ts";
import type { CustomerCareArgs } from "../onboarding/index.ts";
import { withId } from "./acknowledge.ts";
import { readPlaces } from "./callerRefusals.ts";
import { formerState } from "./formerState.ts";
import { knownStackCaller } from "./googleSettings.ts";
import { logWarning } from "./log.ts";
import { findingOf, obstacleMessage } from "./placeSentences.ts";
import type { RunContext } from "./run.ts";

/** The path of the `everyProject` that includes a project, by `projects/ID`. */
export const foundProjects = () => new Map<string, readonly string[]>();

/** Found projects that are ready for the stack's caller, so that no other check reads them again. */
export const readyProjects = () => new Set<string>();

/**
 * The projects that this update skips with a warning. A project in the state is never skipped, because Pulumi would then delete
 * its resources.
 *
 * @param name The prefix of warnings: the component's name.
 * @param found The path of the `everyProject` that includes a project, by its ID.
 */
export async function skippedProjects(
  run: RunContext,
  name: string,
  { acknowledge = {}, testCase }: CustomerCareArgs,
  found: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlySet<string>> {
  if (run.isMocked) return new Set();
  for (const [id, path] of found) run.shared(foundProjects).set(`projects/${id}`, path);
  const [{ places }, caller] = [await formerState(run), await knownStackCaller()];
  // The test case names its project.
  const added = [...found.keys()].filter((id) => !places.has(`projects/${id}`) && id !== testCase?.project);
  if (caller === undefined || added.length === 0) return new Set();
  const { obstacles, hasSeenAny, denied } = await readPlaces(
    caller,
    added.map((id) => `projects/${id}`),
  );
  const skipped = new Set<string>();
  for (const id of added) {
    const resource = `projects/${id}`;
    const obstacle = obstacles.get(resource);
    if (obstacle === undefined && hasSeenAny && denied === undefined) run.shared(readyProjects).add(resource);
    // The caller may lack the permission to see it. The component's checks report that.
    if (obstacle === undefined || obstacle.kind === "unseen") continue;
    skipped.add(id);
    const advice = { id: findingOf(resource, obstacle), where: resource };
    if (acknowledgedBy(acknowledge, advice.id, advice.where) !== undefined) continue;
    const message = `${obstacleMessage(resource, id, obstacle, true)}. Until then, updates skip it`;
    const problem = { path: found.get(id) ?? [], message: withId(advice, message) };
    await logWarning(new ConfigError(name, [problem]).message);
  }
  return skipped;
}

/** Grants that a config repeats from project to project: one at a folder above them would serve them all. */
import { roleNames, roles } from "../guide/index.ts";
import { namedMembers } from "./inputs.ts";
import type { ConfigLevel } from "./levels.ts";

/** Fewer may well be meant one by one. */
const fewest = 5;

/** What to say of them, a sentence for each role and member. */
export function repeatedGrantNotes(projects: Iterable<ConfigLevel>): string[] {
  const counts = new Map<string, number>();
  for (const { args } of projects)
    for (const roleName of roleNames)
      for (const { name } of namedMembers(args[roleName])) {
        const grant = `${name} gets ${roles[roleName].displayName}`;
        counts.set(grant, (counts.get(grant) ?? 0) + 1);
      }
  return [...counts]
    .filter(([, count]) => count >= fewest)
    .map(
      ([grant, count]) =>
        `${grant} on ${String(count)} projects one by one: under the folder above them, in the stack that has the folders, one grant serves them all`,
    );
}

/** Grants that a config repeats from project to project: one at a folder above them would serve them all. */
import { roles } from "../guide/index.ts";
import type { PlaceOfArgs } from "../onboarding/index.ts";

/** Fewer may well be meant one by one. */
const fewest = 5;

/** What to say of them, a sentence for each role and member. */
export function repeatedGrantNotes(projects: readonly PlaceOfArgs[]): string[] {
  const counts = new Map<string, number>();
  for (const { grants } of projects)
    for (const { name, roleName } of grants) {
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

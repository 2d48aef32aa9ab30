/** What a config has more than once, and may have once. */
import { roles } from "../guide/index.ts";
import type { PlaceOfArgs } from "../onboarding/index.ts";
import type { LocatedPlace } from "./places.ts";

/**
 * What a folder and a project of one config both have: whether the folder holds the project, the config does not say.
 * Each note comes with the project that it is about. What is known only later is not compared.
 */
export function duplicateClaimNotes(places: readonly LocatedPlace[]): { place: LocatedPlace; note: string }[] {
  const folders = places
    .filter(({ level }) => level === "folder")
    .map((folder) => ({ key: folder.path.join("."), claims: new Set(claimsOf(folder)) }));
  return places
    .filter(({ level }) => level === "project")
    .flatMap((place) => {
      const own = claimsOf(place);
      return folders.flatMap(({ key, claims }) => {
        const both = own.filter((claim) => claims.has(claim));
        if (both.length === 0) return [];
        const note = `${key} has ${both.join(", ")} too; if that folder holds the project, leave out one of the two`;
        return [{ place, note }];
      });
    });
}

/** Such as `editors: user:ada@example.com` and `contacts.security: security@example.com`. */
function claimsOf({ grants, contacts }: LocatedPlace): string[] {
  return [
    ...grants.flatMap(({ roleName, member }) => (typeof member === "string" ? [`${roleName}: ${member}`] : [])),
    ...contacts.flatMap(({ email, categories }) => categories.map((category) => `contacts.${category}: ${email}`)),
  ];
}

/** Fewer grants may well be meant one by one. */
const fewest = 5;

/**
 * Grants that a config repeats from project to project: one at a folder above them would serve them all. A sentence for each role and
 * member.
 */
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

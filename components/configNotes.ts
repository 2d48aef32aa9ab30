/** Notes on grants and contacts that a config repeats. */
import { roles } from "../guide/index.ts";
import type { PlaceOfArgs } from "../onboarding/index.ts";
import type { LocatedPlace } from "./places.ts";

/**
 * Grants and contacts that both a folder and a project have. It is a note, because the config does not say whether the folder
 * contains the project. Outputs are not compared.
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
        const note = `${key} also has ${both.join(", ")}; if that folder contains the project, leave out one of the two`;
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

/** Fewer repetitions are probably intended. */
const minRepetitions = 5;

/**
 * One note for each grant that a config repeats on many projects, because a single grant on a folder would replace them.
 */
export function repeatedGrantNotes(projects: readonly PlaceOfArgs[]): string[] {
  const counts = new Map<string, number>();
  for (const { grants } of projects)
    for (const { name, roleName } of grants) {
      const grant = `${name} gets ${roles[roleName].displayName}`;
      counts.set(grant, (counts.get(grant) ?? 0) + 1);
    }
  return [...counts]
    .filter(([, count]) => count >= minRepetitions)
    .map(
      ([grant, count]) =>
        `${grant} on ${String(count)} separate projects: one grant on their folder, in the stack that manages folders, can replace them`,
    );
}

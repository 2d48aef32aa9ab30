/** What a folder and a project of one config both have: whether the folder holds the project, the config does not say. */
import type { LocatedPlace } from "./places.ts";

/** What to say of it, each with the project that it is about. What is known only later is not compared. */
export function claimedTwiceNotes(places: readonly LocatedPlace[]): { place: LocatedPlace; note: string }[] {
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

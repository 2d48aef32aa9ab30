/** Notes on grants and contacts that a config repeats. */
import { categoryNoun, redirectionsOf, roles } from "../guide/index.ts";
import type { PlaceOfArgs } from "../onboarding/index.ts";
import { redirectionText } from "./checklist.ts";

/** A note on the config, with the finding and the place that acknowledge it. */
export interface ConfigNote<Place> {
  readonly id: "folder-overlap" | "grant-repeated" | "incidents-redirected";
  /** The place; for a repeated grant, its member. */
  readonly about: Place | string;
  readonly what: string;
  readonly remedy: string;
}

/** Outputs are not compared. */
export function configNotes<One extends PlaceOfArgs>(places: readonly One[]): ConfigNote<One>[] {
  const projects = places.filter(({ level }) => level === "project");
  return [
    ...folderOverlaps(places),
    ...repeatedGrants(projects),
    ...places.flatMap((about) =>
      redirectionsOf(about.contacts).map((one): ConfigNote<One> => {
        const remedy = `if they need ${categoryNoun(one.category)}, write them under ${one.category} too`;
        return { id: "incidents-redirected", about, what: redirectionText(one), remedy };
      }),
    ),
  ];
}

/**
 * Grants and contacts that both a folder and a project have. It is a note, because the config does not show whether the folder
 * contains the project.
 */
function folderOverlaps<One extends PlaceOfArgs>(places: readonly One[]): ConfigNote<One>[] {
  const folders = places
    .filter(({ level }) => level === "folder")
    .map((folder) => ({ key: folder.path.join("."), claims: new Set(claimsOf(folder)) }));
  return places
    .filter(({ level }) => level === "project")
    .flatMap((about) => {
      const own = claimsOf(about);
      return folders.flatMap(({ key, claims }): ConfigNote<One>[] => {
        const both = own.filter((claim) => claims.has(claim));
        if (both.length === 0) return [];
        const what = `${key} also has ${both.join(", ")}`;
        return [
          {
            id: "folder-overlap",
            about,
            what,
            remedy: "if that folder contains the project, leave out one of the two",
          },
        ];
      });
    });
}

/** Such as `editors: user:ada@example.com` and `contacts.security: security@example.com`. */
function claimsOf({ grants, contacts }: PlaceOfArgs): string[] {
  return [
    ...grants.flatMap(({ roleName, member }) => (typeof member === "string" ? [`${roleName}: ${member}`] : [])),
    ...contacts.flatMap(({ email, categories }) => categories.map((category) => `contacts.${category}: ${email}`)),
  ];
}

/** Fewer repetitions are probably intended. */
const minRepetitions = 5;

/** One note for each grant that a config repeats on many projects, because a single grant on a folder would replace them. */
function repeatedGrants(projects: readonly PlaceOfArgs[]): ConfigNote<never>[] {
  const all = projects.flatMap(({ grants }) => grants);
  return [...Map.groupBy(all, ({ name, roleName }) => `${name} gets ${roles[roleName].displayName}`)]
    .filter(([, { length }]) => length >= minRepetitions)
    .map(([grant, each]) => ({
      id: "grant-repeated",
      about: each[0]?.name ?? "",
      what: `${grant} on ${String(each.length)} separate projects`,
      remedy: "one grant on their folder, in the stack that manages folders, can replace them",
    }));
}

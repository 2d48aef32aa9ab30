/** Notes on grants and contacts that a config repeats, and a warning of alerts that may notify nobody. */
import { categoryNoun, redirectionsOf, roles } from "../guide/index.ts";
import { doubtfulFilterRemedy, doubtfulFilters, formatPath } from "../onboarding/index.ts";
import type { PlaceOfArgs } from "../onboarding/index.ts";
import { counted } from "../text/index.ts";
import { redirectionText } from "./checklist.ts";

/** A note on the config, with the finding and the place that acknowledge it. */
export interface ConfigNote<Place> {
  readonly id: "alert-filter-unknown" | "folder-overlap" | "grant-repeated" | "incidents-redirected";
  readonly level: "note" | "warning";
  /** The place; for a repeated grant, its member; for an alert, the location or the product. */
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
        return { id: "incidents-redirected", level: "note", about, what: redirectionText(one), remedy };
      }),
    ),
    ...unknownFilters(projects),
  ];
}

/** One warning for each value, which acknowledges it for all projects, because `everyProject` repeats it on many. */
function unknownFilters<One extends PlaceOfArgs>(projects: readonly One[]): ConfigNote<One>[] {
  const all = projects.flatMap((about) =>
    about.alerts === undefined ? [] : doubtfulFilters(about.alerts).map((one) => ({ ...one, path: about.path })),
  );
  return [...Map.groupBy(all, ({ what }) => what).values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    const others = more.length === 0 ? "" : ` (also at ${counted(more.length, "other project")})`;
    const what = `${formatPath(first.path)}: ${first.what}${others}`;
    return [{ id: "alert-filter-unknown", level: "warning", about: first.value, what, remedy: doubtfulFilterRemedy }];
  });
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
            level: "note",
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
      level: "note",
      about: each[0]?.name ?? "",
      what: `${grant} on ${String(each.length)} separate projects`,
      remedy: "one grant on their folder, in the stack that manages folders, can replace them",
    }));
}

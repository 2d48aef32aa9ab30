/** What every row of the report is made from: the readings, and the words of the language. */
import { formatOf, locales, words } from "../../guide/index.ts";
import type { Format, Language, ResourceName, Words } from "../../guide/index.ts";
import type { PlaceReadings, Readings } from "./readings.ts";
import type { StackContents } from "./stack.ts";

export interface ReportContext {
  readonly stack: StackContents;
  readonly readings: Readings;
  readonly words: Words;
  readonly format: Format;
  readonly now: Date;
  /** The names of projects by their numbers, which contacts contain. */
  readonly projectNames: ReadonlyMap<ResourceName, ResourceName>;
  /** From the place itself to the top, as far as readable. */
  lineage(place: PlaceReadings): readonly PlaceReadings[];
  /** Whether all above the place could be read, up to an organization or a project without one. */
  isLineageWhole(place: PlaceReadings): boolean;
  /** Whether no place of the stack is below it, which could have the missing resource. */
  isLeaf(place: PlaceReadings): boolean;
}

export function contextOf(stack: StackContents, readings: Readings, language: Language, now: Date): ReportContext {
  const byName = new Map(readings.places.map((place) => [place.resource, place]));
  const lineage = (place: PlaceReadings): PlaceReadings[] => {
    const above = place.parent === undefined ? undefined : byName.get(place.parent);
    return above === undefined ? [place] : [place, ...lineage(above)];
  };
  const parents = new Set<ResourceName>(
    readings.places.flatMap((place) =>
      lineage(place)
        .slice(1)
        .map(({ resource }) => resource),
    ),
  );
  const projectNames = new Map<ResourceName, ResourceName>(
    readings.places.flatMap(({ resource, project }) => (project?.value ? [[project.value.name, resource]] : [])),
  );
  return {
    projectNames,
    stack,
    readings,
    now,
    lineage,
    words: words[language],
    format: formatOf(locales[language]),
    isLineageWhole: (place) => {
      const top = lineage(place).at(-1) ?? place;
      return top.level === "organization" || top.self?.error === undefined;
    },
    isLeaf: ({ resource }) => !parents.has(resource),
  };
}

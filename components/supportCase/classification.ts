/** The classification of a case, found by its display name: its id is opaque, and is not kept for ever. */
import { distance } from "fastest-levenshtein";
import type { CaseClassification, SupportApi } from "../../google/index.ts";

export class ClassificationNotFound extends Error {
  constructor(wanted: string, known: readonly string[]) {
    super(
      known.length === 0
        ? `classification ${JSON.stringify(wanted)} was not found, nor any other; the caller may not see the classifications`
        : `classification ${JSON.stringify(wanted)} was not found; the nearest are ${nearest(wanted, known)
            .map((name) => JSON.stringify(name))
            .join(", ")}`,
    );
    this.name = "ClassificationNotFound";
  }
}

/** @throws ClassificationNotFound, with the nearest display names */
export async function findClassification(
  api: SupportApi,
  displayName: string,
  parent: string,
): Promise<CaseClassification> {
  const wanted = spelling(displayName);
  const lastPart = displayName.split(">").at(-1)?.trim() ?? "";
  const found = await api.searchClassifications(`displayName:"*${lastPart.replace(/["\\*]/g, "")}*"`, parent);
  const match = found.find((classification) => spelling(classification.displayName) === wanted);
  if (match !== undefined) return match;
  const all = await api.searchClassifications("", parent);
  const late = all.find((classification) => spelling(classification.displayName) === wanted);
  if (late !== undefined) return late;
  throw new ClassificationNotFound(
    displayName,
    all.map((classification) => classification.displayName),
  );
}

export function isSameClassification(one: string, other: string): boolean {
  return spelling(one) === spelling(other);
}

/** Case and the blanks around `>` do not matter. */
function spelling(displayName: string): string {
  return displayName
    .split(">")
    .map((part) => part.trim().toLowerCase())
    .join(" > ");
}

/** The three nearest: by the whole name, or by its last part, which is what people remember. */
function nearest(wanted: string, known: readonly string[]): string[] {
  const lastPart = (name: string) => spelling(name).split(" > ").at(-1) ?? "";
  const score = (name: string) => {
    const isPart = spelling(name).includes(lastPart(wanted)) ? -100 : 0;
    return (
      isPart + Math.min(distance(spelling(wanted), spelling(name)), 2 * distance(lastPart(wanted), lastPart(name)))
    );
  };
  return [...known].sort((one, other) => score(one) - score(other)).slice(0, 3);
}

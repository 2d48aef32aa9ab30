/** Recommendations and insights, counted by category and urgency. */
import type { Count } from "./report.ts";
import type { Scene } from "./scene.ts";

export const priorities = ["P1", "P2", "P3", "P4"] as const;
export const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW"] as const;

/** Null if no project's could be read. */
export function recommendationCounts(scene: Scene): Count[] | null {
  const advice = adviceOf(scene);
  return advice.length === 0
    ? null
    : counts(
        scene,
        priorities,
        advice.flatMap(({ recommendations }) =>
          recommendations.map(({ primaryImpact, priority }) => [primaryImpact?.category, priority] as const),
        ),
      );
}

export function insightCounts(scene: Scene): Count[] | null {
  const advice = adviceOf(scene);
  return advice.length === 0
    ? null
    : counts(
        scene,
        severities,
        advice.flatMap(({ insights }) => insights.map(({ category, severity }) => [category, severity] as const)),
      );
}

function adviceOf({ readings }: Scene) {
  return readings.places.flatMap(({ advice }) => advice?.value ?? []);
}

/** A missing or unknown priority counts as the lowest. */
function counts(
  { words }: Scene,
  kinds: readonly string[],
  found: readonly (readonly [category: string | undefined, kind: string | undefined])[],
): Count[] {
  const names: Readonly<Record<string, string>> = words.guide.impactCategories;
  const groups = Map.groupBy(found, ([category = "CATEGORY_UNSPECIFIED"]) => category);
  const kindOf = (kind = "") => (kinds.includes(kind) ? kind : (kinds.at(-1) ?? ""));
  return [...groups]
    .map(([category, ofCategory]) => ({
      category,
      displayName: names[category] ?? category,
      counts: Object.fromEntries(
        kinds.map((kind) => [kind, ofCategory.filter(([, other]) => kindOf(other) === kind).length]),
      ),
    }))
    .sort((one, other) => (one.displayName < other.displayName ? -1 : 1));
}

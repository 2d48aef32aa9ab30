/** Recommendations and insights, counted by category and urgency. */
import type { Count } from "./report.ts";
import type { ReportContext } from "./context.ts";

export const priorities = ["P1", "P2", "P3", "P4"] as const;
export const severities = ["CRITICAL", "HIGH", "MEDIUM", "LOW"] as const;

/** Null if no project's could be read. */
export function recommendationCounts(context: ReportContext): Count[] | null {
  const advice = adviceOf(context);
  return advice.length === 0
    ? null
    : counts(
        context,
        priorities,
        advice.flatMap(({ recommendations }) =>
          recommendations.map(({ primaryImpact, priority }) => [primaryImpact?.category, priority] as const),
        ),
      );
}

export function insightCounts(context: ReportContext): Count[] | null {
  const advice = adviceOf(context);
  return advice.length === 0
    ? null
    : counts(
        context,
        severities,
        advice.flatMap(({ insights }) => insights.map(({ category, severity }) => [category, severity] as const)),
      );
}

function adviceOf({ readings }: ReportContext) {
  return readings.places.flatMap(({ advice }) => advice?.value ?? []);
}

/** A missing or unknown priority counts as the lowest. */
function counts(
  { words }: ReportContext,
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

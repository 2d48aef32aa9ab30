/** How the preview of a refresh is told from that of an update: it says what would change in the state, not in the cloud. */
import type { Step } from "./preview.ts";

/** What came of a step, which a stream alone tells: of a refresh's, what it found, and of the one of an update, `refresh`. */
export interface StepResult {
  readonly op: string;
  readonly urn: string;
}

type Told = Pick<Step, "op" | "urn" | "type">;

/**
 * The engine first writes `refresh` for each resource, in both. In the preview of a refresh it then puts what it found,
 * an update or a deletion, in that step's place; `pulumi preview --refresh` leaves it there and adds the program's step.
 * Source: `ShowPreviewDigest` of pkg/backend/display/json.go of github.com/pulumi/pulumi.
 */
export function isRefresh(steps: readonly Told[], results: readonly StepResult[] = []): boolean {
  if (steps.length === 0) return false;
  const refreshed = new Set(steps.filter(({ op }) => op === "refresh").map(({ urn }) => urn));
  const others = steps.filter(({ op }) => op !== "refresh");
  const found = [...refreshed].flatMap((urn) => results.find((result) => result.urn === urn) ?? []);
  if (found.length > 0) return found.some(({ op }) => op !== "refresh");
  if (others.some(({ urn }) => refreshed.has(urn))) return false;
  const changes = others.filter(({ op }) => op === "update" || op === "delete");
  // With --target, nothing but what was found may be left; an update and a destroy always have the stack's own step.
  if (!others.some(({ type }) => type === "pulumi:pulumi:Stack")) return changes.length === others.length;
  return refreshed.size > 0 && changes.length > 0;
}

/** The changed properties of a step's resource, by name. A change that no sentence explains must still be visible. */
import { pulumiLabel } from "../../components/internal.ts";
import type { Change } from "./change.ts";
import type { ChangeKindName } from "./kinds.ts";
import { code, listed, own, compose, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import type { Step } from "./preview.ts";
import { valueOf } from "./values.ts";

export interface PropertyChange {
  readonly name: string;
  /** Undefined if it is absent. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Written by the engine or by a provider's SDK: they change no resource. */
const internal = ["__defaults", "__provider"];

/** The gcp plugin's default for an absent property. An import writes it into the inputs. Source: the recordings in tests/gcpPlugin. */
const defaults: ReadonlyMap<string, unknown> = new Map([["deletionPolicy", "DELETE"]]);

/** The label that Pulumi's gcp provider adds by itself, as it names the label in a diff. */
const ownLabel = new RegExp(`^pulumiLabels(\\["${pulumiLabel}"\\]|\\.${pulumiLabel})$`);

/** Whether nothing changes but the label that the provider adds by itself, such as after an import, which leaves it out. */
export function addsOwnLabel(step: Step): boolean {
  const paths = Object.keys(step.detailedDiff);
  return (
    step.op === "update" &&
    propertyChanges(step).length === 0 &&
    paths.length > 0 &&
    paths.every((one) => ownLabel.test(one))
  );
}

/** The predicate for such an update. */
export const labelled = compose`${own("gets the label")} ${code(pulumiLabel)} ${own("of Pulumi's provider, which has no effect")}`;

/** All properties of a created, imported or deleted resource; else those that differ. */
export function propertyChanges(step: Step): PropertyChange[] {
  const { op, before, after } = step;
  const from = op === "create" || op === "import" ? {} : (before?.inputs ?? {});
  const to = op === "delete" ? {} : (after?.inputs ?? {});
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((name) => !internal.includes(name))
    .map((name) => ({ name, before: from[name], after: to[name] }))
    .filter(
      ({ name, before, after }) => canonical(before ?? defaults.get(name)) !== canonical(after ?? defaults.get(name)),
    )
    .filter((change) => !wasLeftOut(step, change));
}

/** Whether the resource has the value already: an import leaves defaults out of the inputs. */
function wasLeftOut({ op, before: state }: Step, { name, before, after }: PropertyChange): boolean {
  const isAdded = op === "update" && (before ?? undefined) === undefined && valueOf(after).kind === "known";
  return isAdded && canonical(state?.outputs[name]) === canonical(after);
}

/** Adds properties that are not in `known` to the change, which then is of the kind `unknown` and comes first. */
export function withUnlisted(change: Change, step: Step, known: readonly string[]): Change {
  return withUnlistedChanges(
    change,
    propertyChanges(step).filter(({ name }) => !known.includes(name)),
  );
}

export function withUnlistedChanges(change: Change, unlisted: readonly PropertyChange[]): Change {
  if (unlisted.length === 0) return change;
  return {
    ...change,
    kinds: withUnknown(change.kinds),
    sentence: compose`${change.sentence} ${unlistedWords(unlisted)}`,
  };
}

export function withUnknown(kinds: readonly ChangeKindName[]): ChangeKindName[] {
  return ["unknown", ...kinds.filter((kind) => kind !== "unknown")];
}

/** The predicate for an update without a visible reason. */
export const unexplained = own("is updated, but the preview does not show why");

/** `NAME becomes VALUE`, or its former value. */
export function becomes({ name, before, after }: PropertyChange): Phrase {
  if (after === undefined || after === null)
    return compose`${code(name)} is removed (it was ${shown(before, "its value")})`;
  return compose`${code(name)} becomes ${shown(after, "its value")}`;
}

function unlistedWords(changes: readonly PropertyChange[]): Phrase {
  return compose`This release of care does not know the effect of these changes: ${listed(changes.map(becomes))}.`;
}

function canonical(value: unknown): string {
  if (value === undefined || value === null) return "";
  return JSON.stringify(value, (_, child: unknown) =>
    typeof child === "object" && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([one], [other]) => (one < other ? -1 : 1)))
      : child,
  );
}

/** The properties in which a step's resource changes, by name: one that no sentence explains must not pass as if nothing changed. */
import type { Change } from "./change.ts";
import type { ChangeKindName } from "./kinds.ts";
import { code, listed, own, say, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import type { Step } from "./preview.ts";

export interface PropertyChange {
  readonly name: string;
  /** Undefined where it is absent. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Written by the engine or by a provider's SDK: they change no resource. */
const internal = ["__defaults", "__provider"];

/** What the gcp plugin takes if the property is absent. An import writes it into the inputs. Source: the recordings of tests/gcpPlugin. */
const defaults: ReadonlyMap<string, unknown> = new Map([["deletionPolicy", "DELETE"]]);

/** All that a created or imported resource has, all that a deleted one had, else what differs. */
export function propertyChanges({ op, before, after }: Step): PropertyChange[] {
  const from = op === "create" || op === "import" ? {} : (before?.inputs ?? {});
  const to = op === "delete" ? {} : (after?.inputs ?? {});
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((name) => !internal.includes(name))
    .map((name) => ({ name, before: from[name], after: to[name] }))
    .filter(
      ({ name, before, after }) => canonical(before ?? defaults.get(name)) !== canonical(after ?? defaults.get(name)),
    );
}

/** The change, with the properties that are not among `known` named in it: then it is of the kind `unknown`, which comes first. */
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
    sentence: say`${change.sentence} ${unlistedWords(unlisted)}`,
  };
}

export function withUnknown(kinds: readonly ChangeKindName[]): ChangeKindName[] {
  return ["unknown", ...kinds.filter((kind) => kind !== "unknown")];
}

/** What an update says for which nothing else accounts. */
export const unexplained = own("is updated, and the preview does not show why");

/** `NAME becomes VALUE`, or what it was. */
export function becomes({ name, before, after }: PropertyChange): Phrase {
  if (after === undefined || after === null)
    return say`${code(name)} is removed (it was ${shown(before, "its value")})`;
  return say`${code(name)} becomes ${shown(after, "its value")}`;
}

function unlistedWords(changes: readonly PropertyChange[]): Phrase {
  return say`This release of care does not know the effect of this: ${listed(changes.map(becomes))}.`;
}

function canonical(value: unknown): string {
  if (value === undefined || value === null) return "";
  return JSON.stringify(value, (_, child: unknown) =>
    typeof child === "object" && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([one], [other]) => (one < other ? -1 : 1)))
      : child,
  );
}

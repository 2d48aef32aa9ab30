/** The changes as JSON. New versions can add keys. docs/reference/diff.md describes it. */
import { toString } from "mdast-util-to-string";
import type { PhrasingContent } from "mdast";
import { withoutSecrets } from "../../text/index.ts";
import type { Change } from "./change.ts";
import type { ChangeKindName } from "./kinds.ts";
import type { StackDiff } from "./stackDiff.ts";

export interface DiffJson {
  /** Changes if a key is removed or changes its meaning. */
  readonly version: 1;
  /** The number of changes of each kind that occurs. */
  readonly kinds: Partial<Record<ChangeKindName, number>>;
  readonly stacks: readonly {
    readonly stack: string;
    readonly project: string | null;
    readonly failed: boolean;
    readonly errors: readonly string[];
    readonly warnings: readonly string[];
    readonly resources: Readonly<Record<string, number>>;
    readonly changes: readonly {
      readonly group: Change["group"];
      readonly operation: string;
      readonly kinds: readonly ChangeKindName[];
      readonly place: string | null;
      readonly text: string;
      readonly links: readonly string[];
      readonly urns: readonly string[];
    }[];
  }[];
}

export function jsonOf(diffs: readonly StackDiff[]): DiffJson {
  return {
    version: 1,
    kinds: kindCounts(diffs),
    stacks: diffs.map(({ stack, project, failed, errors, warnings, resources, changes }) => ({
      stack,
      project: project ?? null,
      failed,
      errors: errors.map((message) => withoutSecrets(message, "message")),
      warnings: warnings.map((message) => withoutSecrets(message, "message")),
      resources,
      changes: changes.map(({ group, operation, kinds, place, sentence, urns }) => ({
        group,
        operation,
        kinds,
        place: place ?? null,
        text: textOf(sentence),
        links: linksOf(sentence),
        urns,
      })),
    })),
  };
}

export function kindCounts(diffs: readonly Pick<StackDiff, "changes">[]): Partial<Record<ChangeKindName, number>> {
  const counts: Partial<Record<ChangeKindName, number>> = {};
  for (const { kinds } of diffs.flatMap(({ changes }) => changes))
    for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function textOf(sentence: readonly PhrasingContent[]): string {
  return toString({ type: "paragraph", children: [...sentence] });
}

function linksOf(sentence: readonly PhrasingContent[]): string[] {
  return sentence.flatMap((one) => (one.type === "link" ? [one.url] : []));
}

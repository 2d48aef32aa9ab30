/** What the guide does not speak of, such as the rest of a landing zone: counted by type, without words of its own. */
import { kindsOf } from "./change.ts";
import type { Change } from "./change.ts";
import { code, own, say } from "./phrases.ts";
import type { Step } from "./preview.ts";

const words: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  import: "imported",
};

/** @param steps Those that no other group took. */
export function otherChanges(steps: readonly Step[]): Change[] {
  const together = Map.groupBy(steps.filter(isThing), (step) => JSON.stringify([step.type, step.op, kindsOf(step)]));
  return [...together.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      {
        group: "other",
        operation: first.op,
        kinds: kindsOf(first),
        place: undefined,
        urns: same.map(({ urn }) => urn).sort(),
        sentence: say`${code(first.type)}: ${own(`${String(same.length)} ${words[first.op] ?? "changed"}`)}.`,
      },
    ];
  });
}

/** Components and providers are nothing in the cloud by themselves. */
function isThing({ custom, type }: Step): boolean {
  return custom && !type.startsWith("pulumi:providers:");
}

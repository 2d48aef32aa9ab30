/** What each preview means, under a name that tells its stack from the others. */
import { basename } from "node:path";
import { domainsOf } from "./organization.ts";
import { moveChanges, stackClaims } from "./moves.ts";
import type { Preview } from "./preview.ts";
import { stackDiff, withChanges } from "./stackDiff.ts";
import type { StackDiff } from "./stackDiff.ts";

export interface NamedPreview {
  readonly preview: Preview;
  /** What the caller calls it. @default the stack's own name, with the project's where two are called the same */
  readonly stack: string | undefined;
  /** Where it was read: such as `dev.json`, which names a preview that failed before there was a stack. */
  readonly place: string;
}

export function namedDiffs(previews: readonly NamedPreview[]): StackDiff[] {
  const names = previews.map(({ preview, stack, place }) => stack ?? preview.stack ?? basename(place, ".json"));
  const stacks = previews.map(({ preview, stack }, index) => {
    const name = names[index] ?? "";
    const isShared = names.indexOf(name) !== names.lastIndexOf(name);
    const isOwn = stack === undefined && preview.stack !== undefined && preview.project !== undefined;
    return { preview, name: isShared && isOwn ? `${preview.project}/${name}` : name };
  });
  const moves = moveChanges(stacks.map(({ preview, name }) => stackClaims(name, preview)));
  const domains = domainsOf(previews.map(({ preview }) => preview));
  return stacks.map(({ preview, name }, index) =>
    withChanges(stackDiff(preview, name, domains[index]), moves[index] ?? []),
  );
}

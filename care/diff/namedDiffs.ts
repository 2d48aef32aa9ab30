/** The changes of each preview, under a unique name for its stack. */
import { basename } from "node:path";
import { domainsOf } from "./organization.ts";
import type { Domains } from "./organization.ts";
import { moveChanges, stackClaims } from "./moves.ts";
import type { Preview } from "./preview.ts";
import { stackDiff, withChanges } from "./stackDiff.ts";
import type { StackDiff } from "./stackDiff.ts";

export interface NamedPreview {
  readonly preview: Preview;
  /** The caller's name for it. @default the stack's own name, with the project's if two stacks have the same name */
  readonly stack: string | undefined;
  /** Its source, such as `dev.json`: the name of a preview that failed before it had a stack. */
  readonly place: string;
}

/** @param domains The domains that may be the organization's. */
export function namedDiffs(
  previews: readonly NamedPreview[],
  domains: Domains = domainsOf(previews.map(({ preview }) => preview)),
): StackDiff[] {
  const names = previews.map(({ preview, stack, place }) => stack ?? preview.stack ?? basename(place, ".json"));
  const stacks = previews.map(({ preview, stack }, index) => {
    const name = names[index] ?? "";
    const isShared = names.indexOf(name) !== names.lastIndexOf(name);
    const isOwn = stack === undefined && preview.stack !== undefined && preview.project !== undefined;
    return { preview, name: isShared && isOwn ? `${preview.project}/${name}` : name };
  });
  const moves = moveChanges(stacks.map(({ preview, name }) => stackClaims(name, preview)));
  return stacks.map(({ preview, name }, index) => withChanges(stackDiff(preview, name, domains), moves[index] ?? []));
}

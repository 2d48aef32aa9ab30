/** Things of a project in the state, which names the project by its ID or by its number. */
import type * as pulumi from "@pulumi/pulumi";
import type { FormerState } from "./formerState.ts";
import { projectIdOf } from "./propagation.ts";
import type { RunContext } from "./run.ts";

type Index = Pick<FormerState, "things" | "urnsOf">;

/** The resources that had the thing. For a project, its number and its ID are equivalent. */
export async function urnsOf(run: RunContext, state: Index, thing: string): Promise<readonly pulumi.URN[]> {
  const [words, project] = inProject(thing);
  const same = await Promise.all(
    othersOf(state, words, project).map(async (other) => {
      const [, otherProject] = inProject(other);
      const [number, id] = isNumber(project) ? [project, otherProject] : [otherProject, project];
      return (await projectIdOf(run, number)) === id ? state.urnsOf(other) : [];
    }),
  );
  return [...state.urnsOf(thing), ...same.flat()];
}

/** The same things of projects that the state names the other way. */
function othersOf(state: Index, words: string, project: string): readonly string[] {
  if (project === "") return [];
  const index = indexes.get(state) ?? indexOf(state);
  indexes.set(state, index);
  return index.get(keyOf(words, !isNumber(project))) ?? [];
}

/** One for each state, because a search through the whole state for each resource takes a time that grows with the square of the resources. */
const indexes = new WeakMap<Index, ReadonlyMap<string, readonly string[]>>();

function indexOf({ things }: Index): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const thing of things) {
    const [words, project] = inProject(thing);
    const key = keyOf(words, isNumber(project));
    const listed = index.get(key);
    if (listed === undefined) index.set(key, [thing]);
    else listed.push(thing);
  }
  return index;
}

const keyOf = (words: string, hasNumber: boolean) => `${String(hasNumber)} ${words}`;

/** `the grant of … on projects/shop-dev` → `the grant of … on ` and `shop-dev`. */
function inProject(thing: string): readonly [words: string, project: string] {
  const [, words = thing, project = ""] = /^(.* )projects\/([^/]+)$/.exec(thing) ?? [];
  return [words, project];
}

const isNumber = (project: string) => /^\d+$/.test(project);

import { same } from "./values.ts";

import type { DetailedDiff } from "./detailedDiff.ts";
import type { Properties } from "./values.ts";

/** What differs between two configurations of the provider. No change of them replaces anything. */
export function diffConfiguration(olds: Properties, news: Properties, ignored: string[]): DetailedDiff {
  const diff: DetailedDiff = new Map();
  for (const name of [...new Set([...Object.keys(olds), ...Object.keys(news)])].sort()) {
    const [before = null, after = null] = [olds[name], news[name]];
    if (ignored.includes(name) || same(before, after)) continue;
    if (before === null) diff.set(name, "ADD");
    else diff.set(name, after === null ? "DELETE" : "UPDATE");
  }
  return diff;
}

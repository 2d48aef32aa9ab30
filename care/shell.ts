/** Quotes the words of commands for a shell. */
import type { ResourceName } from "../guide/index.ts";

/** `projects/shop-dev` → `--project=shop-dev`. */
export function resourceFlag(resource: ResourceName): string {
  const [collection = "", id = ""] = resource.split("/");
  return `--${collection.replace(/s$/, "")}=${quoted(id)}`;
}

/** The word, in quotes if a shell needs them. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

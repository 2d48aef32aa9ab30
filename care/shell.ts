/** Words of commands, as a shell takes them. */
import type { ResourceName } from "../guide/index.ts";

/** `projects/shop-dev` → `--project=shop-dev`. */
export function resourceFlag(resource: ResourceName): string {
  const [collection = "", id = ""] = resource.split("/");
  return `--${collection.replace(/s$/, "")}=${quoted(id)}`;
}

/** A word that a shell takes as it is, or in quotes. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

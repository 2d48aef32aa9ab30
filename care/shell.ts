/** Quotes the words of commands for a shell. */
import type { ResourceName } from "../guide/index.ts";

/** `projects/shop-dev` → `--project=shop-dev`. */
export function resourceFlag(resource: ResourceName): string {
  const [collection = "", id = ""] = resource.split("/");
  return `--${collection.replace(/s$/, "")}=${quoted(id)}`;
}

/**
 * Enables services that somebody has disabled, and refreshes nothing else: a full refresh fails on resources that need them.
 */
export function enableAgainCommand(services: readonly string[], stack: string): string {
  const targets = services.map((service) => `--target ${quoted(`**/${service}`)}`);
  return `pulumi up --refresh ${targets.join(" ")} --stack ${quoted(stack)}`;
}

/** The word, in quotes if a shell needs them. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

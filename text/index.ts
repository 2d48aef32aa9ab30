/**
 * Prepares text from outside for display, and finds the files of credentials. This folder imports nothing, and every other folder
 * can import it.
 */
import { withoutSecrets } from "./secrets.ts";
import type { Extent } from "./secrets.ts";
import { visibleLines } from "./visible.ts";

export { credentialPath } from "./credentialPath.ts";
export { documentPath } from "./documents.ts";
export { errorSections, sectionOf, withSection } from "./errorPage.ts";
export type { ErrorSection } from "./errorPage.ts";
export type { Extent } from "./secrets.ts";
export { rememberSecret, withoutCredentialsOf, withoutSecrets, withoutSecretsIn } from "./secrets.ts";
export { escapeOf, jsonText, visible, visibleLines } from "./visible.ts";

/** The text as the beginning of a sentence. */
export const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/**
 * The text with escapes for invisible characters, and without credentials.
 *
 * @param extent A value before it becomes a part of a text; else a message, or a whole output with the texts of many authors.
 */
export function sanitized(text: string, extent: Extent = "message"): string {
  return visibleLines(withoutSecrets(text, extent));
}

/** A value of others, with which a text can be composed. */
export function shownValue(value: string): string {
  return sanitized(value, "value");
}

/** `1 grant`, `2 grants`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : several}`;
}

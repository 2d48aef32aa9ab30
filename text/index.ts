/**
 * Prepares text from outside for display, and finds the files of credentials. This folder imports nothing, and every other folder
 * can import it.
 */
import { withoutSecrets } from "./secrets.ts";
import { visibleLines } from "./visible.ts";

export { credentialPath } from "./credentialPath.ts";
export { errorSections, sectionOf, withSection } from "./errorPage.ts";
export type { ErrorSection } from "./errorPage.ts";
export { rememberCredentialsIn, rememberSecret, withoutSecrets } from "./secrets.ts";
export { escapeOf, jsonText, visible, visibleLines } from "./visible.ts";

/** The text with escapes for invisible characters, and without credentials. */
export function sanitized(text: string): string {
  return visibleLines(withoutSecrets(text));
}

/** `1 grant`, `2 grants`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : several}`;
}

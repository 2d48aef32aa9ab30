/** How text from outside is shown. This room imports nothing, and each other room may import it. */
import { withoutSecrets } from "./secrets.ts";
import { visibleLines } from "./visible.ts";

export { rememberSecret, withoutSecrets } from "./secrets.ts";
export { escapeOf, jsonText, visible, visibleLines } from "./visible.ts";

/** What may be shown of a text: all of it visible, no credential in it. */
export function sanitized(text: string): string {
  return visibleLines(withoutSecrets(text));
}

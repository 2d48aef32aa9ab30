/** The last line of an error, which links to its section of docs/reference/errors.md. */
import assert from "node:assert/strict";
import { errorSections } from "../../text/index.ts";
import type { ErrorSection } from "../../text/index.ts";

export function lineOf(...sections: readonly ErrorSection[]): string {
  return `See ${sections.map((section) => `docs/reference/errors.md#${errorSections[section]}`).join(" and ")}`;
}

/** The error without its last line, which it must have. */
export function withoutSection(message: string, ...sections: readonly ErrorSection[]): string {
  const last = `\n${lineOf(...sections)}`;
  assert.ok(message.endsWith(last), `without${last}: ${message}`);
  return message.slice(0, -last.length);
}

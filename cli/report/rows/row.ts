/** How a row is made: where, what, then how it stands. */
import type { GuideRow, Row } from "../report.ts";

export type Standing = Pick<Row, "status" | "details" | "next">;

export function row(name: GuideRow, task: string, link: string, { status, details, next }: Standing): Row {
  return { row: name, task, status, details, ...(next === undefined ? {} : { next }), link };
}

/** Sentences, one after the other. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

import type { Words } from "../../guide/index.ts";
import type { Report } from "./report.ts";

/** The report in a sentence or two. */
export function verdictOf({ counts, findings }: Report, page: Words["page"]): string {
  if (findings.length === 0) return page.verdictDone;
  return [
    ...(counts.notDone > 0 ? [page.verdictOpen(counts.notDone)] : []),
    ...(counts.ongoing > 0 ? [page.verdictOngoing(counts.ongoing)] : []),
    ...(counts.notRead > 0 ? [page.verdictUnread(counts.notRead)] : []),
  ].join(" ");
}

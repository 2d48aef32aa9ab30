/** Notes: those of the preview, the acknowledged findings, and acknowledgements without a finding. */
import { configNotes } from "../../../components/internal.ts";
import { acknowledgedBy, formatPath, parseAcknowledged } from "../../../onboarding/index.ts";
import type { Finding, FindingLevel } from "../finding.ts";
import type { Readings } from "../readings.ts";

/** The notes and warnings of the preview that only depend on the config. */
export function configNoteFindings({ google }: Readings): Finding[] {
  return configNotes(google.places.map(({ place }) => place)).map(({ id, level, about, what, remedy }) => ({
    id,
    level,
    where: typeof about === "string" ? about : about.resource,
    what: `${what}.`,
    remedy,
  }));
}

/** Acknowledging an error has no effect: `pulumi up` fails anyway. */
export function withAcknowledged(findings: readonly Finding[], { stack, config }: Readings): Finding[] {
  const { acknowledge = {}, shard } = config;
  const keys = findings.map(({ id, where }) => acknowledgedBy(acknowledge, id, where));
  const judged = findings.map((finding, index): Finding => {
    const reason = acknowledge[keys[index] ?? ""];
    if (reason === undefined || finding.level === "error") return finding;
    return { ...finding, level: "note" satisfies FindingLevel, acknowledged: reason };
  });
  // A skipped check may be the acknowledged one, and another stack of the fleet may have the finding.
  if (shard !== undefined || findings.some(({ id }) => notChecked.has(id))) return judged;
  const unused = Object.keys(acknowledge).filter((key) => !keys.includes(key));
  return [...judged, ...unused.map((key) => unusedFinding(key, findings, stack.project))];
}

const notChecked: ReadonlySet<Finding["id"]> = new Set([
  "credentials",
  "not-read",
  "quota-project-denied",
  "quota-project-missing",
  "service-disabled",
]);

function unusedFinding(key: string, findings: readonly Finding[], project: string): Finding {
  const { id } = parseAcknowledged(key);
  const elsewhere = findings.flatMap((finding) => (finding.id === id ? [finding.where] : []));
  return {
    id: "acknowledgement-unused",
    level: "note",
    where: `${project}:${formatPath(["acknowledge", key])}`,
    what:
      elsewhere.length === 0
        ? `No ${id} is reported for this caller.`
        : `The finding ${id} is reported elsewhere: ${elsewhere.join(", ")}.`,
    remedy: elsewhere.length === 0 ? "leave it out if no caller needs it" : "correct the place, or leave it out",
  };
}

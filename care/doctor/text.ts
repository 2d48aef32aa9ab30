/** The examination as text for 80 columns. Commands are never wrapped. */
import { styled } from "../terminal.ts";
import { counted, documentPath, visible } from "../../text/index.ts";
import { wrapped } from "../wrapped.ts";
import type { Examination } from "./examine.ts";
import { findingLevels } from "./finding.ts";
import type { Finding, FindingLevel } from "./finding.ts";

/** The longest level, and two spaces. */
const indent = Math.max(...findingLevels.map((level) => level.length)) + 2;

export function textOf(examination: Examination): string {
  const { stack, project, caller, findings } = examination;
  const head = [
    ["stack", `${stack} of ${project}`],
    ...(caller === undefined
      ? []
      : [
          ["caller", caller.principal ?? unnamedCaller(findings)],
          ["quota", caller.quotaProject ?? (caller.usesOwnProjects ? "of each request's own project" : "no project")],
        ]),
  ].map(([label = "", value = ""]) => `${label.padEnd(indent)}${visible(value)}`);
  return `${[...head, ...findings.map(block), summary(findings)].join("\n\n").replace(/\n\n(?=(caller|quota) )/g, "\n")}\n`;
}

/** Google names nobody for a credential that it rejects. */
function unnamedCaller(findings: readonly Finding[]): string {
  return findings.some(({ id }) => id === "credentials")
    ? "unknown"
    : "not named by Google, such as a federated principal";
}

const levelStyles = { error: "red", warning: "yellow", note: "cyan" } as const satisfies Record<FindingLevel, string>;

/** Text from Google and the config may contain control characters and line ends. */
function block(finding: Finding): string {
  const { id, level, acknowledged, purpose } = finding;
  const [where, what, remedy] = [finding.where, finding.what, finding.remedy].map(visible) as [string, string, string];
  const isCopied = /^(gcloud|npm|pulumi) |^https:/.test(remedy);
  const last =
    acknowledged !== undefined
      ? wrapped(`Acknowledged: ${visible(acknowledged)}`, indent)
      : isCopied
        ? [...(purpose === undefined ? [] : wrapped(`${purpose}:`, indent)), remedy]
        : wrapped(`Fix: ${remedy}.`, indent);
  const lines = [`${where} [${id}]`, ...wrapped(what, indent), ...last];
  const blank = " ".repeat(indent);
  const label = `${styled(levelStyles[level], level)}${blank.slice(level.length)}`;
  return lines.map((line, index) => `${index === 0 ? label : blank}${line}`).join("\n");
}

function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return "No problems found. Nothing blocks pulumi up.";
  const counts = findingLevels.flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [counted(count, level)];
  });
  return `${counts.join(", ")}. See ${documentPath("docs/reference/doctor.md")}#what-it-reports`;
}

/** All checks: each is a function of the readings, and sends no request. */
import { formatPath } from "../../../onboarding/index.ts";
import type { ConfigError } from "../../../onboarding/index.ts";
import { capitalized } from "../../../text/index.ts";
import { findingLevels } from "../finding.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";
import { alertFindings } from "./alerts.ts";
import { billingFindings } from "./billing.ts";
import { deletionFindings } from "./deletions.ts";
import { existingFindings } from "./existing.ts";
import { deployedServiceFindings } from "./deployedServices.ts";
import { memberFindings } from "./members.ts";
import { notReadFindings } from "./notRead.ts";
import { configNoteFindings, withAcknowledged } from "./notes.ts";
import { orgPolicyFindings } from "./orgPolicies.ts";
import { permissionFindings } from "./permissions.ts";
import { quotaServiceFindings } from "./quotaServices.ts";
import { supportFindings } from "./support.ts";
import { supportEventFindings } from "./supportEvents.ts";
import { testCaseFindings } from "./testCase.ts";
import { visibilityFindings } from "./visibility.ts";

const checks: readonly ((readings: Readings) => Finding[])[] = [
  visibilityFindings,
  permissionFindings,
  billingFindings,
  quotaServiceFindings,
  orgPolicyFindings,
  memberFindings,
  supportFindings,
  testCaseFindings,
  deployedServiceFindings,
  alertFindings,
  supportEventFindings,
  existingFindings,
  deletionFindings,
  configNoteFindings,
  notReadFindings,
];

/** The most urgent first, each once. */
export function findingsOf(readings: Readings): Finding[] {
  const found = checks.flatMap((check) => check(readings));
  const distinct = new Map(found.map((finding) => [`${finding.id} ${finding.where} ${finding.what}`, finding]));
  const judged = withAcknowledged([...distinct.values()], readings);
  return findingLevels.flatMap((level) => judged.filter((finding) => finding.level === level));
}

/** Errors of the config itself, and features that the plan does not include. */
export function configFindings(errors: readonly ConfigError[], stack: string): Finding[] {
  const file = `Pulumi.${stack.split("/").at(-1) ?? stack}.yaml`;
  return errors.flatMap(({ namespace, problems }) =>
    problems.map(({ path, message }) => ({
      id: "config" as const,
      level: "error" as const,
      where: [namespace, formatPath(path)].filter(Boolean).join(":"),
      what: `${capitalized(message)}.`,
      remedy: `edit ${file}`,
    })),
  );
}

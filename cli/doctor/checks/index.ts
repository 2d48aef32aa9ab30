/** All checks over what was read: each a function of it, none asks anything more. */
import { findingLevels } from "../finding.ts";
import type { Finding } from "../finding.ts";
import type { Readings } from "../readings.ts";
import { billingFindings } from "./billing.ts";
import { existingFindings } from "./existing.ts";
import { notReadFindings } from "./notRead.ts";
import { memberFindings } from "./members.ts";
import { orgPolicyFindings } from "./orgPolicies.ts";
import { permissionFindings } from "./permissions.ts";
import { quotaServiceFindings } from "./quotaServices.ts";
import { supportFindings } from "./support.ts";
import { visibilityFindings } from "./visibility.ts";

export { configFindings } from "./config.ts";
export { credentialsFinding } from "./credentials.ts";

const checks: readonly ((readings: Readings) => Finding[])[] = [
  visibilityFindings,
  permissionFindings,
  billingFindings,
  quotaServiceFindings,
  orgPolicyFindings,
  memberFindings,
  supportFindings,
  existingFindings,
  notReadFindings,
];

/** The most urgent first, each once. */
export function findingsOf(readings: Readings): Finding[] {
  const found = checks.flatMap((check) => check(readings));
  const distinct = new Map(found.map((finding) => [`${finding.id} ${finding.where} ${finding.what}`, finding]));
  return findingLevels.flatMap((level) => [...distinct.values()].filter((finding) => finding.level === level));
}

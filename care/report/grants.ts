/** Who has a role at a place, and whether the grant applies now. */
import type { Binding } from "../../google/index.ts";
import { normalizeMember } from "../../onboarding/index.ts";
import { otherCaseRoles, roleNames, roles } from "../../guide/index.ts";
import type { RoleName } from "../../guide/index.ts";
import type { Access } from "./report.ts";
import type { PlaceReadings } from "./readings.ts";
import type { ReportContext } from "./context.ts";
import { shownValue, visibleLines } from "../../text/index.ts";

/** The usual condition is an end date. Only IAM can evaluate others. */
const expiry = /^\s*request\.time\s*<\s*timestamp\(["']([^"']+)["']\)\s*$/;

export function applies({ condition }: Binding, now: Date): "yes" | "no" | "unknown" {
  if (condition === undefined) return "yes";
  const end = Date.parse(expiry.exec(condition.expression)?.[1] ?? "");
  if (Number.isNaN(end)) return "unknown";
  return now.getTime() < end ? "yes" : "no";
}

/** Groups first, then by name; without deleted members. */
export function membersOf({ members = [] }: Binding): string[] {
  const rank = (member: string) => (member.startsWith("group:") ? 0 : 1);
  return members
    .filter((member) => !member.startsWith("deleted:"))
    .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))
    .map(visibleLines);
}

export interface Holders {
  /** Whose grants apply now. */
  readonly certain: readonly string[];
  /** Whether others have it with a condition that cannot be evaluated. */
  readonly hasOthers: boolean;
}

/** At the place itself; undefined if its policy could not be read. */
export function holdersOf({ policy }: PlaceReadings, roleName: RoleName, now: Date): Holders | undefined {
  if (policy.value === undefined) return undefined;
  const bindings = (policy.value.bindings ?? []).filter(({ role }) => role === roles[roleName].role);
  const of = (answer: string) => bindings.filter((binding) => applies(binding, now) === answer).flatMap(membersOf);
  return { certain: [...new Set(of("yes"))], hasOthers: of("unknown").length > 0 };
}

/** The grants of the config that the policy lacks, by the names in the config. */
export function notGranted({ place, policy }: PlaceReadings, roleName: RoleName): string[] {
  const granted = (policy.value?.bindings ?? [])
    .filter(({ role, condition }) => role === roles[roleName].role && condition === undefined)
    .flatMap(({ members = [] }) => members.map(normalizeMember));
  return (place?.grants ?? [])
    .filter((grant) => grant.roleName === roleName && !granted.includes(normalizeMember(grant.member)))
    .map(({ member }) => member);
}

/** Who may manage the support account and who may open cases, at the place itself. */
export function accessOf({ policy }: PlaceReadings, { words }: ReportContext): Access[] | null {
  if (policy.value === undefined) return null;
  const { bindings = [] } = policy.value;
  const kinds: Readonly<Record<string, Pick<Access, "displayName" | "kind">>> = {
    ...Object.fromEntries(
      roleNames
        .filter((name) => name === "administrators" || name === "editors")
        .map((name) => [
          roles[name].role,
          { displayName: words.guide.roles[name], kind: name === "editors" ? "cases" : "account" },
        ]),
    ),
    ...Object.fromEntries(
      Object.keys(otherCaseRoles).map((role) => [
        role,
        { displayName: words.guide.otherCaseRoles[role as keyof typeof otherCaseRoles], kind: "otherCases" },
      ]),
    ),
  };
  return Object.entries(kinds).flatMap(([role, { displayName, kind }]) =>
    bindings
      .filter((binding) => binding.role === role && membersOf(binding).length > 0)
      .map((binding): Access => ({
        role,
        displayName,
        kind,
        members: membersOf(binding),
        ...(binding.condition === undefined ? {} : { condition: shownValue(binding.condition.expression) }),
      })),
  );
}

/** Who manages support, who opens cases, who manages contacts (guide rows G3 admin, G3 editor, G5 contact roles). */
import { plans } from "../../../guide/index.ts";
import type { RoleName } from "../../../guide/index.ts";
import { holdersOf, notGranted } from "../grants.ts";
import { updateRemedy } from "../remedies.ts";
import type { PlaceReadings } from "../readings.ts";
import type { ReportContext } from "../context.ts";
import type { Reading } from "../../google/reading.ts";
import { unread } from "../why.ts";
import { row } from "./row.ts";
import type { Fault, RowWithFaults, Outcome } from "./row.ts";

export function accessRows(place: PlaceReadings, context: ReportContext): RowWithFaults[] {
  const isAsked = (name: RoleName) => place.place?.grants.some(({ roleName }) => roleName === name) === true;
  const rowOf = (roleName: RoleName, found: Outcome) => row(context, roleName, place.resource, found);
  return [
    ...(place.level === "organization" ? [rowOf("administrators", adminOutcome(place, context))] : []),
    rowOf("editors", editorOutcome(place, context)),
    rowOf("contactAdministrators", roleOutcome(place, context, "contactAdministrators")),
    ...(isAsked("contactViewers") ? [rowOf("contactViewers", roleOutcome(place, context, "contactViewers"))] : []),
  ];
}

/** The status of a role at a place, where it is optional. */
function roleOutcome(place: PlaceReadings, context: ReportContext, roleName: RoleName): Outcome {
  const { details } = context.words;
  const holders = holdersOf(place, roleName, context.now);
  if (holders === undefined) return unread(context, place.policy);
  const missing = notGranted(place, roleName);
  if (missing.length > 0)
    return {
      faults: [
        {
          status: "notDone",
          kind: "grantMissing",
          about: missing,
          details: details.notGranted(missing),
          ...updateRemedy(context),
        },
      ],
    };
  if (holders.certain.length > 0) return { status: "done", details: details.holders(holders.certain) };
  const above = inherited(place, context, roleName);
  if (above.details !== undefined) return { status: "done", details: above.details };
  if (holders.hasOthers || above.hasOthers) return { status: "notConfigured", details: details.onlyConditional };
  // The row of the place above has the finding, if the config has a grant there.
  if (above.hasMissing) return { status: "waiting", details: details.grantWaits };
  if (above.unread !== undefined) return { status: "notConfigured", details: details.nobodyHasRoleHere };
  const isTop = context.lineage(place).length === 1;
  return { status: "notConfigured", details: isTop ? details.nobodyHasRole : details.nobodyHasRoleHereOrAbove };
}

interface Inherited {
  /** Who has the role, and from where; undefined if nobody is known to have it. */
  readonly details: string | undefined;
  /** Whether others have it with a condition that cannot be evaluated. */
  readonly hasOthers: boolean;
  /** Whether the config has a grant above that the policy lacks. */
  readonly hasMissing: boolean;
  /** What could not be read above the place. */
  readonly unread: Reading<unknown> | undefined;
}

/** Grants apply to everything below. */
function inherited(place: PlaceReadings, context: ReportContext, roleName: RoleName): Inherited {
  const above = context.lineage(place).slice(1);
  const holders = above.map((one) => holdersOf(one, roleName, context.now));
  const known = above.flatMap(({ resource }, index) => {
    const members = holders[index]?.certain ?? [];
    return members.length === 0 ? [] : [context.words.details.holdersInherited(resource, members)];
  });
  const top = context.lineage(place).at(-1);
  return {
    details: known.length === 0 ? undefined : known.join(" "),
    hasOthers: holders.some((one) => one?.hasOthers === true),
    hasMissing: above.some((one) => notGranted(one, roleName).length > 0),
    unread:
      above.find((_, index) => holders[index] === undefined)?.policy ??
      (context.isLineageWhole(place) ? undefined : top?.self),
  };
}

function adminOutcome(place: PlaceReadings, context: ReportContext): Outcome {
  const found = roleOutcome(place, context, "administrators");
  if ("faults" in found || found.status !== "notConfigured") return found;
  const isCertain = holdersOf(place, "administrators", context.now)?.hasOthers !== true;
  return { faults: [nobodyHasRole(context, "administrators", isCertain ? "notDone" : "notRead", found.details)] };
}

function nobodyHasRole(
  { words: { guide, next } }: ReportContext,
  roleName: RoleName,
  status: "notDone" | "notRead",
  details: string,
): Fault {
  return { status, kind: "nobodyHasRole", details, next: next.grant(guide.roles[roleName]) };
}

/** At the lowest place of the stack, someone must be able to open cases, by a grant here or above. */
function editorOutcome(place: PlaceReadings, context: ReportContext): Outcome {
  const { details, guide, next } = context.words;
  const { plan } = context.stack.config;
  const found = roleOutcome(place, context, "editors");
  const isUnread = "faults" in found && found.faults[0].kind === "notRead";
  const isDecided = "faults" in found ? !isUnread : found.status === "done";
  if (isDecided || !context.isLeaf(place)) return found;
  const above = inherited(place, context, "editors");
  if (above.details !== undefined) return { status: "done", details: above.details };
  if (plans[plan].casePriorities.length === 0)
    return {
      status: "notPossible",
      details: details.casesNotOfPlan(guide.plans[plan]),
      next: next.buyPlan(
        Object.entries(plans)
          .filter(([, { casePriorities }]) => casePriorities.length > 0)
          .map(([name]) => guide.plans[name as keyof typeof plans]),
      ),
    };
  if ("faults" in found) return found;
  if (above.unread !== undefined) return unread(context, above.unread);
  if (found.details === details.onlyConditional)
    return { faults: [nobodyHasRole(context, "editors", "notRead", found.details)] };
  if (found.status === "waiting") return found;
  return { faults: [nobodyHasRole(context, "editors", "notDone", details.nobodyHasRoleHereOrAbove)] };
}

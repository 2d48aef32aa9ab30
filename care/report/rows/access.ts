/** Who manages support, who opens cases, who manages contacts (guide rows G3 admin, G3 editor, G5 contact roles). */
import { plans } from "../../../guide/index.ts";
import type { RoleName } from "../../../guide/index.ts";
import { holdersOf, notGranted } from "../grants.ts";
import { update } from "../remedies.ts";
import type { PlaceReadings } from "../readings.ts";
import type { Scene } from "../scene.ts";
import { unread } from "../why.ts";
import { row } from "./row.ts";
import type { Fault, MadeRow, Outcome } from "./row.ts";

export function accessRows(place: PlaceReadings, scene: Scene): MadeRow[] {
  const isAsked = (name: RoleName) => place.place?.grants.some(({ roleName }) => roleName === name) === true;
  const rowOf = (roleName: RoleName, found: Outcome) => row(scene, roleName, place.resource, found);
  return [
    ...(place.level === "organization" ? [rowOf("administrators", admin(place, scene))] : []),
    rowOf("editors", editor(place, scene)),
    rowOf("contactAdministrators", here(place, scene, "contactAdministrators")),
    ...(isAsked("contactViewers") ? [rowOf("contactViewers", here(place, scene, "contactViewers"))] : []),
  ];
}

/** The status of a role at the place itself, where it is optional. */
function here(place: PlaceReadings, scene: Scene, roleName: RoleName): Outcome {
  const { details } = scene.words;
  const holders = holdersOf(place, roleName, scene.now);
  if (holders === undefined) return unread(scene, place.policy);
  const missing = notGranted(place, roleName);
  if (missing.length > 0)
    return {
      faults: [
        {
          status: "notDone",
          kind: "grantMissing",
          about: missing,
          details: details.notGranted(missing),
          ...update(scene),
        },
      ],
    };
  if (holders.certain.length > 0) return { status: "done", details: details.holders(holders.certain) };
  return { status: "notConfigured", details: holders.hasOthers ? details.onlyConditional : details.nobodyHasRole };
}

function admin(place: PlaceReadings, scene: Scene): Outcome {
  const found = here(place, scene, "administrators");
  if ("faults" in found || found.status !== "notConfigured") return found;
  const isCertain = holdersOf(place, "administrators", scene.now)?.hasOthers !== true;
  return { faults: [nobody(scene, "administrators", isCertain ? "notDone" : "notRead", found.details)] };
}

function nobody(
  { words: { guide, next } }: Scene,
  roleName: RoleName,
  status: "notDone" | "notRead",
  details: string,
): Fault {
  return { status, kind: "nobodyHolds", details, next: next.grant(guide.roles[roleName]) };
}

/** At the lowest place of the stack, someone must be able to open cases, by a grant here or above. */
function editor(place: PlaceReadings, scene: Scene): Outcome {
  const { details, guide, next } = scene.words;
  const { plan } = scene.stack.config;
  const found = here(place, scene, "editors");
  const isUnread = "faults" in found && found.faults[0].kind === "notRead";
  const isDecided = "faults" in found ? !isUnread : found.status === "done";
  if (isDecided || !scene.isLeaf(place)) return found;
  const lineage = scene.lineage(place);
  const holders = lineage.map((one) => holdersOf(one, "editors", scene.now));
  const above = [...new Set(holders.flatMap((one) => one?.certain ?? []))];
  if (above.length > 0) return { status: "done", details: details.holdersAbove(above) };
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
  const unreadPolicy = lineage.find((_, index) => holders[index] === undefined)?.policy;
  if (unreadPolicy !== undefined) return unread(scene, unreadPolicy);
  const top = lineage.at(-1);
  if (!scene.isLineageWhole(place) && top?.self !== undefined) return unread(scene, top.self);
  if (holders.some((one) => one?.hasOthers === true))
    return { faults: [nobody(scene, "editors", "notRead", details.onlyConditional)] };
  // The row of the place above has the finding, if the config has a grant there.
  if (lineage.some((one) => notGranted(one, "editors").length > 0))
    return { status: "waiting", details: details.grantWaits };
  return { faults: [nobody(scene, "editors", "notDone", details.nobodyHasRoleHereOrAbove)] };
}

/** Grants of the guide's roles (guide rows G3, G5 contact roles). */
import { roleNames, roles } from "../../guide/index.ts";
import type { Level, RoleName } from "../../guide/index.ts";
import { kindsOf, stays } from "./change.ts";
import type { Change } from "./change.ts";
import { own, say, shown, strong } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import type { Place } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { knownText } from "./values.ts";

/** The types that grant, with the input that says where. */
const types: Readonly<Record<string, { readonly level: Level; readonly input: string }>> = {
  "gcp:organizations/iAMMember:IAMMember": { level: "organization", input: "orgId" },
  "gcp:folder/iAMMember:IAMMember": { level: "folder", input: "folder" },
  "gcp:projects/iAMMember:IAMMember": { level: "project", input: "project" },
};

interface Grant {
  readonly roleName: RoleName | undefined;
  readonly member: Phrase;
  /** The role, under its condition. */
  readonly what: Phrase;
  readonly place: Place;
}

/** The change, unless neither the role before nor the one after is one of the guide's. */
export function accessChange(step: Step): Change | undefined {
  const before = grantOf(step, step.before);
  const after = grantOf(step, step.after);
  const found = [before, after].filter((grant) => grant !== undefined);
  const grant = after ?? before;
  if (grant === undefined || found.every(({ roleName }) => roleName === undefined)) return undefined;
  const isAdmin = (one: Grant | undefined) => one?.roleName === "administrators";
  const grants = ["create", "replace"].includes(step.op) && isAdmin(after);
  const removes = ["delete", "replace"].includes(step.op) && isAdmin(before) && !stays(step);
  return {
    group: "access",
    operation: step.op,
    kinds: [
      ...(grants ? (["admin-grant"] as const) : []),
      ...(removes ? (["admin-removal"] as const) : []),
      ...(found.some(({ place }) => place.level === "organization") ? (["organization"] as const) : []),
      ...kindsOf(step),
    ],
    place: grant.place.resourceName,
    urns: [step.urn],
    sentence: sentence(step, before, after),
  };
}

function grantOf({ type, name }: Step, state: State | undefined): Grant | undefined {
  const known = Object.hasOwn(types, type) ? types[type] : undefined;
  if (known === undefined || state === undefined) return undefined;
  const { member, role, condition } = state.inputs;
  const roleName = roleNames.find((one) => roles[one].role === knownText(role));
  const what = roleName === undefined ? shown(role, "a role") : strong(roles[roleName].displayName);
  const expression =
    (condition as Record<string, unknown> | null | undefined)?.["expression"] ?? condition ?? undefined;
  return {
    roleName,
    member: shown(member, name.slice(name.lastIndexOf("/") + 1)),
    what: expression === undefined ? what : say`${what}, where ${shown(expression, "a condition")} holds,`,
    place: placeOf(state.inputs[known.input], name, known.level),
  };
}

function sentence(step: Step, before: Grant | undefined, after: Grant | undefined): Phrase {
  const grant = after ?? before;
  if (grant === undefined) return [];
  const { roleName, member, what, place } = grant;
  const where = say`on ${place.phrase}`;
  const console = consoleOf.access(place);
  const purpose = roleName === undefined ? [] : say`: ${own(roles[roleName].purpose)}`;
  if (step.op === "delete" && stays(step))
    return say`${member} keeps ${what} ${where}, but the stack no longer manages it${console}.`;
  if (step.op === "delete") return say`${member} loses ${what} ${where}${console}.`;
  if (step.op === "import") return say`${member} has ${what} ${where} already, and the stack takes it over${console}.`;
  if (step.op === "replace" && before !== undefined && after !== undefined)
    return say`${before.member} loses ${before.what} on ${before.place.phrase}, and ${member} gets ${what} ${where}${console}.`;
  if (step.op === "update") return say`The grant of ${what} to ${member} ${where} is written anew${console}.`;
  const again = step.drifted ? own(" again, which others took away") : [];
  return say`${member} gets ${what} ${where}${again}${purpose}${console}.`;
}

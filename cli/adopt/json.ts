/** The adoption for another program. docs/adopt.md tells its shape. */
import type { Adoption } from "./adoption.ts";
import { nameOf, remarkOn, remedyOf } from "./sentences.ts";

export function jsonOf(adoption: Adoption, commands: readonly string[]) {
  const { stack, project, outcomes, left, notRead, unreadStacks, cases } = adoption;
  return {
    version: 1,
    stack,
    project,
    resources: outcomes.map((outcome) => ({
      status: outcome.status,
      where: outcome.resource.place.resource,
      what: nameOf(outcome.resource.thing),
      type: outcome.resource.type,
      name: outcome.resource.name,
      id: outcome.id ?? null,
      differences: outcome.differences ?? [],
      remark: remarkOn(outcome) || null,
      remedy: remedyOf(outcome) ?? null,
    })),
    left,
    notRead: [
      ...notRead.map(({ what, where, permission, error }) => ({
        what,
        where,
        permission: permission ?? null,
        error: error?.message ?? "",
      })),
      ...unreadStacks.map((name) => ({ what: "the state", where: `stack ${name}`, permission: null, error: "" })),
    ],
    cases: cases.map(({ name, displayName, madeBy }) => ({ name, displayName, madeBy: madeBy ?? null })),
    commands,
  };
}

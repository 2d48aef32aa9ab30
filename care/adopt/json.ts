/** The adoption as JSON. docs/how-to/adopt.md describes its shape. */
import { missingPermission } from "../google/reading.ts";
import type { Adoption } from "./adoption.ts";
import { adoptCommands, nextCommands } from "./commands.ts";
import type { Where } from "./commands.ts";
import { caseSentence, deletedName, deletionRemark, keepCommand, nameOf, remarkOn, remedyOf } from "./sentences.ts";

export function jsonOf(adoption: Adoption, where: Where) {
  const { stack, project, outcomes, deletions, left, notRead, unreadStacks, cases } = adoption;
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
      remedy: remedyOf(outcome, where.cwd) ?? null,
    })),
    deletions: deletions.map((one) => ({
      where: one.resource,
      what: deletedName(one),
      type: one.type,
      name: one.name,
      urn: one.urn,
      remark: deletionRemark(one),
      remedy: keepCommand(one, stack, where.cwd) ?? null,
    })),
    left,
    notRead: [
      ...notRead.map((reading) => ({
        what: reading.what,
        where: reading.where,
        permission: missingPermission(reading) ?? null,
        error: reading.error?.message ?? "",
      })),
      ...unreadStacks.map((name) => ({ what: "the state", where: `stack ${name}`, permission: null, error: "" })),
    ],
    cases: cases.map((found) => ({
      name: found.name,
      displayName: found.displayName,
      madeBy: found.madeBy ?? null,
      remark: caseSentence(found),
      commands: adoptCommands(adoption, found, where.cwd),
    })),
    commands: nextCommands(adoption, where),
  };
}

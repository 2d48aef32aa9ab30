/** Each outcome and what is left, in words. */
import type { EssentialContact } from "../../google/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import { allOf } from "../../onboarding/index.ts";
import { quoted, resourceFlag } from "../shell.ts";
import { forgetCommand } from "./commands.ts";
import type { Managed } from "../stack/managed.ts";
import type { Left } from "./left.ts";
import { apiCategories } from "./outcome.ts";
import type { Difference, Outcome } from "./outcome.ts";
import type { Thing } from "./resources.ts";
import type { CaseFound } from "./testCase.ts";

/** What it is, as a person knows it. */
export function nameOf(thing: Thing): string {
  if (thing.kind === "service") return thing.service;
  if (thing.kind === "grant") return `${thing.role} for ${thing.member}`;
  return `contact ${thing.email}`;
}

export function leftName(left: Left): string {
  if (left.kind === "contact") return `contact ${left.email}`;
  const { role, member, condition } = left;
  return `${role} for ${member}${condition === undefined ? "" : `, if ${condition}`}`;
}

/** What to say besides its name, for what is not simply there or not there. */
export function remarkOn({ resource: { thing }, status, differences = [], contact, holders = [] }: Outcome): string {
  if (status === "in-other-stack") {
    const stacks = holders.map(({ stack }) => stack);
    return `${stacks.length > 1 ? "stacks" : "stack"} ${allOf(stacks)} ${stacks.length > 1 ? "have" : "has"} it: take it out of this config; or take it over, as docs/how-to/adopt.md describes under "Take a resource over from another stack", beginning with`;
  }
  if (thing.kind !== "contact" || contact === undefined) return "";
  if (status === "address-differs")
    return `Google has it as ${contact.email}, an address cannot be changed, and a second contact is refused: delete it, and pulumi up makes it anew`;
  const says: Record<Difference, string> = {
    categories: `Google has the categories ${inWords(contact.notificationCategorySubscriptions)}, the config ${inWords(apiCategories(thing))}`,
    order: `the categories stand in another order: nobody is told more or less`,
    language: `Google has the language ${contact.languageTag ?? "(none)"}, the config ${thing.language}`,
  };
  return `${differences.map((difference) => says[difference]).join("; ")}; the first pulumi up writes the config's`;
}

/** What a case is, what adopts it, and what comes of that. */
export function caseSentence({ displayName, madeBy, isAdoptable, notBesideAdopt, otherwise, additions }: CaseFound) {
  const by = madeBy === undefined ? "" : `, and was made by Pulumi stack ${madeBy}`;
  const is = `${JSON.stringify(displayName)} is open${by}`;
  if (!isAdoptable) return `${is}, which alone can have it`;
  const removals = [
    ...(notBesideAdopt.length === 0
      ? []
      : [`${allOf(notBesideAdopt)}, which ${notBesideAdopt.length === 1 ? "does" : "do"} not go with adopt`]),
    ...(otherwise.length === 0 ? [] : [`${allOf(otherwise)}, which it has otherwise and may get later`]),
  ];
  return [
    `${is}; to adopt it instead of making another`,
    ...(removals.length === 0 ? [] : [`, take out ${removals.join(", and ")}`]),
    ...(additions.length === 0 ? [] : [`; pulumi up adds the config's ${allOf(additions)} to it`]),
  ].join("");
}

/** What it is that the next update deletes, as a person knows it. */
export function deletedName({ kind, thing }: Managed): string {
  if (kind === "grant") {
    const [role = "", ...member] = thing.split(" ");
    return `${role} for ${member.join(" ")}`;
  }
  return kind === "contact" ? `contact ${thing}` : kind === "case" ? `case ${thing}` : thing;
}

/** What the next update does with what the stack has and the config does not. */
export function deletionRemark({ kind }: Managed): string {
  const does = {
    service: "the next pulumi up takes it out of the state; it stays enabled",
    grant: "the next pulumi up removes the grant",
    contact: "the next pulumi up deletes it",
    case: "the next pulumi up closes it if it is open, unless it was adopted",
  }[kind];
  const keep = kind === "service" ? "" : ". To keep it, add it to the config, or let the stack forget it:";
  return `the stack has it and the config does not: ${does}${keep}`;
}

/** What makes the stack forget it; none where nothing is lost. */
export function keepCommand({ kind, urn }: Managed, stack: string, cwd: string): string | undefined {
  return kind === "service" ? undefined : forgetCommand(stack, urn, cwd);
}

/** A command that mends it, where there is one. */
export function remedyOf({ resource: { place }, status, contact, holders = [] }: Outcome, cwd: string) {
  if (status === "in-other-stack") return holders.map(({ stack, urn }) => forgetCommand(stack, urn, cwd)).join(" && ");
  return status === "address-differs" && contact !== undefined ? deleteCommand(place.resource, contact) : undefined;
}

/** Source: https://cloud.google.com/sdk/gcloud/reference/essential-contacts/delete */
function deleteCommand(resource: ResourceName, { name }: EssentialContact): string {
  return `gcloud essential-contacts delete ${quoted(name.split("/").at(-1) ?? "")} ${resourceFlag(resource)}`;
}

function inWords(categories: readonly string[] = []): string {
  return categories.length === 0 ? "(none)" : categories.join(", ");
}

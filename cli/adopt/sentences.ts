/** Each outcome and what is left, in words. */
import type { EssentialContact } from "../../google/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import { resourceFlag } from "../shell.ts";
import type { Left } from "./left.ts";
import { apiCategories } from "./outcome.ts";
import type { Difference, Outcome } from "./outcome.ts";
import type { Thing } from "./resources.ts";

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
export function remarkOn({ resource: { thing }, status, differences = [], contact, stacks = [] }: Outcome): string {
  if (status === "in-other-stack")
    return `${stacks.length > 1 ? "stacks" : "stack"} ${stacks.join(", ")} ${stacks.length > 1 ? "have" : "has"} it: move it with pulumi state move, or take it out of the config`;
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

/** A command that mends it, where there is one. */
export function remedyOf({ resource: { place }, status, contact }: Outcome): string | undefined {
  return status === "address-differs" && contact !== undefined ? deleteCommand(place.resource, contact) : undefined;
}

/** Source: https://cloud.google.com/sdk/gcloud/reference/essential-contacts/delete */
function deleteCommand(resource: ResourceName, { name }: EssentialContact): string {
  return `gcloud essential-contacts delete ${name.split("/").at(-1) ?? ""} ${resourceFlag(resource)}`;
}

function inWords(categories: readonly string[] = []): string {
  return categories.length === 0 ? "(none)" : categories.join(", ");
}

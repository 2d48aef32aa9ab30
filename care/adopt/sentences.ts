/** The sentence for each outcome, and for each resource left to others. */
import { idIn } from "../../google/index.ts";
import type { EssentialContact } from "../../google/index.ts";
import type { ResourceName } from "../../guide/index.ts";
import { allOf } from "../../onboarding/index.ts";
import { documentPath } from "../../text/index.ts";
import { quoted, resourceFlag } from "../shell.ts";
import { forgetCommand } from "./commands.ts";
import type { Deletion } from "./adoption.ts";
import type { LeftToOthers } from "./leftToOthers.ts";
import { apiCategories } from "./outcome.ts";
import type { Difference, Outcome } from "./outcome.ts";
import type { Thing } from "./resources.ts";
import type { CaseFound } from "./testCase.ts";

/** Its name for people. */
export function nameOf(thing: Thing): string {
  switch (thing.kind) {
    case "service":
      return thing.service;
    case "grant":
      return `${thing.role} for ${thing.member}`;
    case "contact":
      return `contact ${thing.email}`;
    case "channel":
      return `notification channel ${thing.email}`;
    case "alerts":
      return "alert policy of Service Health";
    case "topic":
      return thing.topic;
    case "publisher":
      return `grant of support events on ${thing.topic}`;
    case "subscription":
      return `support events to ${thing.topic}`;
  }
}

export function leftName(left: LeftToOthers): string {
  switch (left.kind) {
    case "contact":
      return `contact ${left.email}`;
    case "channel":
      return `notification channel ${JSON.stringify(left.displayName)} for ${left.email} (${left.name})`;
    case "alerts":
      return `alert policy ${JSON.stringify(left.displayName)} (${left.name}): people on both are notified twice`;
    case "grant": {
      const { role, member, condition } = left;
      return `${role} for ${member}${condition === undefined ? "" : `, if ${condition}`}`;
    }
  }
}

/** A detail after its name, if it neither simply exists nor is simply missing. */
export function remarkOn(outcome: Outcome): string {
  const { resource, status, differences = [], contact, holders = [], subscriptions = [] } = outcome;
  const { thing } = resource;
  if (status === "in-other-stack") {
    const stacks = holders.map(({ stack }) => stack);
    return `${stacks.length > 1 ? "stacks" : "stack"} ${allOf(stacks)} ${stacks.length > 1 ? "have" : "has"} it: remove it from this config; or take it over, as ${documentPath("docs/how-to/adopt.md")} describes under "Take a resource over from another stack", beginning with`;
  }
  if (status === "topic-differs")
    return "it has labels or other settings that the program does not write, so others may own it: pulumi up fails. Write its full name as topic, to use it as it is, or another name";
  if (thing.kind === "topic" && (status === "found" || status === "differs")) {
    const label =
      status === "found" ? "" : ". The first pulumi up adds the label of Pulumi's provider to it, in the state only";
    return `pulumi destroy deletes it after the import; to leave it to others, write its full name as topic${label}`;
  }
  if (status === "several-exist")
    return `${allOf(subscriptions)} publish to it, so each event is published several times: pulumi up fails. Delete all but one of them with gcloud support support-event-subscriptions delete`;
  if (thing.kind === "alerts" && status === "differs")
    return "the channels are in another order, which changes nobody's notifications; the first pulumi up writes the config's";
  if (thing.kind !== "contact" || contact === undefined) return "";
  if (status === "address-differs")
    return `Google has it as ${contact.email}. An address cannot be changed, and Google refuses a second contact: delete it, and pulumi up creates it again`;
  const sentences: Partial<Record<Difference, string>> = {
    categories: `Google has the categories ${inWords(contact.notificationCategorySubscriptions)}, the config ${inWords(apiCategories(thing))}`,
    order: `the categories are in another order, which changes nobody's notifications`,
    language: `Google has the language ${contact.languageTag ?? "(none)"}, the config ${thing.language}`,
  };
  return `${differences.map((difference) => sentences[difference]).join("; ")}; the first pulumi up writes the config's`;
}

/** Describes a case, what is needed to adopt it, and what the adoption changes. */
export function caseSentence({ displayName, madeBy, isAdoptable, incompatible, differing, additions }: CaseFound) {
  const by = madeBy === undefined ? "" : `, and was created by the Pulumi stack ${madeBy}`;
  const is = `${JSON.stringify(displayName)} is open${by}`;
  if (!isAdoptable) return `${is}; only that stack can manage it`;
  const removals = [
    ...(incompatible.length === 0
      ? []
      : [`${allOf(incompatible)}, which ${incompatible.length === 1 ? "does" : "do"} not work with adopt`]),
    ...(differing.length === 0
      ? []
      : [
          `${allOf(differing)}, which the case has with other values; add ${differing.length === 1 ? "it" : "them"} again later`,
        ]),
  ];
  return [
    `${is}; to adopt it instead of creating another`,
    ...(removals.length === 0 ? [] : [`, remove ${removals.join(", and ")}`]),
    ...(additions.length === 0 ? [] : [`; pulumi up adds the config's ${allOf(additions)} to it`]),
  ].join("");
}

/** The name for people of a resource that the next update deletes. */
export function deletedName({ kind, thing }: Deletion): string {
  if (kind === "grant") {
    const [role = "", ...member] = thing.split(" ");
    return `${role} for ${member.join(" ")}`;
  }
  const what = {
    contact: "contact ",
    case: "case ",
    alerts: "alert policy ",
    channel: "notification channel ",
    service: "",
    topic: "",
    publisher: "grant of support events on ",
    subscription: "support events to ",
  }[kind];
  return `${what}${thing}`;
}

/** What the next update does with a resource that the stack has and the config does not. */
export function deletionRemark({ kind }: Deletion): string {
  const does = {
    service: "the next pulumi up removes it from the state; it stays enabled",
    grant: "the next pulumi up removes the grant",
    contact: "the next pulumi up deletes it",
    alerts: "the next pulumi up deletes it, and it alerts nobody any more",
    channel: "the next pulumi up deletes it, and its address is not notified any more",
    topic: "the next pulumi up deletes it with its messages",
    publisher: "the next pulumi up removes the grant",
    subscription: "the next pulumi up ends the subscription",
    case: "the next pulumi up closes it if it is open, unless it was adopted",
  }[kind];
  const keep = kind === "service" ? "" : ". To keep it, add it to the config, or remove it from the state only:";
  return `the stack has it and the config does not: ${does}${keep}`;
}

/** The command that removes it from the state only; none if nothing would be lost. */
export function keepCommand({ kind, urn }: Deletion, stack: string, cwd: string): string | undefined {
  return kind === "service" ? undefined : forgetCommand(stack, urn, cwd);
}

/** The command that fixes it, if there is one. */
export function remedyOf({ resource: { place }, status, contact, holders = [] }: Outcome, cwd: string) {
  if (status === "in-other-stack") return holders.map(({ stack, urn }) => forgetCommand(stack, urn, cwd)).join(" && ");
  return status === "address-differs" && contact !== undefined ? deleteCommand(place.resource, contact) : undefined;
}

/** Source: https://cloud.google.com/sdk/gcloud/reference/essential-contacts/delete */
function deleteCommand(resource: ResourceName, { name }: EssentialContact): string {
  return `gcloud essential-contacts delete ${quoted(idIn(name))} ${resourceFlag(resource)}`;
}

function inWords(categories: readonly string[] = []): string {
  return categories.length === 0 ? "(none)" : categories.join(", ");
}

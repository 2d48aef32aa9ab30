/** Contacts: who is notified of what, where (guide row G5 contacts). */
import { contactType } from "../../components/internal.ts";
import { notificationCategories, notificationCategoryNames } from "../../guide/index.ts";
import { kindsOf, stays } from "./change.ts";
import type { Change } from "./change.ts";
import { addressLeaves, externalKinds } from "./organization.ts";
import type { Domains } from "./organization.ts";
import { code, listed, own, compose, shown, strong } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import type { Place } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { becomes, propertyChanges, unexplained, withUnknown, withUnlisted } from "./properties.ts";
import { knownText, knownTexts, valueOf } from "./values.ts";

interface Contact {
  /** Undefined if the preview does not show it. */
  readonly address: string | undefined;
  readonly parent: string | undefined;
  readonly email: Phrase;
  /** The API's names, in the order of its enum. */
  readonly categories: readonly string[];
  /** Why the preview does not show all of them. */
  readonly hiddenCategories: string | undefined;
  readonly language: string;
  readonly place: Place;
}

/** @param domains The domains that may be the organization's. */
export function contactChange(step: Step, domains: Domains): Change | undefined {
  if (step.type !== contactType) return undefined;
  const before = contactOf(step, step.before);
  const after = contactOf(step, step.after);
  const found = [before, after].filter((contact) => contact !== undefined);
  const isAtOrganization = found.some(({ place }) => place.level === "organization");
  // A hidden place may be the organization.
  const mayBe = !isAtOrganization && found.some(({ place }) => place.level === undefined);
  const isUnexplained = step.op === "update" && propertyChanges(step).length === 0;
  const external = externalKinds(
    after !== undefined && getsNewNotifications(step, before, after) ? addressLeaves(after.address, domains) : "no",
  );
  const change: Change = {
    group: "contacts",
    operation: step.op,
    kinds: [...external.kinds, ...(isAtOrganization || mayBe ? (["organization"] as const) : []), ...kindsOf(step)],
    perhaps: [...external.perhaps, ...(mayBe ? (["organization"] as const) : [])],
    place: (after ?? before)?.place.resourceName,
    urns: [step.urn],
    sentence: sentence(step, before, after),
  };
  return withUnlisted(
    isUnexplained ? { ...change, kinds: withUnknown(change.kinds) } : change,
    step,
    contactProperties,
  );
}

/** Whether the address gets new notifications, as far as the stack knows. */
function getsNewNotifications({ op }: Step, before: Contact | undefined, after: Contact): boolean {
  if (op !== "update" || before === undefined) return op === "create" || op === "replace";
  return (
    after.address === undefined ||
    before.address !== after.address ||
    before.parent !== after.parent ||
    after.hiddenCategories !== undefined ||
    after.categories.some((category) => !before.categories.includes(category))
  );
}

const contactProperties = ["email", "notificationCategorySubscriptions", "languageTag", "parent"];

/** The categories in the config's words. Unknown API names have none, and are shown unchanged. */
export function categoryWords(apiNames: readonly string[]): Phrase {
  const order: readonly string[] = notificationCategoryNames.map((name) => notificationCategories[name].apiName);
  const sorted = [...apiNames].sort((one, other) => order.indexOf(one) - order.indexOf(other));
  return listed(
    sorted.map((apiName) => {
      const name = notificationCategoryNames[order.indexOf(apiName)];
      return name === undefined ? code(apiName) : strong(name);
    }),
  );
}

function contactOf({ name }: Step, state: State | undefined): Contact | undefined {
  if (state === undefined) return undefined;
  const { email, notificationCategorySubscriptions, languageTag, parent } = state.inputs;
  return {
    address: knownText(email),
    parent: knownText(parent),
    email: shown(email, name.slice(name.lastIndexOf("/") + 1)),
    categories: knownTexts(notificationCategorySubscriptions),
    hiddenCategories: { known: undefined, secret: "a secret", unknown: "known after the update" }[
      valueOf(notificationCategorySubscriptions).kind
    ],
    language: knownText(languageTag) ?? "",
    place: placeOf(parent, name),
  };
}

function sentence(step: Step, before: Contact | undefined, after: Contact | undefined): Phrase {
  const contact = after ?? before;
  if (contact === undefined) return [];
  const { email, place } = contact;
  const subscription = subscriptionOf(contact);
  const where = place.phrase;
  const console = consoleOf.contacts(place);
  if (step.op === "delete" && stays(step))
    return compose`${email} stays a contact of ${where}, but the stack no longer manages it${console}.`;
  if (step.op === "delete")
    return compose`${email} is no longer a contact of ${where}: it was notified of ${subscription}${console}.`;
  if (step.op === "import")
    return compose`${email} is a contact of ${where} already, notified of ${subscription}, and the stack takes it over${console}.`;
  if (before === undefined) {
    const again = step.drifted ? own(" again (it was removed outside of Pulumi)") : [];
    return compose`${email} becomes a contact of ${where}${again}, notified of ${subscription}${console}.`;
  }
  if (step.op === "replace")
    return compose`${before.email} is no longer a contact of ${before.place.phrase}, and ${email} becomes one of ${where}, notified of ${subscription}${console}.`;
  return compose`${email}, a contact of ${where}, ${listed(differences(step, before, contact))}${console}.`;
}

function subscriptionOf({ categories, hiddenCategories, language }: Contact): Phrase {
  const words = [
    ...(categories.length > 0 ? [categoryWords(categories)] : []),
    ...(hiddenCategories === undefined ? [] : [own(`categories that are ${hiddenCategories}`)]),
  ];
  const all = words.length === 0 ? own("no category") : listed(words);
  return language === "" ? all : compose`${all} in ${code(language)}`;
}

function differences(step: Step, before: Contact, after: Contact): Phrase[] {
  const added = after.categories.filter((category) => !before.categories.includes(category));
  const removed = before.categories.filter((category) => !after.categories.includes(category));
  const rest = propertyChanges(step).filter(({ name }) => ["email", "parent"].includes(name));
  const hidden = after.hiddenCategories ?? before.hiddenCategories;
  const phrases = [
    ...(added.length > 0 ? [compose`is now notified of ${categoryWords(added)}`] : []),
    ...(removed.length > 0 ? [compose`is no longer notified of ${categoryWords(removed)}`] : []),
    ...(hidden === undefined ? [] : [own(`may be notified of other categories, which are ${hidden}`)]),
    ...(before.language !== after.language
      ? [compose`is written to in ${code(after.language)} instead of ${code(before.language)}`]
      : []),
    ...rest.map((change) => compose`is changed: ${becomes(change)}`),
  ];
  return phrases.length === 0 ? [unexplained] : phrases;
}

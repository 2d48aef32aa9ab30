/** Contacts: who is told of what, where (guide row G5 contacts). */
import { contactType } from "../../components/gcpTypes.ts";
import { notificationCategories, notificationCategoryNames } from "../../guide/index.ts";
import { kindsOf, stays } from "./change.ts";
import type { Change } from "./change.ts";
import { code, listed, own, say, shown, strong } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { consoleOf, placeOf } from "./place.ts";
import type { Place } from "./place.ts";
import type { State, Step } from "./preview.ts";
import { knownText, knownTexts } from "./values.ts";

interface Contact {
  readonly email: Phrase;
  /** The API's names, in the order of its enum. */
  readonly categories: readonly string[];
  readonly language: string;
  readonly place: Place;
}

export function contactChange(step: Step): Change | undefined {
  if (step.type !== contactType) return undefined;
  const before = contactOf(step, step.before);
  const after = contactOf(step, step.after);
  const found = [before, after].filter((contact) => contact !== undefined);
  const isAtOrganization = found.some(({ place }) => place.level === "organization");
  // A place that is not told may be the organization.
  const mayBe = !isAtOrganization && found.some(({ place }) => place.level === undefined);
  return {
    group: "contacts",
    operation: step.op,
    kinds: [...(isAtOrganization || mayBe ? (["organization"] as const) : []), ...kindsOf(step)],
    perhaps: mayBe ? ["organization"] : [],
    place: (after ?? before)?.place.resourceName,
    urns: [step.urn],
    sentence: sentence(step, before, after),
  };
}

/** The categories, in the config's words, which an API name that is unknown has not. */
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
    email: shown(email, name.slice(name.lastIndexOf("/") + 1)),
    categories: knownTexts(notificationCategorySubscriptions),
    language: knownText(languageTag) ?? "",
    place: placeOf(parent, name),
  };
}

function sentence(step: Step, before: Contact | undefined, after: Contact | undefined): Phrase {
  const contact = after ?? before;
  if (contact === undefined) return [];
  const { email, place } = contact;
  const told = toldOf(contact);
  const where = place.phrase;
  const console = consoleOf.contacts(place);
  if (step.op === "delete" && stays(step))
    return say`${email} stays a contact of ${where}, but the stack no longer manages it${console}.`;
  if (step.op === "delete") return say`${email} is no longer a contact of ${where}: it was told of ${told}${console}.`;
  if (step.op === "import")
    return say`${email} is a contact of ${where} already, told of ${told}, and the stack takes it over${console}.`;
  if (before === undefined) {
    const again = step.drifted ? own(" again, which others removed") : [];
    return say`${email} becomes a contact of ${where}${again}, told of ${told}${console}.`;
  }
  if (step.op === "replace")
    return say`${before.email} is no longer a contact of ${before.place.phrase}, and ${email} becomes one of ${where}, told of ${told}${console}.`;
  return say`${email}, a contact of ${where}, ${listed(differences(before, contact))}${console}.`;
}

function toldOf({ categories, language }: Contact): Phrase {
  const words = categories.length === 0 ? own("what is known after the update") : categoryWords(categories);
  return language === "" ? words : say`${words} in ${code(language)}`;
}

function differences(before: Contact, after: Contact): Phrase[] {
  const added = after.categories.filter((category) => !before.categories.includes(category));
  const removed = before.categories.filter((category) => !after.categories.includes(category));
  const phrases = [
    ...(added.length > 0 ? [say`is now told of ${categoryWords(added)}`] : []),
    ...(removed.length > 0 ? [say`is no longer told of ${categoryWords(removed)}`] : []),
    ...(before.language !== after.language
      ? [say`is written to in ${code(after.language)} instead of ${code(before.language)}`]
      : []),
  ];
  return phrases.length === 0 ? [own("is written anew")] : phrases;
}

/** The place of a change in the resource hierarchy, from a preview's properties. */
import { consoleLinks } from "../../guide/index.ts";
import type { Level, ResourceName } from "../../guide/index.ts";
import { code, link, own, compose } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { knownText, valueOf } from "./values.ts";

export interface Place {
  /** Undefined if the name is unknown. */
  readonly level: Level | undefined;
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`, if known and well-formed. */
  readonly resourceName: ResourceName | undefined;
  readonly phrase: Phrase;
}

const collections = { organization: "organizations", folder: "folders", project: "projects" } as const;

/** A well-formed number or ID, such as `example.com:shop-dev`: nothing else becomes part of a link. */
const id = /^[a-z0-9][a-z0-9.:-]{0,99}$/i;

/**
 * @param property The place's number or ID, alone or after its collection, as in `folders/456789012345`.
 * @param name The name of the resource in the stack, which contains the place's key in the config.
 * @param level The level, if the property does not contain it.
 */
export function placeOf(property: unknown, name: string, level?: Level): Place {
  const text = knownText(property);
  const [, collection, rest = text] = /^(organizations|folders|projects)\/(.*)$/s.exec(text ?? "") ?? [];
  const known = (Object.keys(collections) as Level[]).find((key) => collections[key] === collection) ?? level;
  const [ofName, key] = keyIn(name);
  const found = known ?? (text === undefined ? ofName : undefined);
  const what = found ?? "place";
  if (rest === undefined) {
    const why = valueOf(property).kind === "secret" ? "is a secret" : "is known after the update";
    const called =
      key === undefined ? own(`${found === "organization" ? "the" : "a"} ${what}`) : compose`${own(what)} ${code(key)}`;
    const by = { organization: "number", folder: "number", project: "ID", place: "name" }[what];
    return { level: found, resourceName: undefined, phrase: compose`${called} (its ${own(by)} ${own(why)})` };
  }
  return {
    level: found,
    resourceName: found !== undefined && id.test(rest) ? `${collections[found]}/${rest}` : undefined,
    phrase: compose`${own(what)} ${code(rest)}`,
  };
}

/** ` (TEXT)` as a link to the console, if the place is known. */
function linked({ resourceName }: Place, to: (resource: ResourceName) => string, text: string): Phrase {
  return resourceName === undefined ? [] : compose` (${link(text, to(resourceName))})`;
}

export const consoleOf = {
  access: (place: Place) => linked(place, consoleLinks.iam, "IAM"),
  contacts: (place: Place) => linked(place, consoleLinks.essentialContacts, "Essential Contacts"),
  serviceHealth: (place: Place) => linked(place, consoleLinks.serviceHealth, "Service Health"),
  cases: (place: Place) => linked(place, consoleLinks.cases, "cases"),
  billing: (place: Place) => linked(place, consoleLinks.billing, "billing"),
};

/** The level and the key of the config in the name of a child of `CustomerCare`. */
function keyIn(name: string): [level?: Level, key?: string] {
  const [, collection, key] = /\/(projects|folders)\/([^/]+)(?:\/|$)/.exec(name) ?? [];
  if (key !== undefined) return [collection === "projects" ? "project" : "folder", key];
  return /\/organization(\/|$)/.test(name) ? ["organization"] : [];
}

/**
 * Converts args of the package to the config's shape. The config accepts members as a list or a map, and contacts by category or
 * by address, under one key. Not every language has union types, so the package has a key for each.
 */
import { normalizeMember, ofContacts } from "../onboarding/index.ts";
import { notificationCategoryNames, roleNames } from "../guide/index.ts";

type Words = Readonly<Record<string, unknown>>;

/** The keys that can be Outputs (../onboarding/args.ts). */
export const outputKeys: readonly string[] = ["id", "organizationId", "folderId", "projectId"];

/** The key of contacts by address. */
export const byAddress = "byAddress";

/** `editors` → `namedEditors` */
export function namedKey(role: string): string {
  return `named${role.slice(0, 1).toUpperCase()}${role.slice(1)}`;
}

/** `notify` → `notifyContacts` */
export function contactsKey(key: string): string {
  return `${key}Contacts`;
}

/** `product-updates` → `productUpdates` */
export function categoryKey(category: string): string {
  return category.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * The args of a component in the config's shape, at each level. Values that are not maps are left for the component to
 * check.
 */
export function toConfig(args: Words): Words {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(args)) {
    if (key === "contacts") result[key] = isMap(value) ? contactsOf(value) : value;
    else if (key === "alerts") result[key] = isMap(value) ? alertsOf(value) : value;
    else if (key === "organization" || key === "everyProject") result[key] = isMap(value) ? toConfig(value) : value;
    else if (key === "folders" || key === "projects") result[key] = isMap(value) ? eachToConfig(value) : value;
    else if (!roleNames.some((role) => key === namedKey(role))) result[key] = value;
  }
  for (const role of roleNames) {
    const named = args[namedKey(role)];
    if (isMap(named)) result[role] = { ...namedMembers(args[role]), ...named };
    else if (named !== undefined) result[namedKey(role)] = named;
  }
  return result;
}

function eachToConfig(levels: Words): Words {
  return Object.fromEntries(
    Object.entries(levels).map(([key, level]) => [key, isMap(level) ? toConfig(level) : level]),
  );
}

function alertsOf({ serviceHealth, ...others }: Words): Words {
  if (!isMap(serviceHealth)) return { ...others, serviceHealth };
  const { [contactsKey("notify")]: isOfContacts, ...rest } = serviceHealth;
  if (isOfContacts !== true) return { ...others, serviceHealth: rest };
  // The component refuses both.
  if (rest["notify"] !== undefined) return { ...others, serviceHealth };
  return { ...others, serviceHealth: { ...rest, notify: ofContacts } };
}

function contactsOf({ [byAddress]: addresses = {}, ...categories }: Words): Words {
  const named = new Map(notificationCategoryNames.map((name) => [categoryKey(name), name]));
  const byCategory = Object.entries(categories).map(([key, value]) => [named.get(key) ?? key, value] as const);
  return { ...Object.fromEntries(byCategory), ...(isMap(addresses) ? addresses : { [byAddress]: addresses }) };
}

/** The members of a list as a map, with their names in the state. */
function namedMembers(members: unknown): Words {
  if (!Array.isArray(members)) return {};
  return Object.fromEntries((members as unknown[]).map((member) => [nameOf(member), member]));
}

function nameOf(member: unknown): string {
  return typeof member === "string" ? normalizeMember(member) : String(member);
}

/** Excludes Outputs. */
function isMap(value: unknown): value is Words {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}

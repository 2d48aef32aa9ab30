/** The one model of what a config, or a component's args, say: the places of the hierarchy, and what is asked for at each. */
import { notificationCategoryNames } from "../guide/index.ts";
import type { Level, NotificationCategory, ResourceName, RoleName, ServiceName } from "../guide/index.ts";
import type { TestCaseConfig } from "./schema.ts";

/** A contact that is written by its address. */
export interface ContactDetails {
  readonly categories: readonly NotificationCategory[];
  /** A BCP-47 tag. @default en */
  readonly language?: string | undefined;
}

/** Each key is a notification category with its addresses, or an address with its details. */
export type Contacts = { readonly [Category in NotificationCategory]?: readonly string[] | undefined } & Readonly<
  Record<string, readonly string[] | ContactDetails | undefined>
>;

export interface Contact {
  /** In lower case. */
  readonly email: string;
  /** In the order of the API's enum, each once. */
  readonly categories: readonly NotificationCategory[];
  /** A BCP-47 tag. */
  readonly language: string;
}

export type TestCaseArgs = ReadonlyLists<TestCaseConfig>;

/** The same, with lists that are not to be changed. */
export type ReadonlyLists<Config> = {
  readonly [Key in keyof Config]: Config[Key] extends (infer Element)[] | undefined
    ? readonly Element[] | undefined
    : Config[Key];
};

/** @typeParam Value An `Input` where the value may be known only later. */
export interface Grant<Value = string> {
  readonly role: string;
  readonly roleName: RoleName;
  /** Its name in the state: the member itself, or its key where the member is known only later. */
  readonly name: string;
  readonly member: Value;
}

/** @typeParam Value An `Input` where the value may be known only later. */
export interface Place<Value = string> {
  readonly level: Level;
  /** The keys that lead to it in the config. */
  readonly path: readonly string[];
  /** The number or the ID; undefined for an organization that is named by its domain. */
  readonly id: Value | undefined;
  /** The keys that lead to the ID. */
  readonly idPath: readonly string[];
  /** Of an organization. */
  readonly domain: string | undefined;
  readonly grants: readonly Grant<Value>[];
  /** One for each address, sorted by address. */
  readonly contacts: readonly Contact[];
  readonly services: readonly ServiceName[];
  /** What each project below a folder takes, where those are looked up. */
  readonly everyProject: Place<Value> | undefined;
  /** The test case, where it is made for this place. */
  readonly testCase: TestCaseArgs | undefined;
}

/** A place by its name in Google Cloud. */
export interface NamedPlace extends Place {
  readonly resource: ResourceName;
}

const isCategory = (key: string): key is NotificationCategory => (notificationCategoryNames as string[]).includes(key);

/** Each key of a contacts map, as what it names. */
export function contactEntries(contacts: Contacts) {
  const byCategory: [NotificationCategory, readonly string[]][] = [];
  const byAddress: [string, ContactDetails][] = [];
  for (const [key, value] of Object.entries(contacts)) {
    if (value === undefined) continue;
    if (isCategory(key)) byCategory.push([key, value as readonly string[]]);
    else byAddress.push([key, value as ContactDetails]);
  }
  return { byCategory, byAddress };
}

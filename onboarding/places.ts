/**
 * The model of a config, or of a component's args: the places of the hierarchy, each with its services, grants and
 * contacts.
 */
import { notificationCategoryNames } from "../guide/index.ts";
import type { AlertFilter, Level, NotificationCategory, ResourceName, RoleName, ServiceName } from "../guide/index.ts";
import type { TestCaseConfig } from "./schema.ts";
import type { SupportEventsModel } from "./supportEvents.ts";

/** The value of a contact whose key is its address. */
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
  /** In the order of the API's enum, without duplicates. */
  readonly categories: readonly NotificationCategory[];
  /** A BCP-47 tag. */
  readonly language: string;
}

export type TestCaseArgs = ReadonlyLists<TestCaseConfig>;

/** The same type with readonly lists. */
export type ReadonlyLists<Config> = {
  readonly [Key in keyof Config]: Config[Key] extends (infer Element)[] | undefined
    ? readonly Element[] | undefined
    : Config[Key];
};

/** @typeParam Value An `Input` where the value may be known only later. */
export interface Grant<Value = string> {
  readonly role: string;
  readonly roleName: RoleName;
  /** Its name in the state: the member, or its key if the member is an Output. */
  readonly name: string;
  readonly member: Value;
}

/** @typeParam Value An `Input` where the value may be known only later. */
export interface ServiceHealthAlerts<Value = string> extends AlertFilter {
  /** In lower case, sorted, without duplicates. */
  readonly addresses: readonly string[];
  /** Existing notification channels: known ones sorted, then Outputs. */
  readonly channels: readonly Value[];
  /** Whether the addresses are those of contacts. */
  readonly isOfContacts: boolean;
}

/** @typeParam Value An `Input` where the value may be known only later. */
export interface Place<Value = string> {
  readonly level: Level;
  /** Its path in the config. */
  readonly path: readonly string[];
  /** The number or the ID; undefined for an organization that the config identifies by its domain. */
  readonly id: Value | undefined;
  /** The path of the ID in the config. */
  readonly idPath: readonly string[];
  /** The domain of an organization. */
  readonly domain: string | undefined;
  readonly grants: readonly Grant<Value>[];
  /** One for each address, sorted by address. */
  readonly contacts: readonly Contact[];
  /** Those of the config, and those that its alerts need. */
  readonly services: readonly ServiceName[];
  /** Of a project. */
  readonly alerts: ServiceHealthAlerts<Value> | undefined;
  /** The config of each project below a folder with `everyProject`. */
  readonly everyProject: Place<Value> | undefined;
  /** The test case, if it is for this place. */
  readonly testCase: TestCaseArgs | undefined;
  /** Where the events of an organization's cases are published. */
  readonly supportEvents: SupportEventsModel<Value> | undefined;
}

/** A place with its resource name in Google Cloud. */
export interface NamedPlace extends Place {
  readonly resource: ResourceName;
}

const isCategory = (key: string): key is NotificationCategory => (notificationCategoryNames as string[]).includes(key);

/** The entries of a contacts map, by category and by address. */
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

/**
 * Checks a config, or a component's args, and parses it into the model: the places of the hierarchy, each with its services,
 * grants and contacts.
 */
import type { z } from "zod";
import { alertServices, defaultServices, levels, notificationCategoryNames, roleNames, roles } from "../guide/index.ts";
import type {
  Level,
  NotificationCategory,
  PlanName,
  RoleName,
  ServiceName,
  ValueAddedService,
} from "../guide/index.ts";
import { alertsOf } from "./alerts.ts";
import type { WrittenAlerts } from "./alerts.ts";
import { checkAs, modelOf } from "./check.ts";
import type { Checked, Part, WrittenKeys } from "./check.ts";
import { crossChecks, placeAloneProblems, testCaseAloneProblems } from "./crossChecks.ts";
import { isEmailAddress } from "./emailAddress.ts";
import { acknowledge } from "./findings.ts";
import type { Acknowledgements } from "./findings.ts";
import { contactEntries } from "./places.ts";
import type { Contact, Contacts, Grant, NamedPlace, Place, TestCaseArgs } from "./places.ts";
import type { IsUnknown } from "./problems.ts";
import { folder, organization, project, schema, testCase } from "./schema.ts";
import type { CustomerCareConfig, TestCaseConfig } from "./schema.ts";
import { supportEvents, supportEventsModel, supportEventsProblems } from "./supportEvents.ts";
import type { SupportEventsConfig } from "./supportEvents.ts";

const whole: Part<CustomerCareConfig> = {
  schema,
  partial: schema.partial(),
  crossCheck: (rest, written) => {
    // Only a config without problems keeps the model, so its plan is known.
    const model = modelFrom(rest as CustomerCareConfig);
    return { model, problems: crossChecks(rest, model.places, written) };
  },
};

const levelPart = <Config extends WrittenLevel<string>>(level: Level, of: z.ZodType<Config>): Part<Config> => ({
  schema: of,
  partial: of,
  crossCheck: (rest, written) => {
    const model = placeAt<string>(level, [], rest);
    return { model, problems: placeAloneProblems(model, rest, written) };
  },
});

const parts = {
  organization: levelPart("organization", organization),
  folder: levelPart("folder", folder),
  project: levelPart("project", project),
  testCase: {
    schema: testCase,
    partial: testCase,
    crossCheck: (rest, { isUnknown }) => ({ problems: testCaseAloneProblems(rest, isUnknown) }),
  } satisfies Part<TestCaseConfig>,
  supportEvents: {
    schema: supportEvents,
    partial: supportEvents.partial(),
    crossCheck: (rest, { isUnknown }) => ({ problems: supportEventsProblems(rest, [], isUnknown) }),
  } satisfies Part<SupportEventsConfig>,
};

const acknowledgePart: Part<Acknowledgements> = {
  schema: acknowledge,
  partial: acknowledge,
  crossCheck: () => ({ problems: [] }),
};

/**
 * @param document The config as written.
 * @param isUnknown Whether the value at a path is an Output, which `document` does not contain.
 * @param writtenKeys Maps the keys of a map to the keys that error messages list.
 */
export function check(document: unknown, isUnknown?: IsUnknown, writtenKeys?: WrittenKeys): Checked {
  return checkAs(whole, document, isUnknown, writtenKeys);
}

/**
 * The same for a part of the config. The paths of its problems are relative to the part. A component that takes a part also takes
 * `acknowledge`.
 */
export function checkPart(
  part: keyof typeof parts,
  document: unknown,
  isUnknown?: IsUnknown,
  writtenKeys?: WrittenKeys,
): Checked<object> {
  const { acknowledge: given = {}, ...rest } = document as { readonly acknowledge?: unknown };
  const checked = checkAs(parts[part] as Part<object>, rest, isUnknown, writtenKeys);
  const problems = checkAs(acknowledgePart, given).problems.map(({ path, message }) => ({
    path: ["acknowledge", ...path],
    message,
  }));
  return problems.length === 0 ? checked : { config: undefined, problems: [...checked.problems, ...problems] };
}

/** The keys of every level. */
interface WrittenLevel<Value> {
  readonly contacts?: Contacts | undefined;
  readonly services?: readonly ServiceName[] | undefined;
  readonly alerts?: WrittenAlerts<Value> | undefined;
}

type WrittenMembers<Value> = Partial<Record<RoleName, readonly string[] | Readonly<Record<string, Value>>>>;

/** The keys of a config, or of a component's args, that define its places. */
export interface Written<Value> {
  readonly organization?:
    | (WrittenLevel<Value> & {
        readonly id?: Value | undefined;
        readonly domain?: string | undefined;
        readonly supportEvents?: { readonly project: Value | string; readonly topic?: string | undefined } | undefined;
      })
    | undefined;
  readonly folders?:
    | Readonly<
        Record<
          string,
          WrittenLevel<Value> & {
            readonly folderId?: Value | undefined;
            readonly everyProject?: WrittenLevel<Value> | undefined;
          }
        >
      >
    | undefined;
  readonly projects?:
    Readonly<Record<string, WrittenLevel<Value> & { readonly projectId?: Value | undefined }>> | undefined;
  readonly testCase?: TestCaseArgs | undefined;
}

/**
 * The places of a config: the organization, folders, then projects, each in the order in which they are written.
 *
 * @typeParam Value An `Input` where the value may be known only later.
 */
function placesIn<Value = string>(config: Written<Value>): Place<Value | string>[] {
  const { organization: top, folders = {}, projects = {}, testCase: asked } = config;
  const ofOrganization =
    top === undefined
      ? []
      : [
          placeAt<Value>("organization", ["organization"], top, {
            id: top.id,
            idPath: ["organization", "id"],
            domain: top.domain,
            testCase: asked?.organization === true ? asked : undefined,
            supportEvents: top.supportEvents && supportEventsModel<Value | string>(top.supportEvents),
          }),
        ];
  const contactsOfTop = ofOrganization.map(({ contacts }) => contacts);
  const ofFolders = Object.entries(folders).map(([key, level]) => {
    const path = ["folders", key];
    const { folderId: id, everyProject } = level;
    const place = placeAt<Value>("folder", path, level, idOf(path, id, "folderId"));
    if (everyProject === undefined) return place;
    const above = [place.contacts, ...contactsOfTop];
    return {
      ...place,
      everyProject: placeAt<Value>("project", [...path, "everyProject"], everyProject, {}, above),
    };
  });
  const ofProjects = Object.entries(projects).map(([key, level]) => {
    const path = ["projects", key];
    const more = {
      ...idOf(path, level.projectId, "projectId"),
      testCase: asked?.project === key ? asked : undefined,
    };
    return placeAt<Value>("project", path, level, more, contactsOfTop);
  });
  return [...ofOrganization, ...ofFolders, ...ofProjects];
}

/** The ID is the key, or the value of `idKey`. */
function idOf<Value>(path: readonly string[], id: Value | undefined, idKey: string) {
  return id === undefined ? { id: path.at(-1) ?? "", idPath: path } : { id, idPath: [...path, idKey] };
}

/**
 * The model of one place.
 *
 * @param contactsAbove The contacts of each place above it, as far as the config has them.
 */
export function placeAt<Value = string>(
  level: Level,
  path: readonly string[],
  written: WrittenLevel<Value>,
  more: Partial<Place<Value | string>> = {},
  contactsAbove: readonly (readonly Contact[])[] = [],
): Place<Value | string> {
  const members = written as WrittenMembers<Value>;
  const contacts = contactsByAddress(written.contacts);
  const { serviceHealth } = written.alerts ?? {};
  const alerts = serviceHealth && alertsOf(serviceHealth, [contacts, ...contactsAbove]);
  const services = [...(written.services ?? defaultServices), ...(alerts === undefined ? [] : alertServices)];
  return {
    level,
    path,
    id: undefined,
    idPath: path,
    domain: undefined,
    grants: roleNames.flatMap((roleName) =>
      namedMembers(members[roleName] ?? []).map((named) => ({ role: roles[roleName].role, roleName, ...named })),
    ),
    contacts,
    services: level === "project" ? [...new Set(services)] : [],
    alerts,
    everyProject: undefined,
    testCase: undefined,
    supportEvents: undefined,
    ...more,
  };
}

/** The members, each with its name in the state. */
function namedMembers<Value>(members: readonly string[] | Readonly<Record<string, Value>>) {
  return Array.isArray(members)
    ? (members as readonly string[]).map((one): Pick<Grant<Value | string>, "name" | "member"> => ({
        name: one,
        member: one,
      }))
    : Object.entries(members as Readonly<Record<string, Value>>).map(([key, one]) => ({
        name: typeof one === "string" ? one : key,
        member: one,
      }));
}

/** One contact for each address, sorted by address, because order in a config is not significant. */
function contactsByAddress(contacts: Contacts = {}): Contact[] {
  const { byCategory, byAddress } = contactEntries(contacts);
  const found = new Map<string, { categories: Set<NotificationCategory>; language: string }>();
  const at = (address: string) => {
    const email = address.toLowerCase();
    const contact = found.get(email) ?? { categories: new Set(), language: "en" };
    found.set(email, contact);
    return contact;
  };
  for (const [category, addresses] of byCategory) for (const address of addresses) at(address).categories.add(category);
  for (const [address, { categories, language }] of byAddress) {
    // crossChecks.ts reports other keys.
    if (!isEmailAddress(address)) continue;
    const contact = at(address);
    for (const category of categories) contact.categories.add(category);
    if (language !== undefined) contact.language = language;
  }
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([email, { categories, language }]) => ({
      email,
      categories: notificationCategoryNames.filter((name) => categories.has(name)),
      language,
    }));
}

/** The places of each level sorted by key, because order in a config is not significant. */
function sortedByKey<Value>(places: readonly Place<Value>[]): Place<Value>[] {
  return levels.flatMap((level) =>
    places
      .filter((place) => place.level === level)
      .sort(({ path: [, one = ""] }, { path: [, other = ""] }) => (one < other ? -1 : 1)),
  );
}

/** Sorts the places by key, and the grants of each role by name. */
export function sortedPlaces<Value>(places: readonly Place<Value>[]): Place<Value>[] {
  return sortedByKey(places).map((place) => ({ ...place, grants: sortedGrants(place.grants) }));
}

export function sortedGrants<Value>(grants: readonly Grant<Value>[]): Grant<Value>[] {
  return roleNames.flatMap((role) =>
    grants.filter(({ roleName }) => roleName === role).sort(({ name: one }, { name: other }) => (one < other ? -1 : 1)),
  );
}

/**
 * The places with their resource names in Google Cloud.
 *
 * @param organizationNumber If undefined, the organization is omitted.
 * @param resolved The config that includes the projects below folders.
 */
export function placesOf(
  config: CustomerCareConfig,
  organizationNumber: string | undefined,
  resolved: Pick<CustomerCareConfig, "projects"> = config,
): NamedPlace[] {
  const all = resolved.projects === config.projects ? config : { ...config, projects: resolved.projects };
  return sortedByKey(placesOfConfig(all)).flatMap((place) => {
    const id = place.level === "organization" ? organizationNumber : place.id;
    return id === undefined ? [] : [{ ...place, id, resource: `${place.level}s/${id}` }];
  });
}

/** The model of a config or of a component's args. */
export interface Onboarding<Value = string> {
  readonly plan: PlanName;
  readonly valueAddedServices: readonly ValueAddedService[];
  /** The organization, folders, then projects, each in the order in which they are written. */
  readonly places: readonly Place<Value | string>[];
}

/** What a config, or a component's args, has in addition to its places. */
interface WrittenWhole<Value> extends Written<Value> {
  readonly plan: PlanName;
  readonly valueAddedServices?: readonly ValueAddedService[] | undefined;
}

/** The model of a checked config: from its check, or a new one if the config has changed since. */
export function onboardingOf<Value = string>(config: WrittenWhole<Value>): Onboarding<Value> {
  return modelOf<Onboarding<Value>>(config) ?? modelFrom(config);
}

/** The places in the model of a config. */
export function placesOfConfig<Value = string>(config: Written<Value>): Onboarding<Value>["places"] {
  return modelOf<Onboarding<Value>>(config)?.places ?? placesIn(config);
}

function modelFrom<Value>(config: WrittenWhole<Value>): Onboarding<Value> {
  const { plan, valueAddedServices = [] } = config;
  return { plan, valueAddedServices, places: placesIn(config) };
}

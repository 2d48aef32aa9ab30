/** What no single value of a config shows: names that must be known elsewhere, things said twice, what the plan lacks. */
import { notificationCategoryNames, plans, roleNames, roles } from "../guide/index.ts";
import type { NotificationCategory, RoleName } from "../guide/index.ts";
import { otherCategoryNames } from "./otherNames.ts";
import { adoptionProblems } from "./besideAdopt.ts";
import { contactEntries, contactsByAddress } from "./contacts.ts";
import type { ContactDetails, Contacts } from "./contacts.ts";
import { emailAddressMeant, isEmailAddress } from "./emailAddress.ts";
import { hiddenCharacter, hiddenNote } from "./hiddenCharacters.ts";
import { didYouMean, oneOfMany } from "./nearNames.ts";
import { allOf, formatPath, oneOf, show, showKey } from "./problems.ts";
import type { Problem } from "./problems.ts";
import type {
  CustomerCareConfig,
  EveryProjectConfig,
  FolderConfig,
  OrganizationConfig,
  ProjectConfig,
} from "./schema.ts";
import { shardOf } from "./shards.ts";
import { folderIdProblem, projectIdProblem } from "./values.ts";

/** A config of which some values may be absent, since they are wrong or not known yet. */
export type PartialConfig = Partial<CustomerCareConfig>;

type LevelConfig = OrganizationConfig | FolderConfig | ProjectConfig | EveryProjectConfig;

/** A level of the config: where it stands, and what it says. */
interface Place {
  readonly path: readonly string[];
  readonly config: LevelConfig;
}

/** A name beside `projectId` or `folderId`: a part of names in the state. */
const givenName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * @param isUnknown Whether the value at a path is there, but absent here: it is wrong, or known only later.
 * @param keysWritten The keys of the map at a path, those among them whose values are wrong.
 */
export function crossChecks(
  config: PartialConfig,
  isUnknown: (path: readonly string[]) => boolean,
  keysWritten: (path: readonly string[]) => readonly string[],
): Problem[] {
  return [
    ...organizationProblems(config, isUnknown),
    ...keyProblems("projects", config.projects ?? {}, "projectId", projectIdProblem, isUnknown),
    ...keyProblems("folders", config.folders ?? {}, "folderId", folderIdProblem, isUnknown),
    ...listProblems(config, keysWritten),
    ...claimedTwice(config),
    ...planProblems(config, keysWritten),
    ...shardProblems(config, isUnknown),
    ...testCaseProblems(config, isUnknown),
  ];
}

function placesBelow(config: PartialConfig): Place[] {
  const inCollections = (["folders", "projects"] as const).flatMap((collection) =>
    Object.entries<LevelConfig>(config[collection] ?? {}).map(([key, value]) => ({
      path: [collection, key],
      config: value,
    })),
  );
  return [...inCollections, ...everyProjects(config).map(({ place }) => place)];
}

/** What every project below a folder takes, and the folder, which reaches all of them. */
function everyProjects({ folders = {} }: PartialConfig): { readonly place: Place; readonly folder: Place }[] {
  return Object.entries(folders).flatMap(([key, folder]) => {
    const path = ["folders", key];
    const { everyProject } = folder;
    return everyProject === undefined
      ? []
      : [{ place: { path: [...path, "everyProject"], config: everyProject }, folder: { path, config: folder } }];
  });
}

function places(config: PartialConfig): Place[] {
  const organization = config.organization ? [{ path: ["organization"], config: config.organization }] : [];
  return [...organization, ...placesBelow(config)];
}

function organizationProblems({ organization }: PartialConfig, isUnknown: (path: readonly string[]) => boolean) {
  if (organization === undefined) return [];
  const hasId = organization.id !== undefined || isUnknown(["organization", "id"]);
  const hasDomain = organization.domain !== undefined || isUnknown(["organization", "domain"]);
  if (hasId && hasDomain) return [{ path: ["organization"], message: "has both domain and id; write one of them" }];
  if (!hasId && !hasDomain)
    return [
      {
        path: ["organization"],
        message: 'does not say which organization; write domain, such as "example.com", or id, such as "123456789012"',
      },
    ];
  return [];
}

/** A key is the resource's own id, or a name with the id beside it; two keys for one resource would claim it twice. */
function keyProblems<IdKey extends "projectId" | "folderId">(
  collection: "projects" | "folders",
  entries: Record<string, { readonly [Key in IdKey]?: string | undefined }>,
  idKey: IdKey,
  idProblem: (value: string) => string | undefined,
  isUnknown: (path: readonly string[]) => boolean,
): Problem[] {
  const problems: Problem[] = [];
  const keyOf = new Map<string, string>();
  for (const [key, entry] of Object.entries(entries)) {
    const path = [collection, key];
    if (entry[idKey] === undefined && !isUnknown([...path, idKey])) {
      const problem = idProblem(key);
      if (problem !== undefined)
        problems.push({
          path,
          message: `${problem}, or give the ${collection.slice(0, -1)} any name with ${idKey} beside it`,
        });
    } else if (!givenName.test(key)) {
      problems.push({
        path,
        message: `${show(key)} is not a name (letters, digits, dots, hyphens and underscores); write one such as "shop"`,
      });
    }
    if (isUnknown([...path, idKey])) continue;
    const id = entry[idKey] ?? key;
    const first = keyOf.get(id);
    if (first === undefined) keyOf.set(id, key);
    else
      problems.push({
        path,
        message: `${show(id)} is also ${formatPath([collection, first])}; write one of them`,
      });
  }
  return problems;
}

/** Lists that say the same thing twice, and contacts that stand under something other than a category or an address. */
function listProblems(config: PartialConfig, keysWritten: (path: readonly string[]) => readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const noneTwice = (path: readonly string[], values: readonly string[] | undefined) => {
    for (const value of new Set(values?.filter((value, index) => values.indexOf(value) !== index)))
      problems.push({ path, message: `${show(value)} is listed twice; write it once` });
  };
  noneTwice(["valueAddedServices"], config.valueAddedServices);
  for (const key of ["subscriberEmailAddresses", "comments", "attachments", "ignoreCases"] as const)
    noneTwice(["testCase", key], config.testCase?.[key]);
  for (const { path, config: place } of places(config)) {
    for (const name of roleNames) noneTwice([...path, name], membersOf(place, name));
    if ("services" in place) noneTwice([...path, "services"], place.services);
    if (place.contacts !== undefined) problems.push(...contactProblems([...path, "contacts"], place.contacts));
  }
  return problems;

  function contactProblems(path: readonly string[], contacts: Contacts): Problem[] {
    const found: Problem[] = [];
    const { byCategory } = contactEntries(contacts);
    for (const [category, addresses] of byCategory) noneTwice([...path, category], addresses);
    const categoriesOf = new Map<string, NotificationCategory[]>();
    for (const [category, addresses] of byCategory)
      for (const address of addresses) categoriesOf.set(address, [...(categoriesOf.get(address) ?? []), category]);
    const keyOf = new Map<string, string>();
    for (const key of keysWritten(path)) {
      if ((notificationCategoryNames as string[]).includes(key)) continue;
      if (!isEmailAddress(key)) {
        found.push(contactKeyProblem([...path, key]));
        continue;
      }
      noneTwice([...path, key, "categories"], (contacts[key] as ContactDetails | undefined)?.categories);
      const address = key.toLowerCase();
      const first = keyOf.get(address);
      if (first !== undefined)
        found.push({ path: [...path, key], message: `is listed twice, as ${first} too; write it once` });
      keyOf.set(address, key);
      const categories = categoriesOf.get(address);
      if (categories !== undefined)
        found.push({
          path: [...path, key],
          message: `is listed twice, under ${allOf([...new Set(categories)])} too; write the address at one of the two places`,
        });
    }
    return found;
  }
}

/** @param path Ends in a key of contacts that is neither a category nor an address. */
export function contactKeyProblem(path: readonly string[]): Problem {
  const key = path.at(-1) ?? "";
  const near = didYouMean(key, notificationCategoryNames, otherCategoryNames);
  const meant = emailAddressMeant(key);
  // A category may be written with a blank, an address has none.
  const note = key.includes("@") && meant === undefined ? hiddenNote(key, hiddenCharacter(key)) : hiddenNote(key);
  const instead = meant === undefined ? "an address with its categories" : `${show(meant)} with its categories`;
  return {
    path,
    message: `${show(key)} ${note}is neither a notification category nor an e-mail address${near}; write ${oneOf(notificationCategoryNames)}, or ${instead}`,
  };
}

function membersOf(place: LevelConfig, name: RoleName): readonly string[] | undefined {
  return (place as Partial<Record<RoleName, readonly string[]>>)[name];
}

/** What the organization or a folder says reaches all that is below it: saying it there again would give it two owners. */
function claimedTwice(config: PartialConfig): Problem[] {
  const { organization } = config;
  const ofOrganization: Place | undefined = organization && { path: ["organization"], config: organization };
  return [
    ...(ofOrganization === undefined ? [] : placesBelow(config).flatMap((place) => saidAbove(ofOrganization, place))),
    ...everyProjects(config).flatMap(({ folder, place }) => saidAbove(folder, place)),
  ];
}

function saidAbove(above: Place, { path, config: place }: Place): Problem[] {
  const contactsAbove = new Map(
    contactsByAddress(wellKeyed(above.config.contacts)).map((contact) => [contact.email, contact]),
  );
  const at = (key: string) => formatPath([...above.path, key]);
  return [
    ...roleNames.flatMap((name) => {
      const held = new Set(membersOf(above.config, name));
      return (membersOf(place, name) ?? [])
        .filter((member) => held.has(member))
        .map((member) => ({
          path: [...path, name],
          message: `${show(member)} has ${roles[name].role} by ${at(name)} already, which reaches all that is below it; leave out one of the two`,
        }));
    }),
    ...contactsByAddress(wellKeyed(place.contacts)).flatMap(({ email, categories }) => {
      const heard = contactsAbove.get(email)?.categories ?? [];
      const twice = heard.includes("all") ? categories : categories.filter((category) => heard.includes(category));
      return twice.length === 0
        ? []
        : [
            {
              path: [...path, "contacts"],
              message: `${show(email)} gets ${allOf(twice)} by ${at("contacts")} already, which reach all that is below it; leave out one of the two`,
            },
          ];
    }),
  ];
}

/** A project's stack is told by its ID. */
function shardProblems(
  { shard, projects = {}, fleet }: PartialConfig,
  isUnknown: (path: readonly string[]) => boolean,
): Problem[] {
  if (shard === undefined) return [];
  const { number, of } = shard;
  if (fleet !== undefined)
    return [{ path: ["shard"], message: "does not go with fleet: a file is a fleet's or a shard's; leave out one" }];
  if (number >= of)
    return [
      {
        path: ["shard", "number"],
        message: `${String(number)} is not below ${String(of)}, the number of shards; write a whole number from 0 to ${String(of - 1)}`,
      },
    ];
  return Object.entries(projects).flatMap(([key, { projectId = key }]) => {
    const own = shardOf(projectId, of);
    return own === number || isUnknown(["projects", key, "projectId"])
      ? []
      : [
          {
            path: ["projects", key],
            message: `belongs to shard ${String(own)} of ${String(of)}, not to ${String(number)}; write it into the fleet's file, and run care fleet`,
          },
        ];
  });
}

/** Without the keys that are neither a category nor an address, which have a problem of their own. */
function wellKeyed(contacts: Contacts = {}): Contacts {
  const entries = Object.entries(contacts);
  return Object.fromEntries(
    entries.filter(([key]) => (notificationCategoryNames as string[]).includes(key) || isEmailAddress(key)),
  );
}

function planProblems(
  { plan: planName, valueAddedServices = [], testCase }: PartialConfig,
  keysWritten: (path: readonly string[]) => readonly string[],
): Problem[] {
  if (planName === undefined) return [];
  const plan = plans[planName];
  const problems: Problem[] = [];
  const allowed: readonly string[] = plan.valueAddedServices;
  for (const service of new Set(valueAddedServices)) {
    if (!allowed.includes(service))
      problems.push({
        path: ["valueAddedServices"],
        message: `${show(service)} cannot be had with plan ${planName}; ${allowed.length === 0 ? "leave it out" : `write ${oneOf(allowed)}`}`,
      });
  }
  if (testCase === undefined) return problems;
  if (!plan.cloudSupportApi)
    return [
      ...problems,
      {
        path: ["testCase"],
        message: `cannot be made with plan ${planName}, which has no Cloud Support API; leave it out, or write the plan that was bought`,
      },
    ];
  if (keysWritten(["testCase"]).includes("escalation") && !plan.escalations)
    problems.push({
      path: ["testCase", "escalation"],
      message: `cannot be had with plan ${planName}; leave it out, or write the plan that was bought`,
    });
  const priorities: readonly string[] = plan.casePriorities;
  if (testCase.priority !== undefined && !priorities.includes(testCase.priority))
    problems.push({
      path: ["testCase", "priority"],
      message: `${show(testCase.priority)} cannot be had with plan ${planName}; write ${oneOf(priorities)}`,
    });
  return problems;
}

function testCaseProblems(config: PartialConfig, isUnknown: (path: readonly string[]) => boolean): Problem[] {
  const { testCase, projects, organization } = config;
  if (testCase === undefined) return [];
  const problems: Problem[] = [];
  const known = Object.keys(projects ?? {});
  const isSaid = (key: "project" | "organization") => testCase[key] !== undefined || isUnknown(["testCase", key]);
  if (testCase.project !== undefined && testCase.organization)
    problems.push({ path: ["testCase"], message: "has both project and organization; write one of them" });
  if (!isSaid("project") && !isSaid("organization"))
    problems.push({
      path: ["testCase"],
      message: `does not say what the case is for; write project: ${showKey(known[0] ?? "shop-dev")}, or organization: true`,
    });
  // What is below a folder is looked up later.
  const isKnown = (project: string) =>
    known.includes(project) ||
    isUnknown(["projects"]) ||
    isUnknown(["projects", project]) ||
    everyProjects(config).length > 0;
  if (testCase.project !== undefined && !isKnown(testCase.project))
    problems.push({
      path: ["testCase", "project"],
      message: `${show(testCase.project)} is not a key of projects${didYouMean(testCase.project, known)}; ${known.length === 0 ? "add it there" : `write ${oneOfMany(known.map(showKey))}`}`,
    });
  if (testCase.organization && organization === undefined && !isUnknown(["organization"]))
    problems.push({
      path: ["testCase", "organization"],
      message: "is true, but the config has no organization; write organization with its domain or id",
    });
  problems.push(...adoptionProblems(testCase, testCase.adopt !== undefined || isUnknown(["testCase", "adopt"])));
  if (testCase.channel === "chat" && testCase.language !== undefined && testCase.language !== "en")
    problems.push({
      path: ["testCase", "channel"],
      message: `"chat" is in English only, and the language is ${show(testCase.language)}; write channel: email, or language: en`,
    });
  return problems;
}

/** Checks across values of a config: references, duplicates, and what the plan does not include. */
import { notificationCategoryNames, plans, roleNames } from "../guide/index.ts";
import type { NotificationCategory, Plan, PlanName } from "../guide/index.ts";
import { alertProblems, filterProblems, recipientProblems } from "./alerts.ts";
import type { WrittenAlerts } from "./alerts.ts";
import { adoptionProblems } from "./adoptKeys.ts";
import { contactKeyProblem } from "./contactKeys.ts";
import { isEmailAddress } from "./emailAddress.ts";
import { didYouMean, oneOfMany } from "./nearNames.ts";
import { contactEntries } from "./places.ts";
import type { ContactDetails, Contacts, Place } from "./places.ts";
import { allOf, formatPath, oneOf, show, showKey } from "./problems.ts";
import type { AsWritten, IsUnknown, Problem } from "./problems.ts";
import type { CustomerCareConfig, TestCaseConfig } from "./schema.ts";
import { shardOf } from "./shards.ts";
import { supportEventsProblems } from "./supportEvents.ts";
import { folderIdProblem, projectIdProblem } from "./values.ts";

/** A config without its invalid and unknown values. */
export type PartialConfig = Partial<CustomerCareConfig>;

/** A key with `projectId` or `folderId`. Names in the state can contain it. */
const keyName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

type KeysWritten = AsWritten["keysWritten"];

/**
 * @param places The places of the config, in the order in which they are written.
 */
export function crossChecks(config: PartialConfig, places: readonly Place[], written: AsWritten): Problem[] {
  const { isUnknown, keysWritten } = written;
  const all = [...places, ...places.flatMap(({ everyProject = [] }) => everyProject)];
  return [
    ...organizationProblems(config, isUnknown),
    ...supportEventsProblems(
      config.organization?.supportEvents ?? {},
      ["organization", "supportEvents"],
      isUnknown,
      config.projects,
    ),
    ...keyProblems("projects", config.projects ?? {}, "projectId", projectIdProblem, isUnknown),
    ...keyProblems("folders", config.folders ?? {}, "folderId", folderIdProblem, isUnknown),
    ...duplicateValues(["valueAddedServices"], config.valueAddedServices),
    ...testCaseListProblems(config.testCase),
    ...all.flatMap((place) => placeProblems(place, writtenAt(config, place.path), written)),
    ...all.flatMap((place) => recipientProblems(place, contactPathsOf(config, place), written.isDoubtful)),
    ...inheritanceProblems(all),
    ...planProblems(config, keysWritten).map((one) => ({ ...one, section: "plan" as const })),
    ...shardProblems(config, isUnknown),
    ...testCaseProblems(config, isUnknown),
  ];
}

/** The paths of the contacts that the config has for incidents at a place. */
function contactPathsOf({ organization }: PartialConfig, { path }: Place): string[][] {
  const folder = path.at(-1) === "everyProject" ? [[...path.slice(0, -1), "contacts"]] : [];
  const top = organization === undefined ? [] : [["organization", "contacts"]];
  return [[...path, "contacts"], ...folder, ...top];
}

/** The problems of a place without the rest of the config. */
export function placeAloneProblems(place: Place, config: WrittenPlace, written: AsWritten): Problem[] {
  const ofRecipients = recipientProblems(place, [[...place.path, "contacts"]], written.isDoubtful);
  return [...placeProblems(place, config, written), ...ofRecipients];
}

/** The problems of a test case without the rest of the config. Paths are relative to the test case. */
export function testCaseAloneProblems(testCase: TestCaseConfig, isUnknown: IsUnknown): Problem[] {
  const isAbsent: IsUnknown = ([, ...path]) => isUnknown(path);
  return [...testCaseListProblems(testCase), ...formProblems(testCase, isAbsent)].map(({ path, message }) => ({
    path: path.slice(1),
    message,
  }));
}

function writtenAt(config: PartialConfig, path: readonly string[]): object {
  return path.reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], config) as object;
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
        message: 'has neither domain nor id; write domain, such as "example.com", or id, such as "123456789012"',
      },
    ];
  return [];
}

/** A key is the resource's ID, or a name if the ID is given. Two keys must not have the same ID. */
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
          message: `${problem}, or use any name as the key and add ${idKey}`,
        });
    } else if (!keyName.test(key)) {
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

function duplicateValues(path: Problem["path"], values: readonly string[] | undefined): Problem[] {
  return [...new Set(values?.filter((value, index) => values.indexOf(value) !== index))].map((value) => ({
    path,
    message: `${show(value)} is listed twice; write it once`,
  }));
}

function testCaseListProblems(testCase: TestCaseConfig | undefined): Problem[] {
  return (["subscriberEmailAddresses", "comments", "attachments", "ignoreCases"] as const).flatMap((key) =>
    duplicateValues(["testCase", key], testCase?.[key]),
  );
}

/** The config of a place. */
interface WrittenPlace {
  readonly services?: readonly string[] | undefined;
  readonly contacts?: Contacts | undefined;
  readonly alerts?: WrittenAlerts<string> | undefined;
}

/** The problems of one place: duplicates in lists, contacts whose key is neither a category nor an address, alerts. */
function placeProblems(
  place: Place,
  { services, contacts, alerts }: WrittenPlace,
  { isUnknown, keysWritten }: AsWritten,
): Problem[] {
  const { path, grants } = place;
  return [
    ...roleNames.flatMap((name) =>
      duplicateValues(
        [...path, name],
        grants.flatMap(({ roleName, member }) => (roleName === name ? [member] : [])),
      ),
    ),
    ...duplicateValues([...path, "services"], services),
    ...(contacts === undefined ? [] : contactProblems([...path, "contacts"], contacts, keysWritten)),
    ...(alerts === undefined ? [] : serviceHealthProblems(place, alerts.serviceHealth, isUnknown)),
  ];
}

function serviceHealthProblems(
  place: Place,
  written: WrittenAlerts<string>["serviceHealth"],
  isUnknown: IsUnknown,
): Problem[] {
  const at = [...place.path, "alerts", "serviceHealth"];
  const { notify, ...others } = written;
  const lists = { ...others, ...(notify !== "contacts" && { notify }) };
  const repeated = Object.entries(lists).flatMap(([key, value]) =>
    duplicateValues([...at, key], Array.isArray(value) ? (value as readonly string[]) : undefined),
  );
  return [...repeated, ...filterProblems(place), ...alertProblems(place, written, isUnknown)];
}

function contactProblems(path: readonly string[], contacts: Contacts, keysWritten: KeysWritten): Problem[] {
  const found: Problem[] = [];
  const { byCategory } = contactEntries(contacts);
  for (const [category, addresses] of byCategory) found.push(...duplicateValues([...path, category], addresses));
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
    const details = contacts[key] as ContactDetails | undefined;
    found.push(...duplicateValues([...path, key, "categories"], details?.categories));
    const address = key.toLowerCase();
    const first = keyOf.get(address);
    if (first !== undefined) found.push({ path: [...path, key], message: `is also listed as ${first}; write it once` });
    keyOf.set(address, key);
    const categories = categoriesOf.get(address);
    if (categories !== undefined)
      found.push({
        path: [...path, key],
        message: `is also listed under ${allOf([...new Set(categories)])}; write the address in one of the two ways`,
      });
  }
  return found;
}

/** Grants and contacts apply to everything below their place, so the same one further down is a duplicate. */
function inheritanceProblems(places: readonly Place[]): Problem[] {
  const [top] = places.filter(({ level }) => level === "organization");
  return [
    ...(top === undefined
      ? []
      : places.filter((place) => place !== top).flatMap((place) => inheritedDuplicates(top, place))),
    ...places.flatMap((folder) =>
      folder.everyProject === undefined ? [] : inheritedDuplicates(folder, folder.everyProject),
    ),
  ];
}

function inheritedDuplicates(above: Place, { path, grants, contacts }: Place): Problem[] {
  const granted = new Set(above.grants.map(({ roleName, member }) => `${roleName} ${member}`));
  const contactsAbove = new Map(above.contacts.map((contact) => [contact.email, contact]));
  const at = (key: string) => formatPath([...above.path, key]);
  return [
    ...grants
      .filter(({ roleName, member }) => granted.has(`${roleName} ${member}`))
      .map(({ role, roleName, member }) => ({
        path: [...path, roleName],
        message: `${show(member)} already has ${role} from ${at(roleName)}, which applies to everything below it; leave out one of the two`,
      })),
    ...contacts.flatMap(({ email, categories }) => {
      const inherited = contactsAbove.get(email)?.categories ?? [];
      const twice = inherited.includes("all")
        ? categories
        : categories.filter((category) => inherited.includes(category));
      return twice.length === 0
        ? []
        : [
            {
              path: [...path, "contacts"],
              message: `${show(email)} already gets ${allOf(twice)} from ${at("contacts")}, which apply to everything below it; leave out one of the two`,
            },
          ];
    }),
  ];
}

/** The ID of a project decides its shard. */
function shardProblems(
  { shard, projects = {}, fleet }: PartialConfig,
  isUnknown: (path: readonly string[]) => boolean,
): Problem[] {
  if (shard === undefined) return [];
  const { number, of } = shard;
  if (fleet !== undefined) return [{ path: ["shard"], message: "cannot be used with fleet; leave out one of the two" }];
  if (number >= of)
    return [
      {
        path: ["shard", "number"],
        message: `${String(number)} is not less than ${String(of)}, the number of shards; write a whole number from 0 to ${String(of - 1)}`,
      },
    ];
  return Object.entries(projects).flatMap(([key, { projectId = key }]) => {
    const own = shardOf(projectId, of);
    return own === number || isUnknown(["projects", key, "projectId"])
      ? []
      : [
          {
            path: ["projects", key],
            message: `belongs to shard ${String(own)} of ${String(of)}, not to ${String(number)}; move it to the fleet's file, and run care fleet`,
          },
        ];
  });
}

function planProblems(
  { plan: planName, valueAddedServices = [], testCase, organization }: PartialConfig,
  keysWritten: KeysWritten,
): Problem[] {
  if (planName === undefined) return [];
  const plan = plans[planName];
  const problems: Problem[] = [];
  const allowed: readonly string[] = plan.valueAddedServices;
  for (const service of new Set(valueAddedServices)) {
    if (!allowed.includes(service))
      problems.push({
        path: ["valueAddedServices"],
        message: `${show(service)} ${requires(planName, ({ valueAddedServices }) => (valueAddedServices as readonly string[]).includes(service))}; ${allowed.length === 0 ? "leave it out" : `write ${oneOf(allowed)}`}`,
      });
  }
  if (!plan.cloudSupportApi) {
    const message = `${requires(planName, ({ cloudSupportApi }) => cloudSupportApi)}, because ${plan.displayName} Support has no Cloud Support API; leave it out, or set plan to the plan that you bought`;
    const hasEvents = organization !== undefined && keysWritten(["organization"]).includes("supportEvents");
    return [
      ...problems,
      ...(hasEvents ? [{ path: ["organization", "supportEvents"], message }] : []),
      ...(testCase === undefined ? [] : [{ path: ["testCase"], message }]),
    ];
  }
  if (testCase === undefined) return problems;
  if (keysWritten(["testCase"]).includes("escalation") && !plan.escalations)
    problems.push({
      path: ["testCase", "escalation"],
      message: `${requires(planName, ({ escalations }) => escalations)}; leave it out, or set plan to the plan that you bought`,
    });
  const priorities: readonly string[] = plan.casePriorities;
  if (testCase.priority !== undefined && !priorities.includes(testCase.priority))
    problems.push({
      path: ["testCase", "priority"],
      message: `${show(testCase.priority)} ${requires(planName, ({ casePriorities }) => (casePriorities as readonly string[]).includes(String(testCase.priority)))}; write ${oneOf(priorities)}`,
    });
  return problems;
}

/** Such as `requires Enhanced or Premium Support (plan is standard)`. */
function requires(planName: PlanName, isIncluded: (plan: Plan) => boolean): string {
  const names = Object.values(plans).flatMap((plan: Plan) => (isIncluded(plan) ? [plan.displayName] : []));
  return `requires ${oneOf(names)} Support (plan is ${planName})`;
}

function testCaseProblems(config: PartialConfig, isUnknown: (path: readonly string[]) => boolean): Problem[] {
  const { testCase, projects, folders, organization } = config;
  if (testCase === undefined) return [];
  const problems: Problem[] = [];
  const known = Object.keys(projects ?? {});
  const isSet = (key: "project" | "organization") => testCase[key] !== undefined || isUnknown(["testCase", key]);
  if (testCase.project !== undefined && testCase.organization)
    problems.push({ path: ["testCase"], message: "has both project and organization; write one of them" });
  if (!isSet("project") && !isSet("organization"))
    problems.push({
      path: ["testCase"],
      message: `has neither project nor organization; write project: ${showKey(known[0] ?? "shop-dev")}, or organization: true`,
    });
  // The projects below a folder are looked up later.
  const isKnown = (project: string) =>
    known.includes(project) ||
    isUnknown(["projects"]) ||
    isUnknown(["projects", project]) ||
    Object.values(folders ?? {}).some(({ everyProject }) => everyProject !== undefined);
  if (testCase.project !== undefined && !isKnown(testCase.project))
    problems.push(...testCaseProjectProblem(testCase.project, known));
  if (testCase.organization && organization === undefined && !isUnknown(["organization"]))
    problems.push({
      path: ["testCase", "organization"],
      message: "is true, but the config has no organization; write organization with its domain or id",
    });
  return [...problems, ...formProblems(testCase, isUnknown)];
}

/** @param known The keys of the projects. */
export function testCaseProjectProblem(project: string, known: readonly string[]): Problem[] {
  return known.includes(project)
    ? []
    : [
        {
          path: ["testCase", "project"],
          message: `${show(project)} is not a key of projects${didYouMean(project, known)}; ${known.length === 0 ? "add it there" : `write ${oneOfMany(known.map(showKey))}`}`,
        },
      ];
}

/** Checks across the fields of the form. */
function formProblems(testCase: TestCaseConfig, isUnknown: IsUnknown): Problem[] {
  const problems = adoptionProblems(testCase, testCase.adopt !== undefined || isUnknown(["testCase", "adopt"]));
  if (testCase.channel === "chat" && testCase.language !== undefined && testCase.language !== "en")
    problems.push({
      path: ["testCase", "channel"],
      message: `"chat" is available only in English, and the language is ${show(testCase.language)}; write channel: email, or language: en`,
    });
  return problems;
}

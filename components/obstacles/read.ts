/** Reads from Google what decides whether an update would fail. It never writes. */
import {
  answer,
  essentialContactsApi,
  GoogleError,
  monitoringApi,
  organizationOfDomain,
  orgPolicyApi,
  pubsubApi,
  resourceManagerApi,
  supportEventsApi,
} from "../../google/index.ts";
import type { Answer, EffectivePolicy, Organization, ResourceManagerApi, Transport } from "../../google/index.ts";
import { allowedPrincipals, ownerResourceOf, workspaceDomainOf } from "./constraints.ts";
import type { EffectivePolicies, MemberOrganizations } from "./constraints.ts";
import { needsOf } from "./needs.ts";
import { visibilityPermissions } from "./places.ts";
import { constraintsOf } from "./refusals.ts";
import { fullTopicName } from "./supportEvents.ts";
import type { UpdateFacts } from "./refusals.ts";
import type { Wanted, WantedGrant } from "./needs.ts";

/**
 * The permissions to test at a place: those that the update needs, and those that show whether the caller can see the
 * place.
 */
export function permissionsToAsk(wanted: Wanted): string[] {
  return [
    ...new Set([
      ...needsOf(wanted).flatMap(({ permissions }) => permissions),
      ...visibilityPermissions(wanted.resource),
    ]),
  ];
}

/** The policies of the constraints that can reject what the update creates, each with the result of its own request. */
export async function readPolicies<Result>(
  transport: Transport,
  wanted: Wanted,
  ask: (constraint: string, question: () => Promise<EffectivePolicy>) => Promise<Result>,
): Promise<Readonly<Record<string, Result>>> {
  const api = orgPolicyApi(transport);
  const policies = constraintsOf(wanted).map(
    async (constraint) =>
      [constraint, await ask(constraint, () => api.getEffectivePolicy(wanted.resource, constraint))] as const,
  );
  return Object.fromEntries(await Promise.all(policies));
}

/** Reads the facts about a place that the wanted resources need. */
export async function readUpdateFacts(transport: Transport, wanted: Wanted): Promise<UpdateFacts> {
  const { resource, grants, contacts, alerts, topic, subscription } = wanted;
  const resourceManager = resourceManagerApi(transport);
  const asked = <Value>(isAsked: boolean, ask: () => Promise<Value>): Promise<Answer<Value>> | undefined =>
    isAsked ? answer(ask) : undefined;
  const monitoring = monitoringApi(transport);
  const [permissions, policy, found, orgPolicies, ofAlerts, events] = await Promise.all([
    asked(true, () => resourceManager.testIamPermissions(resource, permissionsToAsk(wanted))),
    asked(grants.length > 0, () => resourceManager.getIamPolicy(resource)),
    asked(contacts.length > 0, () => essentialContactsApi(transport).listContacts(resource)),
    readPolicies(transport, wanted, (_constraint, question) => answer(question)),
    Promise.all([
      asked(alerts !== undefined, () => monitoring.listAlertPolicies(resource)),
      asked(alerts !== undefined, () => monitoring.listNotificationChannels(resource)),
    ]),
    Promise.all([
      topic && answer(() => pubsubApi(transport).getTopic(fullTopicName(resource, topic.topic))),
      asked(subscription !== undefined, () => supportEventsApi(transport).listSubscriptions(resource)),
    ]),
  ]);
  const [alertPolicies, alertChannels] = ofAlerts;
  const [foundTopic, subscriptions] = events;
  return {
    permissions,
    policy,
    contacts: found,
    orgPolicies,
    alertPolicies,
    alertChannels,
    topic: foundTopic,
    subscriptions,
  };
}

/** Reads the organizations that decide whether policies allow members, as far as the caller can see them. */
export async function readMemberOrganizations(
  transport: Transport,
  places: readonly { readonly grants: readonly WantedGrant[]; readonly policies: EffectivePolicies | undefined }[],
): Promise<MemberOrganizations> {
  const restricted = places.filter(({ policies }) => allowedPrincipals(policies) !== undefined);
  const api = resourceManagerApi(transport);
  const allowed = distinct(restricted.flatMap(({ policies }) => allowedPrincipals(policies) ?? []));
  const members = distinct(restricted.flatMap(({ grants }) => grants.map(({ member }) => member)));
  const [found, homes] = await Promise.all([
    Promise.all([
      ...allowed.map((principal) => {
        const [, number] = /organizations\/(\d+)$/.exec(principal) ?? [];
        return number === undefined
          ? api.searchOrganizations(`directorycustomerid:${principal}`).catch(undefinedIfDenied)
          : api.getOrganization(number).catch(undefinedIfDenied);
      }),
      ...distinct(members.flatMap((member) => workspaceDomainOf(member) ?? [])).map((domain) =>
        organizationOfDomain(transport, domain).catch(undefinedIfDenied),
      ),
    ]),
    readOwners(api, distinct(members.flatMap((member) => ownerResourceOf(member) ?? []))),
  ]);
  const seen = new Map(found.flat().flatMap((one) => (one === undefined ? [] : [[one.name, one]])));
  const ofMember = members.flatMap((member) => {
    const home = homes.get(ownerResourceOf(member) ?? "");
    return home === undefined ? [] : [[member, seen.get(home.name) ?? home] as const];
  });
  return { seen: [...seen.values()], ofMember: new Map(ofMember) };
}

/** The organization of each project, folder or organization. */
async function readOwners(api: ResourceManagerApi, homes: readonly string[]): Promise<Map<string, Organization>> {
  const parents = new Map<string, Promise<string | undefined>>();
  const parentOf = (resource: string) => {
    const [collection, id = ""] = resource.split("/");
    const ask = async () => (await (collection === "folders" ? api.getFolder(id) : api.getProject(id))).parent;
    const known = parents.get(resource) ?? ask().catch(undefinedIfDenied);
    parents.set(resource, known);
    return known;
  };
  const organizationOf = async (resource: string): Promise<string | undefined> => {
    if (resource.startsWith("organizations/")) return resource;
    const parent = await parentOf(resource);
    return parent === undefined ? undefined : organizationOf(parent);
  };
  const names = await Promise.all(homes.map(async (home) => [home, await organizationOf(home)] as const));
  const organizations = new Map(
    await Promise.all(
      distinct(names.flatMap(([, name]) => name ?? [])).map(async (name): Promise<[string, Organization]> => {
        const seen = await api.getOrganization(name.replace("organizations/", "")).catch(undefinedIfDenied);
        return [name, seen ?? { name }];
      }),
    ),
  );
  return new Map(
    names.flatMap(([home, name = ""]) => {
      const organization = organizations.get(name);
      return organization === undefined ? [] : [[home, organization]];
    }),
  );
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** The organization then stays unknown. */
function undefinedIfDenied(error: unknown): undefined {
  if (!(error instanceof GoogleError)) throw error;
  return undefined;
}

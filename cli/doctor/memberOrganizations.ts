/** The organizations by which it is decided whether a policy allows a member: which domain each has, as far as the caller sees. */
import { GoogleError, organizationOfDomain, resourceManagerApi } from "../../google/index.ts";
import type { Organization, Transport } from "../../google/index.ts";
import { allowedPrincipals, workspaceDomainOf } from "./memberPolicies.ts";
import type { PlaceReadings } from "./readGoogle.ts";

export async function readMemberOrganizations(
  places: readonly PlaceReadings[],
  transport: Transport,
): Promise<Organization[]> {
  const restricted = places.filter(({ members }) => allowedPrincipals(members?.value) !== undefined);
  const api = resourceManagerApi(transport);
  const allowed = distinct(restricted.flatMap(({ members }) => allowedPrincipals(members?.value) ?? []));
  const domains = distinct(
    restricted.flatMap(({ place }) => place.grants.flatMap(({ member }) => workspaceDomainOf(member) ?? [])),
  );
  const found = await Promise.all([
    ...allowed.map((principal) => {
      const [, number] = /organizations\/(\d+)$/.exec(principal) ?? [];
      return number === undefined
        ? api.searchOrganizations(`directorycustomerid:${principal}`).catch(notSeen)
        : api.getOrganization(number).catch(notSeen);
    }),
    ...domains.map((domain) => organizationOfDomain(transport, domain).catch(notSeen)),
  ]);
  return [...new Map(found.flat().flatMap((one) => (one === undefined ? [] : [[one.name, one]]))).values()];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** Whose members are allowed is then not known. */
function notSeen(error: unknown): undefined {
  if (!(error instanceof GoogleError)) throw error;
  return undefined;
}

import { minute } from "./clock.ts";
import { hasCode, wrap } from "./googleApiError.ts";
import { textArgument } from "./invokedFunction.ts";
import { lastPart } from "./names.ts";
import { retry } from "./retry.ts";
import { isProperties, textOf } from "./values.ts";

import type { InvokedFunction } from "./invokedFunction.ts";
import type { Provider } from "./provider.ts";
import type { Properties } from "./values.ts";

const timeout = 20 * minute;

/** `gcp:organizations/getOrganization:getOrganization`: an organization, found by its domain or its number. */
export const getOrganization: InvokedFunction = {
  arguments: ["domain", "organization"],
  results: ["createTime", "directoryCustomerId", "lifecycleState", "name", "orgId"],
  conflicts: ["domain", "organization"],
  invoke: async (provider, args) => {
    const domain = textArgument(args, "domain");
    const organization = textArgument(args, "organization");
    let found: Properties;
    if (domain !== undefined) found = await findByDomain(provider, domain);
    else if (organization !== undefined) found = await get(provider, organization);
    else throw new Error("one of domain or organization must be set");
    const { name = "", displayName = "", creationTime = "", lifecycleState = "", owner } = found;
    const result: Properties = {
      id: name,
      name,
      orgId: lastPart(textOf(name)),
      domain: displayName,
      createTime: creationTime,
      lifecycleState,
    };
    if (isProperties(owner)) result["directoryCustomerId"] = owner["directoryCustomerId"] ?? "";
    if (organization !== undefined) result["organization"] = organization;
    return result;
  },
};

async function findByDomain(provider: Provider, domain: string): Promise<Properties> {
  const search = (): Promise<Properties> =>
    provider.apis.client({
      api: "resourceManager",
      method: "POST",
      path: "v1/organizations:search",
      body: { filter: `domain=${domain}` },
    });
  let reply: Properties;
  try {
    reply = await retry(search, { clock: provider.clock, timeout });
  } catch (error) {
    throw wrap("Error reading organization: ", error);
  }
  const { organizations } = reply;
  const found = (Array.isArray(organizations) ? organizations : []).filter(isProperties);
  const [first, ...others] = found;
  if (!first) throw new Error(`Organization not found: ${domain}`);
  if (others.length === 0) return first;
  const exact = found.find(({ displayName }) => displayName === domain);
  if (exact) return exact;
  throw new Error("Received multiple organizations in the response, but could not find an exact domain match.");
}

async function get(provider: Provider, organization: string): Promise<Properties> {
  const name = organization.startsWith("organizations/") ? organization : `organizations/${organization}`;
  const ask = (): Promise<Properties> =>
    provider.apis.client({ api: "resourceManager", method: "GET", path: `v1/${name}` });
  try {
    return await retry(ask, { clock: provider.clock, timeout });
  } catch (error) {
    if (hasCode(error, 404)) throw new Error(`${name} not found`, { cause: error });
    throw wrap(`Error when reading or editing Organization Not Found : ${organization}: `, error);
  }
}

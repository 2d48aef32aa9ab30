/** Looks up the organization of a config. */
import type { CustomerCareConfig } from "../../onboarding/index.ts";
import { readRequests } from "../../guide/index.ts";
import { organizationOfDomain } from "../../google/index.ts";
import type { Organization, Transport } from "../../google/index.ts";
import { read } from "./reading.ts";
import type { Reading } from "./reading.ts";

/** An organization given by its number need not be visible: only the permissions count. */
export function readOrganization(
  { id, domain = "" }: { readonly id?: string | undefined; readonly domain?: string | undefined },
  transport: Transport,
): Promise<Reading<Organization | undefined>> {
  const question = {
    what: "the organization",
    where: id === undefined ? domain : `organizations/${id}`,
    // The search only returns what the caller can see.
    ...readRequests.organization,
  };
  return read(question, async () =>
    id === undefined ? organizationOfDomain(transport, domain) : { name: `organizations/${id}` },
  );
}

/** Its number; undefined if the config has none, or it was not found. */
export function organizationIdOf(
  { organization }: CustomerCareConfig,
  found: Reading<Organization | undefined> | undefined,
): string | undefined {
  return organization?.id ?? found?.value?.name.replace("organizations/", "");
}

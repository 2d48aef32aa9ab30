/**
 * The Essential Contacts API, v1: the contacts that a resource has itself.
 *
 * Source: https://cloud.google.com/resource-manager/docs/reference/essentialcontacts/rest
 */
import { apiBaseUrl } from "./endpoint.ts";
import { allPages, projectOf } from "./pages.ts";
import type { Transport } from "./transport.ts";

export interface EssentialContact {
  /** `organizations/NUMBER/contacts/ID`, `folders/NUMBER/contacts/ID` or `projects/NUMBER/contacts/ID`. */
  readonly name: string;
  readonly email: string;
  /** Such as `TECHNICAL`, in the order in which they were set. */
  readonly notificationCategorySubscriptions?: readonly string[];
  readonly languageTag?: string;
}

export interface EssentialContactsApi {
  /** @param parent `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  listContacts(parent: string): Promise<EssentialContact[]>;
}

export function essentialContactsApi(transport: Transport): EssentialContactsApi {
  const { essentialContactsCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("essentialcontacts", "v1", universeDomain, essentialContactsCustomEndpoint);
  return {
    listContacts: (parent) =>
      allPages(transport, { baseUrl, path: `${parent}/contacts`, project: projectOf(parent) }, "contacts"),
  };
}

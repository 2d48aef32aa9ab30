/**
 * The Essential Contacts API, v1: the contacts of a resource, with or without inherited ones.
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
  /** Such as `SECURITY`. */
  readonly notificationCategorySubscriptions?: readonly string[];
  readonly languageTag?: string;
  readonly validationState?: "VALID" | "INVALID";
  /** The time of the last validation. Google calls a contact stale after a year. */
  readonly validateTime?: string;
}

export interface EssentialContactsApi {
  /** @param parent `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  listContacts(parent: string): Promise<EssentialContact[]>;
  /** @param name As in `EssentialContact`. */
  getContact(name: string): Promise<EssentialContact>;
  /**
   * The contacts of the resource and its ancestors, of any category. Requires `essentialcontacts.contacts.list`.
   * @param parent As above.
   */
  computeContacts(parent: string): Promise<EssentialContact[]>;
}

export function essentialContactsApi(transport: Transport): EssentialContactsApi {
  const { essentialContactsCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("essentialcontacts", "v1", universeDomain, essentialContactsCustomEndpoint);
  const all = (parent: string, path: string) =>
    allPages<EssentialContact>(
      transport,
      { baseUrl, path: `${parent}/${path}`, project: projectOf(parent) },
      "contacts",
    );
  return {
    listContacts: (parent) => all(parent, "contacts"),
    getContact: (name) => transport.request({ method: "GET", baseUrl, path: name, project: projectOf(name) }),
    computeContacts: (parent) => all(parent, "contacts:compute"),
  };
}

/** The policies of the pack. docs/reference/policy.md describes them. */
import { additiveGrants, administratorGroups, privilegedRoles } from "./grants.ts";
import { casePriority, enabledServices, realCases } from "./servicesAndCases.ts";
import { contactDomains, organizationContacts } from "./contacts.ts";

export const policies = [
  additiveGrants,
  administratorGroups,
  privilegedRoles,
  enabledServices,
  organizationContacts,
  contactDomains,
  realCases,
  casePriority,
];

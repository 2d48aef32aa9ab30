/** The policies of the pack. docs/reference/policy.md describes them. */
import { additiveGrants, administratorGroups, privilegedRoles } from "./grants.ts";
import { casePriority, enabledServices, realCases } from "./servicesAndCases.ts";
import { notifiedAlerts } from "./alerts.ts";
import { contactDomains, organizationContacts } from "./contacts.ts";

export const policies = [
  additiveGrants,
  administratorGroups,
  privilegedRoles,
  enabledServices,
  organizationContacts,
  contactDomains,
  notifiedAlerts,
  realCases,
  casePriority,
];

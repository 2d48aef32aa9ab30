/** The policies of the pack, each in a file of its own. docs/policy.md tells what each is for. */
import { additiveGrants } from "./additiveGrants.ts";
import { administratorGroups } from "./administratorGroups.ts";
import { casePriority } from "./casePriority.ts";
import { contactDomains } from "./contactDomains.ts";
import { enabledServices } from "./enabledServices.ts";
import { organizationContacts } from "./organizationContacts.ts";
import { privilegedRoles } from "./privilegedRoles.ts";
import { realCases } from "./realCases.ts";

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

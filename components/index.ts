/** Customer Care onboarding as Pulumi components: `CustomerCare` for everything, and a component for each part. */
export type {
  AccessArgs,
  AlertFilterArgs,
  AlertsArgs,
  Contacts,
  CustomerCareArgs,
  FolderArgs,
  Members,
  OrganizationArgs,
  ProjectArgs,
  ScopeArgs,
  ServiceHealthArgs,
  SupportEventsInput,
} from "../onboarding/index.ts";
export { checklistLines } from "./checklist.ts";
export type { ChecklistRow } from "./checklist.ts";
export { CustomerCare } from "./customerCare.ts";
export { EssentialContacts } from "./essentialContacts.ts";
export type { EssentialContactsArgs } from "./essentialContacts.ts";
export { withEveryProject } from "./everyProject.ts";
export { ServiceHealthAlerts } from "./serviceHealthAlerts.ts";
export type { ServiceHealthAlertsArgs } from "./serviceHealthAlerts.ts";
export { ProjectServices } from "./projectServices.ts";
export type { ProjectServicesArgs } from "./projectServices.ts";
export { SupportAccess } from "./supportAccess.ts";
export type { SupportAccessArgs } from "./supportAccess.ts";
export { SupportEvents } from "./supportEvents.ts";
export type { SupportEventsArgs } from "./supportEvents.ts";
export { TestSupportCase } from "./testSupportCase.ts";
export type { TestSupportCaseArgs } from "./testSupportCase.ts";

/** Clients for Google's APIs: settings, one transport, one error type, and a module for each API. */
export { billingApi } from "./billing.ts";
export type { BillingInfo } from "./billing.ts";
export { checkUpTransport } from "./checkUpTransport.ts";
export type { Counts } from "./checkUpTransport.ts";
export { credentialQuotaProject, NoCredentials } from "./credentials.ts";
export { answer, GoogleError, isAmbiguous, isCredentialRefused, isOutOfSight, isServiceDisabled } from "./error.ts";
export type { Answer } from "./error.ts";
export { proxiedFetch } from "./directHosts.ts";
export { essentialContactsApi } from "./essentialContacts.ts";
export type { EssentialContact } from "./essentialContacts.ts";
export { isSameInProject, monitoringApi } from "./monitoring.ts";
export type { AlertPolicy, NotificationChannel } from "./monitoring.ts";
export { orgPolicyApi } from "./orgPolicy.ts";
export type { EffectivePolicy, PolicyRule } from "./orgPolicy.ts";
export { idIn } from "./pages.ts";
export { pubsubApi } from "./pubsub.ts";
export type { Topic } from "./pubsub.ts";
export { quotas } from "./quotas.ts";
export { recommenderApi } from "./recommender.ts";
export type { Insight, Recommendation } from "./recommender.ts";
export {
  isSameDomain,
  organizationOfDomain,
  policyLimits,
  projectsBelow,
  resourceManagerApi,
} from "./resourceManager.ts";
export type { Binding, Folder, Organization, Policy, Project, ResourceManagerApi } from "./resourceManager.ts";
export { serviceHealthApi } from "./serviceHealth.ts";
export type { HealthEvent } from "./serviceHealth.ts";
export { serviceUsageApi } from "./serviceUsage.ts";
export { quotaProjectOf, readGoogleSettings } from "./settings.ts";
export type { GoogleSettings } from "./settings.ts";
export { supportApi } from "./support.ts";
export type {
  Attachment,
  Case,
  CaseClassification,
  CaseInput,
  CaseState,
  CaseUpdate,
  Comment,
  Escalation,
  SupportApi,
} from "./support.ts";
export { supportEventsApi } from "./supportEvents.ts";
export type { SupportEventSubscription } from "./supportEvents.ts";
export { callerPrincipal, createTransport, withoutDeniedQuotaProject } from "./transport.ts";
export type { GoogleRequest, Transport } from "./transport.ts";

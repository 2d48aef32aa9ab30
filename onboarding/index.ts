/** Checks a stack's config or a component's args once, and parses it into the model. */
export type {
  AccessArgs,
  AcknowledgingArgs,
  AlertFilterArgs,
  AlertsArgs,
  CustomerCareArgs,
  FolderArgs,
  Members,
  OrganizationArgs,
  ProjectArgs,
  ServiceHealthArgs,
  SupportEventsInput,
} from "./args.ts";
export { withAlertAddresses } from "./alertAddresses.ts";
export { ofContacts } from "./alertsSchema.ts";
export { readAttachment } from "./attachments.ts";
export { keysIncompatibleWithAdopt } from "./adoptKeys.ts";
export { checkValue, modelOf, withModel } from "./check.ts";
export type { Checked, ValueKind } from "./check.ts";
export {
  checkedId,
  onboardingOfArgs,
  placeOfArgs,
  serviceHealthOfArgs,
  supportEventsOfArgs,
  testCaseOfArgs,
  withoutUndefined,
} from "./checkArgs.ts";
export type { NamedMembersKey, OnboardingOfArgs, PlaceOfArgs, ScopeArgs } from "./checkArgs.ts";
export { configSize, configSizeProblem, engineText, largestConfig, sizeLimitMessage } from "./configSize.ts";
export { testCaseProjectProblem } from "./crossChecks.ts";
export { domainOf, normalizeDomain } from "./emailAddress.ts";
export { acknowledgeableIds, acknowledgedBy, findingIds, parseAcknowledged } from "./findings.ts";
export type { AcknowledgeableId, Acknowledgements, FindingId } from "./findings.ts";
export { everyProjectFolders, withProjects } from "./everyProject.ts";
export { isMocked, isProjectNumber, lateUserError, userError } from "./laterValues.ts";
export { doubtfulFilterRemedy, doubtfulFilters } from "./doubtfulFilters.ts";
export { normalizeMember } from "./members.ts";
export { check, onboardingOf, placesOf, sortedPlaces } from "./onboarding.ts";
export type { Contact, Contacts, Grant, NamedPlace, ServiceHealthAlerts, TestCaseArgs } from "./places.ts";
export { allOf, ConfigError, formatPath, messageOfErrors, oneOf } from "./problems.ts";
export type { Problem } from "./problems.ts";
export { shardOf } from "./shards.ts";
export { checkStack, checkStackValues, contactsOfStacks, isConfigSecret, isEmpty, stackConfig } from "./stackConfig.ts";
export type { StackValue } from "./stackConfig.ts";
export {
  decoded,
  emptyValueProblems,
  ownClone,
  projectDirectory,
  secretPaths,
  stackFilePath,
  stacksToSearch,
  stacksWithFiles,
} from "./stackFile.ts";
export type { CustomerCareConfig } from "./schema.ts";
export { otherProjectProblem } from "./supportEvents.ts";
export type { SupportEventsModel } from "./supportEvents.ts";

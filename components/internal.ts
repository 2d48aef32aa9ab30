/**
 * What `care/`, `plugin/` and `policy/` need to know about the resources that the components write into a state. The package
 * does not export it, and it does not load the gcp package.
 */
export {
  isLifeOfCase,
  isSupportCaseType,
  signature,
  supportCaseTypes,
  unknownValue,
} from "./supportCase/properties.ts";
export { componentTypes } from "./supportCase/componentTypes.ts";
export { attachmentFile, nextCaseInputs } from "./caseInputs.ts";
export { configNotes } from "./configNotes.ts";
export {
  alertPolicyType,
  contactType,
  grantModuleOf,
  grantTypeOf,
  channelType,
  serviceType,
  subscriptionType,
  topicGrantType,
  topicType,
} from "./gcpTypes.ts";
export type { GrantType } from "./gcpTypes.ts";
/** For plugin/, which calls no API itself. */
export type { GoogleSettings } from "../google/index.ts";
export {
  goneContactRemedy,
  goneContacts,
  gonePolicyRemedy,
  goneSubscriptionRemedy,
  isGranted,
  isQuotaProjectDenied,
  isQuotaProjectMissing,
  otherAlerts,
  refusalsAt,
  secondContactRefused,
  withAddress,
} from "./obstacles/refusals.ts";
export { alertChannelThing, subscriptionThing } from "./formerState.ts";
export { unrecordedCreations } from "./stateExport.ts";
export { alertUnrecorded } from "./unrecordedAlerts.ts";
export { eventGaps, isPublisher } from "./obstacles/eventGaps.ts";
export type { FoundTopic } from "./obstacles/eventGaps.ts";
export {
  channelProblem,
  createdBefore,
  goneAlerts,
  goneAlertsRemedy,
  missingChannels,
  notifiesSomebody,
  otherAddress,
  repeatedAddresses,
  servicesOff,
  silentAlertsRemedy,
} from "./obstacles/goneAlerts.ts";
export { atAbsentPlace, deletedAlready, inOrderOfRemoval, usedChannel, usesChannel } from "./obstacles/deletions.ts";
export type { DeletionProblem } from "./obstacles/deletions.ts";
export { isRejected, memberConstraints } from "./obstacles/constraints.ts";
export type { MemberOrganizations } from "./obstacles/constraints.ts";
export { createsAnything, needsOf } from "./obstacles/needs.ts";
export type { WantedAlerts } from "./obstacles/needs.ts";
export { obstacleOf, readReadiness, readSight } from "./obstacles/places.ts";
export type { Obstacle, Sight } from "./obstacles/places.ts";
export { permissionsToAsk, readMemberOrganizations, readPolicies } from "./obstacles/read.ts";
export type { RecordedContact, Refusal } from "./obstacles/refusals.ts";
export { eventsAt, fullTopicName, isBareTopic, pulumiLabel } from "./obstacles/supportEvents.ts";
export type { WantedEvents } from "./obstacles/supportEvents.ts";
export { livesWithoutCase, recordedAt } from "./recordedLives.ts";
export type { LifeValue } from "./recordedLives.ts";
export { fieldsToChange } from "./supportCase/diff.ts";
export type { ClosedProblem } from "./supportCase/diff.ts";
export { problemOfCase, problemOfClassification } from "./supportCase/check.ts";
export {
  formOf,
  isLeftBehind,
  isOfAnotherLife,
  isOfLife,
  isOpen,
  isOwn,
  leftCasesIn,
  markerOf,
  markerOfCase,
  openCasesQuery,
  ownerOf,
  readMarker,
} from "./supportCase/own.ts";
export type { Form, Marker, RecordedForm } from "./supportCase/own.ts";
export type {
  AdoptedCaseInputs,
  FormerLife,
  MadeCaseInputs,
  SupportCaseInputs,
  SupportCaseOutputs,
} from "./supportCase/properties.ts";

/** The state of the local Google Cloud. Plain data, so that tests can read and change it. */
import type { JsonObject } from "./json.ts";

/** `organizations/NUMBER`, `folders/NUMBER` or `projects/NUMBER`. */
export type ResourceName = string;

export interface Condition {
  expression: string;
  title?: string;
  description?: string;
  location?: string;
}

export interface Binding {
  role: string;
  members: string[];
  condition?: Condition;
}

export interface Policy {
  etag: string;
  bindings: Binding[];
  auditConfigs: unknown[];
  /** The creation time of each grant, by role, member and condition. A grant takes effect after the propagation delay. */
  grantTimes: Map<string, number>;
}

/** A resource with an IAM policy, which inherits its parent's. */
export interface Resource {
  name: ResourceName;
  parent?: ResourceName;
  policy: Policy;
}

export interface Organization extends Resource {
  id: string;
  displayName: string;
  directoryCustomerId: string;
  createTime: string;
  /** Whether its support plan includes the Cloud Support API. Basic does not. */
  cloudSupportApi: boolean;
  /** The constraint `essentialcontacts.allowedContactDomains`, such as `@example.com`; absent: any domain. */
  allowedContactDomains?: string[];
  /** The same for its managed successor, `essentialcontacts.managed.allowedContactDomains`; empty: none. */
  managedContactDomains?: string[];
  /** The constraint `iam.allowedPolicyMemberDomains`: customer IDs and principal sets of organizations; absent: any member. */
  allowedPolicyMemberDomains?: string[];
  /** The parameters of `iam.managed.allowedPolicyMembers`; absent: any member. */
  allowedPolicyMembers?: { allowedMemberSubjects: string[]; allowedPrincipalSets: string[] };
  /** The constraint `gcp.restrictServiceUsage`, such as `cloudsupport.googleapis.com`; absent: any service. */
  allowedServices?: string[];
}

export type LifecycleState = "ACTIVE" | "DELETE_REQUESTED";

export interface Folder extends Resource {
  parent: ResourceName;
  id: string;
  displayName: string;
  state: LifecycleState;
  createTime: string;
  updateTime: string;
  /** The time of the request for its deletion. */
  deleteTime?: string;
}

export interface EnabledService {
  /** Milliseconds since the epoch: calls succeed after the propagation delay. */
  enabledAt: number;
  /** The last call that named the project as its consumer. */
  lastUsedAt?: number;
}

export interface Project extends Resource {
  projectId: string;
  projectNumber: string;
  displayName: string;
  state: LifecycleState;
  createTime: string;
  updateTime: string;
  /** The time of the request for its deletion. */
  deleteTime?: string;
  labels: Record<string, string>;
  /** `billingAccounts/XXXXXX-XXXXXX-XXXXXX`, or the empty string. */
  billingAccountName: string;
  /** The enabled services, by name. */
  services: Map<string, EnabledService>;
}

export interface BillingAccount extends Resource {
  displayName: string;
  open: boolean;
}

export interface ServiceAccount extends Resource {
  email: string;
}

/** A caller. */
export interface Principal {
  /** As in a policy: `user:…`, `serviceAccount:…`, `principal://…`. */
  principal: string;
  displayName: string;
  /** The project that a service account belongs to, by id. */
  projectId?: string;
}

export interface AccessToken {
  principal: string;
  /** Milliseconds since the epoch; absent for the seed's static tokens. */
  expiresAt?: number;
}

export interface Contact {
  name: string;
  email: string;
  notificationCategorySubscriptions: string[];
  languageTag: string;
  validationState: "VALID" | "INVALID";
  validateTime: string;
}

/** A test message that Essential Contacts was asked to send. */
export interface TestMessage {
  contacts: string[];
  notificationCategory: string;
  sentTime: string;
}

export interface Actor {
  displayName: string;
  email: string;
  username: string;
}

export interface Comment {
  name: string;
  createTime: string;
  creator: Actor;
  body: string;
}

export interface Attachment {
  name: string;
  createTime: string;
  creator: Actor;
  filename: string;
  mimeType: string;
  bytes: Buffer;
}

export type CaseState = "NEW" | "IN_PROGRESS_GOOGLE_SUPPORT" | "ACTION_REQUIRED" | "SOLUTION_PROVIDED" | "CLOSED";

export interface SupportCase {
  name: string;
  displayName: string;
  description: string;
  classification: { id: string; displayName: string };
  timeZone: string;
  subscriberEmailAddresses: string[];
  state: CaseState;
  createTime: string;
  updateTime: string;
  creator: Actor;
  contactEmail: string;
  escalated: boolean;
  /** The number of escalations, which the API does not return. */
  escalations: number;
  testCase: boolean;
  languageCode: string;
  priority: string;
  /** The organization or project it belongs to, with its number. */
  parent: ResourceName;
  comments: Comment[];
  attachments: Attachment[];
}

export interface CaseClassification {
  id: string;
  displayName: string;
  /** The time of the deactivation. The classification is then no longer found, and cannot be used after six months. */
  deactivateTime?: string;
}

/** A Pub/Sub topic. Its policy's parent is the project. */
export interface Topic extends Resource {
  parent: ResourceName;
  labels: Record<string, string>;
  /** Its other fields, as requests set them. They have no effect. */
  settings?: JsonObject;
}

export interface SupportEventSubscription {
  name: string;
  pubSubTopic: string;
  state: "WORKING" | "FAILING" | "DELETED";
  failureReason: string;
  createTime: string;
  updateTime: string;
  deleteTime: string;
  purgeTime: string;
}

/** A message in a topic, which no subscription delivers. */
export interface PublishedMessage {
  topic: string;
  messageId: string;
  publishTime: string;
  attributes: Record<string, string>;
  /** In base64, as in the API. */
  data: string;
}

export interface MutationRecord {
  mutateTime: string;
  mutatedBy?: string;
}

export interface NotificationChannel {
  /** With the project's ID. */
  name: string;
  type: string;
  displayName: string;
  description: string;
  /** Without secrets: an asterisk replaces each of their characters. */
  labels: Record<string, string>;
  userLabels: Record<string, string>;
  /** Absent if the type needs no verification. */
  verificationStatus?: "UNVERIFIED" | "VERIFIED";
  enabled: boolean;
  creationRecord: MutationRecord;
  mutationRecords: MutationRecord[];
}

/** A code that was sent to a channel, or that copies a channel's verification. */
export interface VerificationCode {
  code: string;
  /** What the code proves: the type and the labels of a channel. */
  identity: string;
  expireTime: string;
}

/** The type of a condition is the field that is present. */
export interface NewAlertCondition {
  name?: string;
  displayName?: string;
  conditionMatchedLog?: { filter?: string; labelExtractors?: Record<string, string> };
  conditionAbsent?: object;
  conditionMonitoringQueryLanguage?: object;
  conditionPrometheusQueryLanguage?: object;
  conditionSql?: object;
  conditionThreshold?: object;
}

/** google.monitoring.v3.AlertPolicy, as a client writes it. */
export interface NewAlertPolicy {
  displayName?: string;
  conditions: NewAlertCondition[];
  combiner?: string;
  enabled: boolean;
  notificationChannels?: string[];
  userLabels?: Record<string, string>;
  documentation?: {
    content?: string;
    mimeType?: string;
    subject?: string;
    links?: { displayName?: string; url?: string }[];
  };
  alertStrategy?: { notificationRateLimit?: { period?: string } };
  severity?: string;
}

export interface AlertPolicy extends NewAlertPolicy {
  /** With the project's ID. */
  name: string;
  conditions: (NewAlertCondition & { name: string })[];
  creationRecord: MutationRecord;
  mutationRecord: MutationRecord;
}

/** google.logging.v2.LogEntry, of Service Health. */
export interface LogEntry {
  insertId: string;
  logName: string;
  timestamp: string;
  resource: { type: string; labels: Record<string, string> };
  labels: Record<string, string>;
  jsonPayload: Record<string, string>;
}

/** A notification of an alert, as a channel would get it. */
export interface Notification {
  time: string;
  policy: string;
  policyDisplayName: string;
  channel: string;
  channelType: string;
  /** The channel's labels, such as its `email_address`, without secrets. */
  to: Record<string, string>;
  /** The documentation of the policy, with the values of its variables. */
  subject: string;
  content: string;
  /** The values of the condition's label extractors. */
  labels: Record<string, string>;
  /** The log entry that matched. */
  insertId: string;
}

/** A message that is stored and returned unchanged: events, recommendations, insights. */
export interface Message {
  name: string;
  [field: string]: unknown;
}

export interface Operation {
  name: string;
  service: string;
  /** The resource on which a caller needs the permission to read it. */
  resource: ResourceName;
  /** The number of polls until it is done. */
  pollsLeft: number;
  response: Record<string, unknown>;
}

export interface State {
  organizations: Map<ResourceName, Organization>;
  folders: Map<ResourceName, Folder>;
  /** By project id. */
  projects: Map<string, Project>;
  billingAccounts: Map<string, BillingAccount>;
  /** By e-mail address. */
  serviceAccounts: Map<string, ServiceAccount>;
  /** The permissions of custom roles, and of predefined ones that roles.ts does not have. */
  roles: Map<string, string[]>;
  principals: Map<string, Principal>;
  /** The members of each `group:…`. */
  groups: Map<string, string[]>;
  accessTokens: Map<string, AccessToken>;
  /** By name, such as `projects/100000000001/contacts/1`. */
  contacts: Map<string, Contact>;
  testMessages: TestMessage[];
  /** By id, the last part of the name. */
  cases: Map<string, SupportCase>;
  /** The earlier versions of each changed case, with their times in milliseconds, for a delayed search. */
  caseRevisions: Map<string, { at: number; supportCase: SupportCase }[]>;
  caseClassifications: CaseClassification[];
  supportEventSubscriptions: Map<string, SupportEventSubscription>;
  /** By name, such as `projects/shop-dev/topics/support-events`. */
  topics: Map<string, Topic>;
  publishedMessages: PublishedMessage[];
  notificationChannels: Map<string, NotificationChannel>;
  /** By channel. */
  verificationCodes: Map<string, VerificationCode[]>;
  alertPolicies: Map<string, AlertPolicy>;
  logEntries: LogEntry[];
  notifications: Notification[];
  /** Service Health: `…/events/ID`, `…/organizationEvents/ID` and `…/organizationImpacts/ID`. */
  events: Map<string, Message>;
  recommendations: Map<string, Message>;
  insights: Map<string, Message>;
  operations: Map<string, Operation>;
  /** The last number of each series. */
  counters: Map<string, number>;
}

/** The next number of a series. */
export function nextNumber(state: State, series: string, first = 1): number {
  const number = (state.counters.get(series) ?? first - 1) + 1;
  state.counters.set(series, number);
  return number;
}

/** The state as JSON: maps as objects, bytes as base64. */
export function stateJson(state: State): string {
  return JSON.stringify(state, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key];
    if (original instanceof Map) return Object.fromEntries(original as Map<string, unknown>);
    if (Buffer.isBuffer(original)) return original.toString("base64");
    return value;
  });
}

/** The readings from Google by place: each a value, or an error. */
import type {
  AlertPolicy,
  Attachment,
  BillingInfo,
  Case,
  Comment,
  EssentialContact,
  GoogleError,
  HealthEvent,
  Insight,
  NotificationChannel,
  Organization,
  Policy,
  Project,
  Recommendation,
  SupportEventSubscription,
  Topic,
} from "../../google/index.ts";
import type { Level, ResourceName } from "../../guide/index.ts";
import type { StackCase } from "../case/stackCase.ts";
import type { Reading } from "../google/reading.ts";
import type { Place } from "../google/eventPlaces.ts";

export interface Advice {
  readonly recommendations: readonly Recommendation[];
  readonly insights: readonly Insight[];
  /** The errors of the recommenders and insight types that failed. */
  readonly errors: readonly GoogleError[];
}

export interface Alerting {
  /** Those on the events of Service Health. */
  readonly policies: readonly AlertPolicy[];
  /** Those of the project; not read without a policy. */
  readonly channels: readonly NotificationChannel[];
}

/** Of the topic and of its project. Absent if it does not matter. */
export interface TopicReadings {
  readonly enabledServices: Reading<readonly string[]>;
  readonly topic?: Reading<Topic> | undefined;
  readonly topicPolicy?: Reading<Policy> | undefined;
  readonly policy?: Reading<Policy> | undefined;
}

export interface PlaceReadings {
  readonly level: Level;
  readonly resource: ResourceName;
  /** The config for the place; undefined for places above the stack, and for places known only from its outputs. */
  readonly place: Place | undefined;
  /** Whether it belongs to the stack, and is not only above its places. */
  readonly isOfStack: boolean;
  readonly displayName: string | undefined;
  readonly parent: ResourceName | undefined;
  readonly policy: Reading<Policy>;
  /** Including inherited ones. */
  readonly contacts: Reading<readonly EssentialContact[]>;
  /** The organization or the folder itself. */
  readonly self?: Reading<unknown>;
  readonly project?: Reading<Project>;
  readonly billing?: Reading<BillingInfo>;
  readonly services?: Reading<readonly string[]>;
  /** Absent if the service is not enabled. */
  readonly events?: Reading<readonly HealthEvent[]>;
  readonly advice?: Reading<Advice>;
  readonly alerting?: Reading<Alerting>;
  /** Those of an organization with support events. */
  readonly subscriptions?: Reading<readonly SupportEventSubscription[]>;
  /** Their topic, and what lets Google publish to it. */
  readonly eventTopic?: TopicReadings;
}

/** A case of the stack, with all its parts. */
export interface CaseReading {
  readonly of: StackCase;
  readonly found: Reading<Case>;
  readonly comments: Reading<readonly Comment[]>;
  readonly attachments: Reading<readonly Attachment[]>;
}

export interface Readings {
  /** The organization of the config, as looked up. */
  readonly organization: Reading<Organization | undefined> | undefined;
  /** From the top; those of a level sorted by name. */
  readonly places: readonly PlaceReadings[];
  readonly cases: readonly CaseReading[];
  /** The search for open cases of the stack that are in no state. */
  readonly leftBehind: Reading<readonly StackCase[]>;
}

/** Whether the other rows of the place make sense: a project may be gone, or marked for deletion. */
export function isActive({ project }: PlaceReadings): boolean {
  return project === undefined || project.value?.state === "ACTIVE";
}

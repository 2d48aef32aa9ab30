/** What was read of Google, place by place: each an answer, or the error in its place. */
import type {
  Attachment,
  BillingInfo,
  Case,
  Comment,
  EssentialContact,
  GoogleError,
  HealthEvent,
  Insight,
  Organization,
  Policy,
  Project,
  Recommendation,
} from "../../google/index.ts";
import type { Level, ResourceName } from "../../guide/index.ts";
import type { StackCase } from "../case/stackCase.ts";
import type { Reading } from "../google/reading.ts";
import type { NamedPlace as Place } from "../../onboarding/index.ts";

export interface Advice {
  readonly recommendations: readonly Recommendation[];
  readonly insights: readonly Insight[];
  /** Of the recommenders and insight types that did not answer. */
  readonly errors: readonly GoogleError[];
}

export interface PlaceReadings {
  readonly level: Level;
  readonly resource: ResourceName;
  /** What the config asks for here; undefined for what is above the stack, or known from its outputs alone. */
  readonly place: Place | undefined;
  /** Whether it is the stack's, and not only above what is. */
  readonly isOfStack: boolean;
  readonly displayName: string | undefined;
  readonly parent: ResourceName | undefined;
  readonly policy: Reading<Policy>;
  /** With those inherited from above. */
  readonly contacts: Reading<readonly EssentialContact[]>;
  /** The organization or the folder itself. */
  readonly self?: Reading<unknown>;
  readonly project?: Reading<Project>;
  readonly billing?: Reading<BillingInfo>;
  readonly services?: Reading<readonly string[]>;
  /** Absent where the service is not enabled. */
  readonly events?: Reading<readonly HealthEvent[]>;
  readonly advice?: Reading<Advice>;
}

/** A case of the stack, whole. */
export interface CaseReading {
  readonly of: StackCase;
  readonly found: Reading<Case>;
  readonly comments: Reading<readonly Comment[]>;
  readonly attachments: Reading<readonly Attachment[]>;
}

export interface Readings {
  /** The organization of the config, as it was found. */
  readonly organization: Reading<Organization | undefined> | undefined;
  /** From the top; those of a level in the order of their names. */
  readonly places: readonly PlaceReadings[];
  readonly cases: readonly CaseReading[];
  /** The search for open cases of the stack that are in no state. */
  readonly leftBehind: Reading<readonly StackCase[]>;
}

/** Whether all else of the place can be told: a project may be gone, or marked for deletion. */
export function isThere({ project }: PlaceReadings): boolean {
  return project === undefined || project.value?.state === "ACTIVE";
}

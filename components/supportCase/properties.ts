/** The properties of the resource: what a stack asks for, and what is known of the case once made. */
import type { CaseChannel, CaseLanguage, CasePriority } from "../../guide/index.ts";
import type { CaseState } from "../../google/index.ts";

/**
 * The shape of the properties below. A state with an older one is brought up to it by an update, which also puts
 * today's code beside it.
 */
export const version = 1;

export interface SupportCaseInputs {
  readonly version: number;
  /** `projects/ID` or `organizations/NUMBER`. */
  readonly parent: string;
  /** What names this resource in the case's description (marker.ts). */
  readonly marker: string;
  /** The display name of a classification, such as `Technical Issue > Compute > Compute Engine`. */
  readonly classification: string;
  readonly displayName: string;
  /** What the form asks for; the API's description holds all of it (description.ts). */
  readonly description: string;
  readonly errorMessage: string;
  readonly businessImpact: string;
  readonly vmInstances: string;
  readonly thirdPartyAuthorization: boolean;
  readonly channel: CaseChannel;
  readonly language: CaseLanguage;
  readonly priority: CasePriority;
  /** An IANA time zone. */
  readonly timeZone?: string | undefined;
  /** Sorted, in lower case. */
  readonly subscriberEmailAddresses: readonly string[];
  /** Whether the case stays open until the resource is deleted. Else it is closed once created. */
  readonly keepOpen: boolean;
  /** The API's `testCase`: no support agent gets it. */
  readonly testCase: boolean;
}

export interface SupportCaseOutputs extends SupportCaseInputs {
  /** `projects/P/cases/C` or `organizations/O/cases/C`; also the resource's id. */
  readonly name: string;
  readonly state: CaseState;
  /** RFC 3339. */
  readonly createTime: string;
}

/** Inputs that a case cannot be changed in: another value makes another case. */
export const fixed = [
  "parent",
  "classification",
  "description",
  "errorMessage",
  "businessImpact",
  "vmInstances",
  "thirdPartyAuthorization",
  "channel",
  "language",
  "timeZone",
  "testCase",
] as const satisfies readonly (keyof SupportCaseInputs)[];

/** Inputs that the API can change on an open case. */
export const changeable = [
  "displayName",
  "priority",
  "subscriberEmailAddresses",
] as const satisfies readonly (keyof SupportCaseInputs)[];

/** The inputs alone: the engine adds the provider's source text to what it passes, which must go nowhere else. */
export function inputsOf(properties: SupportCaseInputs): SupportCaseInputs {
  const own: Record<string, unknown> = {
    version,
    parent: properties.parent,
    marker: properties.marker,
    keepOpen: properties.keepOpen,
  };
  for (const key of [...fixed, ...changeable]) if (properties[key] !== undefined) own[key] = properties[key];
  return own as unknown as SupportCaseInputs;
}

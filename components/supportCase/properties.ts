/** The types and properties of a case in the state of a stack. They must never change. */
import { createHash } from "node:crypto";
import type { testCaseDefaults, CaseChannel, CaseLanguage, CasePriority, EscalationReason } from "../../guide/index.ts";
import type { Case, CaseState } from "../../google/index.ts";
import { componentTypes } from "./componentTypes.ts";

/** The types of a case's resource. They must never change. */
export const supportCaseTypes = {
  /** In programs in TypeScript: ../dynamicCase.ts. */
  dynamic: "pulumi-nodejs:dynamic/customercare:SupportCase",
  /** In programs in other languages, from the component package. */
  packaged: "customer-care:index:SupportCase",
} as const;

export function isSupportCaseType(type: string): boolean {
  return Object.values<string>(supportCaseTypes).includes(type);
}

/** The type of the resource that keeps the life of a case: ../caseLife.ts. */
export const lifeType = "pulumi:index:Stash";

export function isLifeOfCase(urn: string): boolean {
  return urn.includes(`${componentTypes.testSupportCase}$${lifeType}::`);
}

/**
 * The engine's placeholder for an unknown value. Not imported from the SDK, which takes a second to load.
 *
 * Source: `unknownValue` of sdk/nodejs/runtime/rpc.ts of github.com/pulumi/pulumi.
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * The key that marks a map as a special value, and the value that marks it as a secret.
 *
 * Source: sdk/go/common/resource/sig of github.com/pulumi/pulumi.
 */
export const signature = {
  key: "4dabf18193072939515e22adb298388d",
  secret: "1b47061264138c4ac30d75fd1eb44270",
} as const;

/**
 * The version of the properties below. An update migrates older states, and also stores the current provider text.
 */
export const version = 1;

/** The fields of the guide's form (row G4). For an adopted case, the config can only set those that can be changed. */
export interface CaseForm {
  /** The display name of a classification, such as `Technical Issue > Compute > Compute Engine`. */
  readonly classification: string;
  readonly displayName: string;
  /** The form's description. The API's description contains other fields too (caseDescription). */
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
  /** The API's `testCase`: no support agent answers it. */
  readonly testCase: boolean;
}

/** Identifies a file by its content. The state keeps neither its path nor its bytes. */
export interface AttachmentContent {
  readonly filename: string;
  /** SHA-256, in hexadecimal digits. */
  readonly sha256: string;
}

/** SHA-256, in hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export interface AttachmentFile extends AttachmentContent {
  /** Relative to the program's directory. */
  readonly path: string;
}

interface Life {
  readonly version: number;
  /** `projects/ID` or `organizations/NUMBER`. */
  readonly parent: string;
  /** The line that identifies this resource in the case's description (markerOf). */
  readonly marker: string;
  /** The marker without the life, which is known before the life is. Absent in states of 0.1.0. */
  readonly owner?: string | undefined;
  /**
   * Whether no update before this one can have created a case in this life. Otherwise a case can exist that the search does not
   * return yet. It keeps its value from the creation of the resource.
   */
  readonly isFirstAttempt?: boolean | undefined;
  /** The URNs of this resource and of the Stash with its life, for the command that replaces both. Not compared. */
  readonly urns?: readonly string[] | undefined;
  /** Whether the case stays open until the resource is deleted. Otherwise it is closed after it is created. */
  readonly keepOpen: boolean;
  /**
   * Lives without a case in the state. An interrupted update may have left such a case open. They include the current life
   * unless the config begins a new one.
   */
  readonly formerLives?: readonly FormerLife[] | undefined;
}

/** Additions to a case. They are never removed. */
interface Additions {
  /** Each is added once. */
  readonly comments?: readonly string[] | undefined;
  /** Each is uploaded once. */
  readonly attachments?: readonly AttachmentFile[] | undefined;
  /** Done once. */
  readonly escalation?: { readonly reason: EscalationReason; readonly justification: string } | undefined;
}

/** The fingerprint of a case: its fields that cannot be changed. The life keeps it, because the config can change. */
export interface CaseFingerprint {
  /** Whether it is a test case. A string, because the component package supports only strings here. */
  readonly kind: "testCase" | "realCase";
  readonly classification: string;
  /** SHA-256 of the text without the marker, in hexadecimal digits. */
  readonly words: string;
}

/** The fingerprint is absent in lives of 0.1.0, and for adopted cases. */
export interface FormerLife extends Partial<CaseFingerprint> {
  readonly marker: string;
  /** The place of the life's case: `projects/ID` or `organizations/NUMBER`. */
  readonly parent: string;
}

/** Fields of the form with a default from the guide. */
export type DefaultedField = keyof typeof testCaseDefaults;

export interface MadeCaseInputs extends Life, Additions, CaseForm {
  readonly adopt?: undefined;
  /**
   * The fields that the config omits. They keep the defaults of the release that created the case, and a newer default is not a
   * difference. Absent in states of 0.1.0.
   */
  readonly leftOut?: readonly DefaultedField[] | undefined;
  /** The omitted fields that the config had before. They get the default again. */
  readonly takenOut?: readonly DefaultedField[] | undefined;
  /** Open cases with this resource's name and another life, which belong to somebody else. */
  readonly ignoreCases?: readonly string[] | undefined;
}

export interface AdoptedCaseInputs
  extends Life, Additions, Partial<Pick<CaseForm, "displayName" | "priority" | "subscriberEmailAddresses">> {
  /** The existing case: `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly adopt: string;
  /** Whether deleting the resource closes the case. */
  readonly closeOnDestroy?: boolean | undefined;
}

export type SupportCaseInputs = MadeCaseInputs | AdoptedCaseInputs;

/** Facts about the case. */
interface CaseFacts {
  /** `projects/P/cases/C` or `organizations/O/cases/C`; also the resource's ID. */
  readonly name: string;
  readonly state: CaseState;
  /** RFC 3339. */
  readonly createTime: string;
  /** The comments that were added. */
  readonly comments?: readonly string[] | undefined;
  /** The files that were uploaded. */
  readonly attachments?: readonly AttachmentContent[] | undefined;
  /** Whether the case was escalated. */
  readonly escalated?: boolean | undefined;
}

type Without<Inputs> = Omit<Inputs, "comments" | "attachments">;

export type SupportCaseOutputs = (Without<MadeCaseInputs> | Without<AdoptedCaseInputs>) & CaseFacts;

/** Inputs that cannot be changed on a case. Another value requires a new case. */
export const fixed = [
  "adopt",
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
] as const satisfies readonly (keyof AdoptedCaseInputs | keyof MadeCaseInputs)[];

/** Inputs that the API can change on an open case. */
export const changeable = [
  "displayName",
  "priority",
  "subscriberEmailAddresses",
] as const satisfies readonly (keyof CaseForm)[];

const otherInputs = [
  "version",
  "marker",
  "owner",
  "isFirstAttempt",
  "keepOpen",
  "closeOnDestroy",
  "escalation",
  "leftOut",
  "takenOut",
  "ignoreCases",
] as const;

export function isAdopted<Properties extends { readonly adopt?: string | undefined }>(
  properties: Properties,
): properties is Properties & { readonly adopt: string } {
  return (properties.adopt ?? "") !== "";
}

/** A property of created or adopted cases; undefined if it is absent. */
export function valueOf(properties: object, key: string): unknown {
  return (properties as Readonly<Record<string, unknown>>)[key];
}

/**
 * The inputs that outputs repeat. Not the additions, which outputs record once they are done, and not the provider's text,
 * which the engine adds to the properties.
 */
export function recordedInputs(properties: SupportCaseInputs | SupportCaseOutputs): Without<SupportCaseInputs> {
  const own: Record<string, unknown> = {};
  for (const key of [...otherInputs, ...fixed, ...changeable]) {
    const value = key === "version" ? version : valueOf(properties, key);
    if (value !== undefined) own[key] = value;
  }
  return own as unknown as Without<SupportCaseInputs>;
}

/** The outputs: facts about the case, and the inputs. */
export function outputsOf(
  properties: SupportCaseInputs | SupportCaseOutputs,
  { name, state, createTime }: Pick<Case, "name" | "state" | "createTime">,
): SupportCaseOutputs {
  return { ...recordedInputs(properties), name, state, createTime } as SupportCaseOutputs;
}

/** The case's values of the fields that can be changed. For an adopted case, only the fields that the config sets. */
export function fieldsOf(found: Case, properties: SupportCaseInputs | SupportCaseOutputs): Partial<CaseForm> {
  const fields: Record<string, unknown> = {};
  for (const key of changeable) {
    if (isAdopted(properties) && valueOf(properties, key) === undefined) continue;
    fields[key] =
      key === "subscriberEmailAddresses"
        ? [...(found.subscriberEmailAddresses ?? [])].sort()
        : (valueOf(found, key) ?? valueOf(properties, key));
  }
  return fields;
}

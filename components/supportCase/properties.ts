/** What the state of a stack has of a case: the types of its resources, and its properties. All of it stays as it is. */
import { createHash } from "node:crypto";
import type { testCaseDefaults, CaseChannel, CaseLanguage, CasePriority, EscalationReason } from "../../guide/index.ts";
import type { Case, CaseState } from "../../google/index.ts";

/** The types of the resource that a case is. They stay for ever. */
export const supportCaseTypes = {
  /** A program in TypeScript makes it: ../dynamicCase.ts. */
  dynamic: "pulumi-nodejs:dynamic/customercare:SupportCase",
  /** A program in another language makes it, by the component package. */
  packaged: "customer-care:index:SupportCase",
} as const;

export function isSupportCaseType(type: string): boolean {
  return Object.values<string>(supportCaseTypes).includes(type);
}

/** The resource that keeps what tells one life of a case from the next: ../caseLife.ts. */
export const lifeType = "pulumi:index:Stash";

export function isLifeOfCase(urn: string): boolean {
  return urn.includes(`customer-care:index:TestSupportCase$${lifeType}::`);
}

/**
 * What the engine writes in the place of a value that is known only once the stack is deployed. Without the SDK, which takes a second
 * to load.
 *
 * Source: `unknownValue` of sdk/nodejs/runtime/rpc.ts of github.com/pulumi/pulumi.
 */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * What marks a map as a special value, and as a secret.
 *
 * Source: sdk/go/common/resource/sig of github.com/pulumi/pulumi.
 */
export const signature = {
  key: "4dabf18193072939515e22adb298388d",
  secret: "1b47061264138c4ac30d75fd1eb44270",
} as const;

/**
 * The shape of the properties below. A state with an older one is brought up to it by an update, which also puts
 * today's code beside it.
 */
export const version = 1;

/** The guide's form (row G4). An adopted case has its own, of which only what can be changed may be asked for. */
export interface CaseForm {
  /** The display name of a classification, such as `Technical Issue > Compute > Compute Engine`. */
  readonly classification: string;
  readonly displayName: string;
  /** What the form asks for; the API's description holds all of it (caseDescription). */
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
  /** The API's `testCase`: no support agent gets it. */
  readonly testCase: boolean;
}

/** A file, by its content: neither a path nor a byte of it is kept once it is uploaded. */
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
  /** What names this resource in the case's description (markerOf). */
  readonly marker: string;
  /** The same without the life: it is known before there is one. Absent in states of 0.1.0. */
  readonly owner?: string | undefined;
  /**
   * Whether nothing can have been made in this life yet. Else a case that is not found may be one that the search does
   * not show yet. It is kept as it was when the resource was made.
   */
  readonly isFirstAttempt?: boolean | undefined;
  /** The URNs of this resource and of the Stash that has its life, for the command that replaces both. Never compared. */
  readonly urns?: readonly string[] | undefined;
  /** Whether the case stays open until the resource is deleted. Else it is closed once created. */
  readonly keepOpen: boolean;
  /**
   * Lives of which the state has no case: an update that was killed may have left one. Today's life is among them as long as the
   * config has not begun another one.
   */
  readonly formerLives?: readonly FormerLife[] | undefined;
}

/** What is added to a case, and never taken away. */
interface Additions {
  /** Each is made once. */
  readonly comments?: readonly string[] | undefined;
  /** Each is uploaded once. */
  readonly attachments?: readonly AttachmentFile[] | undefined;
  /** Asked for once. */
  readonly escalation?: { readonly reason: EscalationReason; readonly justification: string } | undefined;
}

/** What a case was made of that cannot be changed: its life remembers it, as the config may have other words by then. */
export interface MadeOf {
  /** Whether it is a test case: a text, as the component package has only those here. */
  readonly kind: "testCase" | "realCase";
  readonly classification: string;
  /** SHA-256 of the text without the marker, in hexadecimal digits. */
  readonly words: string;
}

/** What it was made of is absent in lives of 0.1.0, and of cases that were to be adopted. */
export interface FormerLife extends Partial<MadeOf> {
  readonly marker: string;
  /** Where a case of that life is: `projects/ID` or `organizations/NUMBER`. */
  readonly parent: string;
}

/** Fields of the form for which the guide has words. */
export type DefaultedField = keyof typeof testCaseDefaults;

export interface MadeCaseInputs extends Life, Additions, CaseForm {
  readonly adopt?: undefined;
  /**
   * The fields that the config leaves out: they have the guide's words of the release that made the case, and are no
   * difference where a newer release has others. Absent in states of 0.1.0.
   */
  readonly leftOut?: readonly DefaultedField[] | undefined;
  /** Those of them that the config had before, and has taken out: they have the guide's words again. */
  readonly takenOut?: readonly DefaultedField[] | undefined;
  /** Open cases that bear this resource's name in another life, and are somebody else's. */
  readonly ignoreCases?: readonly string[] | undefined;
}

export interface AdoptedCaseInputs
  extends Life, Additions, Partial<Pick<CaseForm, "displayName" | "priority" | "subscriberEmailAddresses">> {
  /** The case that is there already: `projects/P/cases/C` or `organizations/O/cases/C`. */
  readonly adopt: string;
  /** Whether it is closed when the resource is deleted. */
  readonly closeOnDestroy?: boolean | undefined;
}

export type SupportCaseInputs = MadeCaseInputs | AdoptedCaseInputs;

/** What is done, and what is true of the case. */
interface Known {
  /** `projects/P/cases/C` or `organizations/O/cases/C`; also the resource's id. */
  readonly name: string;
  readonly state: CaseState;
  /** RFC 3339. */
  readonly createTime: string;
  /** The comments that are made. */
  readonly comments?: readonly string[] | undefined;
  /** The files that are uploaded. */
  readonly attachments?: readonly AttachmentContent[] | undefined;
  /** Whether it was escalated. */
  readonly escalated?: boolean | undefined;
}

type Without<Inputs> = Omit<Inputs, "comments" | "attachments">;

export type SupportCaseOutputs = (Without<MadeCaseInputs> | Without<AdoptedCaseInputs>) & Known;

/** Inputs that a case cannot be changed in: another value makes another case. */
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

const others = [
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

/** A property of either kind; undefined where that kind has none. */
export function valueOf(properties: object, key: string): unknown {
  return (properties as Readonly<Record<string, unknown>>)[key];
}

/**
 * What outputs repeat of the inputs: not the additions, which are told by what is done. The engine adds the provider's
 * source text to what it passes, which must go nowhere else.
 */
export function echoOf(properties: SupportCaseInputs | SupportCaseOutputs): Without<SupportCaseInputs> {
  const own: Record<string, unknown> = {};
  for (const key of [...others, ...fixed, ...changeable]) {
    const value = key === "version" ? version : valueOf(properties, key);
    if (value !== undefined) own[key] = value;
  }
  return own as unknown as Without<SupportCaseInputs>;
}

/** What is known of the case itself, with what is asked for of it. */
export function outputsOf(
  properties: SupportCaseInputs | SupportCaseOutputs,
  { name, state, createTime }: Pick<Case, "name" | "state" | "createTime">,
): SupportCaseOutputs {
  return { ...echoOf(properties), name, state, createTime } as SupportCaseOutputs;
}

/** What the case has of the fields that can be changed. What nobody asks for of an adopted case is its own affair. */
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

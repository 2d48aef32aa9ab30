/**
 * Decides which cases belong to this resource. Nothing is ever written to other cases. The marker alone is not enough, because
 * anyone who can read a case can quote its marker, and another backend can have a stack with the same name.
 *
 * The API has no idempotency key, so the last line of the description, the marker, identifies the resource. It contains the
 * stack's full name, for people and in case the state is lost, and the life, so that the case of a former life is not mistaken
 * for the current one.
 */
import type { CaseChannel } from "../../guide/index.ts";
import type { Case } from "../../google/index.ts";
import { sha256 } from "./properties.ts";
import type { CaseForm, FormerLife, MadeCaseInputs, CaseFingerprint } from "./properties.ts";

/**
 * @param stack The stack's full name: organization, project and stack.
 * @param resource The resource's name in the stack.
 * @param life A UUID that is created with the resource and kept in the state.
 */
export function markerOf(stack: string, resource: string, life: string): string {
  return `${ownerOf(stack, resource)}, ${life}`;
}

/** The marker without the life: the stack and the resource. */
export function ownerOf(stack: string, resource: string): string {
  return `Pulumi stack ${stack}, resource ${resource}`;
}

/** The marker without the life. */
export function ownerIn(marker: string): string {
  return marker.slice(0, marker.lastIndexOf(", "));
}

/** The life in a marker; undefined for other texts, such as an unknown value. */
export function lifeIn(marker: string | undefined): string | undefined {
  return marker === undefined || readMarker(marker) === undefined
    ? undefined
    : marker.slice(marker.lastIndexOf(", ") + 2);
}

/** The last line. Google does not document how it stores trailing white space. */
function markerIn({ description = "" }: Pick<Case, "description">): string {
  const text = description.trimEnd();
  return text.slice(text.lastIndexOf("\n") + 1);
}

/** The text without the last line. */
function textWithoutMarker(description = ""): string {
  const text = description.trimEnd();
  return text.slice(0, Math.max(0, text.lastIndexOf("\n")));
}

export function isOfLife(one: Case, marker: string): boolean {
  const life = marker.slice(marker.lastIndexOf(", "));
  // If the stack was renamed, the marker differs but the life is the same.
  return markerIn(one).startsWith("Pulumi stack ") && markerIn(one).endsWith(life);
}

/** @param owner The result of `ownerOf`. */
export function isOfOwner(one: Case, owner: string): boolean {
  return ownerIn(markerIn(one)) === owner;
}

/** The search query for a life, which is unique. */
export function lifeQuery(marker: string): string {
  return quoted(marker.slice(marker.lastIndexOf(", ") + 2));
}

/** The search query for the open cases of a resource, of any life. */
export function ownerQuery(owner: string): string {
  return `state=OPEN AND ${quoted(owner)}`;
}

/** The stack and the resource of a marker. */
export interface Marker {
  readonly stack: string;
  readonly resource: string;
}

/** The marker of a case; undefined if it has none. */
export function markerOfCase(one: Case): Marker | undefined {
  return readMarker(markerIn(one));
}

/** Parses a marker; undefined for other texts. */
export function readMarker(text: string): Marker | undefined {
  const [, stack, resource] = /^Pulumi stack (.+?), resource (.+), [^,]+$/.exec(text) ?? [];
  return stack === undefined || resource === undefined ? undefined : { stack, resource };
}

/** The search query for the open cases of a stack, by its full name or the end of it. */
export function openCasesQuery(stack: string): string {
  return `state=OPEN AND ${quoted(`${stack}, resource`)}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, " ")}"`;
}

const channels: Record<CaseChannel, string> = { email: "E-mail", chat: "Live chat" };

/**
 * The case's description without the marker. It contains the fields of the console's form that the API lacks (row G4
 * test case).
 */
export function caseText(inputs: CaseForm): string {
  return [
    inputs.description,
    "",
    `Error message: ${inputs.errorMessage}`,
    `Business impact: ${inputs.businessImpact}`,
    `VM instances: ${inputs.vmInstances}`,
    `Third-party support authorization: ${inputs.thirdPartyAuthorization ? "Yes" : "No"}`,
    `Preferred channel: ${channels[inputs.channel]}`,
  ].join("\n");
}

export function isSameClassification(one: string, other: string): boolean {
  return normalizedClassification(one) === normalizedClassification(other);
}

/** Normalizes case and the spaces around `>`. */
export function normalizedClassification(displayName: string): string {
  return displayName
    .split(">")
    .map((part) => part.trim().toLowerCase())
    .join(" > ");
}

/** The inputs or outputs of a created case. */
export type Form = Omit<MadeCaseInputs, "comments" | "attachments">;

/** The fingerprint of a case, from its life. */
export interface RecordedForm extends Pick<MadeCaseInputs, "marker" | "parent" | "classification" | "testCase"> {
  readonly words: string;
}

/** The fingerprint of a case, for its life. */
export function fingerprintOf(form: Pick<MadeCaseInputs, "testCase" | "classification"> & CaseForm): CaseFingerprint {
  const { testCase, classification } = form;
  return { kind: testCase ? "testCase" : "realCase", classification, words: digestOf(caseText(form)) };
}

/** Undefined if the life has no fingerprint. */
export function formOf({ marker, parent, kind, classification, words }: FormerLife): RecordedForm | undefined {
  return classification === undefined || words === undefined
    ? undefined
    : { marker, parent, testCase: kind === "testCase", classification, words };
}

/** Whether the life's fingerprint matches the inputs. */
export function matchesFingerprint({ kind, classification = "", words }: FormerLife, asked: MadeCaseInputs): boolean {
  const now = fingerprintOf(asked);
  return kind === now.kind && words === now.words && isSameClassification(classification, now.classification);
}

/** Whether the case has this life, and matches all inputs that cannot be changed. */
export function isOwn(one: Case, form: Form | RecordedForm): boolean {
  return (
    isOfLife(one, form.marker) &&
    isInParent(one, form.parent) &&
    (one.testCase ?? false) === form.testCase &&
    isSameClassification(one.classification?.displayName ?? form.classification, form.classification) &&
    hasSameText(one, form)
  );
}

/**
 * Whether another life of this resource has created the case: the state was lost, or another backend has a stack of this name.
 * A person's case that quotes a marker is no test case, and has another text.
 *
 * @param form Undefined if the inputs are not known.
 * @param owner The result of `ownerOf`.
 */
export function isOfAnotherLife(one: Case, form: Form | RecordedForm | undefined, owner: string): boolean {
  const isOfThisLife = form !== undefined && lifeIn(form.marker) !== undefined && isOfLife(one, form.marker);
  const isInItsWords = form !== undefined && hasSameText(one, form);
  return isOpen(one) && isOfOwner(one, owner) && !isOfThisLife && ((one.testCase ?? false) || isInItsWords);
}

/**
 * Whether an update of this stack may have created the case in that life. A person's case that quotes a marker is no test case,
 * or has another text.
 */
export function isLeftBehind(one: Case, marker: string, remembered: RecordedForm | undefined): boolean {
  const isQuote = remembered !== undefined && !hasSameText(one, remembered);
  return isOpen(one) && isOfLife(one, marker) && isOfOwner(one, ownerIn(marker)) && one.testCase === true && !isQuote;
}

export const isOpen = ({ state }: Pick<Case, "state">) => state !== "CLOSED";

/** An organization's search also finds the cases of its projects. The name can contain the project's number. */
export function isInParent({ name }: Pick<Case, "name">, parent: string): boolean {
  const [collection = "", id = ""] = name.split("/");
  const isNumber = collection === "projects" && /^\d+$/.test(id);
  return parent === `${collection}/${id}` || (isNumber && parent.startsWith("projects/"));
}

/** Compares the text without the marker, because the stack can have been renamed. */
function hasSameText({ description }: Case, form: Form | RecordedForm): boolean {
  const words = "words" in form ? form.words : digestOf(caseText(form));
  return digestOf(textWithoutMarker(description)) === words;
}

/**
 * Ignores line endings and trailing white space, because Google does not document how it stores them. If the own case were not
 * recognized, it would be created twice (docs/explanation/decisions/caseMadeOnce.md).
 */
function digestOf(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  return sha256(new TextEncoder().encode(lines.join("\n").trim()));
}

/** The preview's note about a case that an interrupted update left, and that this update closes. */
export const leftCaseNote = (name: string) =>
  `case ${name} was created by an update that did not end: the next update closes it before it creates another`;

/** The cases of such notes in a preview's output. */
export function leftCasesIn(text: string): string[] {
  const pattern = new RegExp(
    leftCaseNote("NAME").replace("NAME", String.raw`((?:projects|organizations)/\S+/cases/[^\s:]+)`),
    "g",
  );
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

/**
 * Which cases are this resource's own: nothing is ever written to any other. Whoever can read a case can quote its marker,
 * and another backend may have a stack of the same name.
 *
 * The marker is how a case is found again: the API has no idempotency key, so the last line of the description names
 * the resource. It has the stack's full name, for a person to read and for the day when the state is lost, and a value
 * that is new with each life of the resource, so that the case of a life that ended is not taken for the one of today.
 */
import type { CaseChannel } from "../../guide/index.ts";
import type { Case } from "../../google/index.ts";
import { sha256 } from "./properties.ts";
import type { CaseForm, FormerLife, MadeCaseInputs, MadeOf } from "./properties.ts";

/**
 * @param stack The stack's full name: organization, project and stack.
 * @param resource The resource's name in the stack.
 * @param life A value that is made with the resource and kept in the state (a UUID).
 */
export function markerOf(stack: string, resource: string, life: string): string {
  return `${ownerOf(stack, resource)}, ${life}`;
}

/** The marker without the life: the stack and the resource. */
export function ownerOf(stack: string, resource: string): string {
  return `Pulumi stack ${stack}, resource ${resource}`;
}

/** Everything but the life. */
export function ownerIn(marker: string): string {
  return marker.slice(0, marker.lastIndexOf(", "));
}

/** The life in a marker; undefined in any other text, such as what stands for a value that is known only later. */
export function lifeIn(marker: string | undefined): string | undefined {
  return marker === undefined || readMarker(marker) === undefined
    ? undefined
    : marker.slice(marker.lastIndexOf(", ") + 2);
}

/** The last line. It is not documented how Google keeps line ends and blanks at the end. */
function markerIn({ description = "" }: Pick<Case, "description">): string {
  const text = description.trimEnd();
  return text.slice(text.lastIndexOf("\n") + 1);
}

/** All but the last line. */
export function textWithoutMarker(description = ""): string {
  const text = description.trimEnd();
  return text.slice(0, Math.max(0, text.lastIndexOf("\n")));
}

export function isOfLife(one: Case, marker: string): boolean {
  const life = marker.slice(marker.lastIndexOf(", "));
  // A stack that was renamed since then has another marker, but the same life.
  return markerIn(one).startsWith("Pulumi stack ") && markerIn(one).endsWith(life);
}

/** @param owner The stack and the resource, as `ownerOf` has them. */
export function isOfOwner(one: Case, owner: string): boolean {
  return ownerIn(markerIn(one)) === owner;
}

/** What to search for: this life, which is like no other text. */
export function lifeQuery(marker: string): string {
  return quoted(marker.slice(marker.lastIndexOf(", ") + 2));
}

/** What to search for: the open cases of the resource, of any life. */
export function ownerQuery(owner: string): string {
  return `state=OPEN AND ${quoted(owner)}`;
}

/** What a marker names. */
export interface Marker {
  readonly stack: string;
  readonly resource: string;
}

/** What the case's marker names; undefined where it bears none. */
export function markerOfCase(one: Case): Marker | undefined {
  return readMarker(markerIn(one));
}

/** What a marker names; undefined for any other text. */
export function readMarker(text: string): Marker | undefined {
  const [, stack, resource] = /^Pulumi stack (.+?), resource (.+), [^,]+$/.exec(text) ?? [];
  return stack === undefined || resource === undefined ? undefined : { stack, resource };
}

/** What to search for: the open cases of a stack, by its full name or by the end of it. */
export function openCasesQuery(stack: string): string {
  return `state=OPEN AND ${quoted(`${stack}, resource`)}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, " ")}"`;
}

const channels: Record<CaseChannel, string> = { email: "E-mail", chat: "Live chat" };

/** All of the case's description but the marker: the console's form has fields for which the API has none (guide row G4 test case). */
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
  return spelling(one) === spelling(other);
}

/** Case and the blanks around `>` do not matter. */
export function spelling(displayName: string): string {
  return displayName
    .split(">")
    .map((part) => part.trim().toLowerCase())
    .join(" > ");
}

/** What a case was made of: inputs or outputs. */
export type Form = Omit<MadeCaseInputs, "comments" | "attachments">;

/** What a life remembers of it. */
export interface Remembered extends Pick<MadeCaseInputs, "marker" | "parent" | "classification" | "testCase"> {
  readonly words: string;
}

/** What a life is to remember of the case that is made in it. */
export function madeOf(form: Pick<MadeCaseInputs, "testCase" | "classification"> & CaseForm): MadeOf {
  const { testCase, classification } = form;
  return { kind: testCase ? "testCase" : "realCase", classification, words: digestOf(caseText(form)) };
}

/** Undefined where the life remembers nothing. */
export function formOf({ marker, parent, kind, classification, words }: FormerLife): Remembered | undefined {
  return classification === undefined || words === undefined
    ? undefined
    : { marker, parent, testCase: kind === "testCase", classification, words };
}

/** Whether the life remembers what is asked for. */
export function isMadeOf({ kind, classification = "", words }: FormerLife, asked: MadeCaseInputs): boolean {
  const now = madeOf(asked);
  return kind === now.kind && words === now.words && isSameClassification(classification, now.classification);
}

/** Whether the case is of this life, and is what this resource asks for in all that cannot be changed. */
export function isOwn(one: Case, form: Form | Remembered): boolean {
  return (
    isOfLife(one, form.marker) &&
    isIn(one, form.parent) &&
    (one.testCase ?? false) === form.testCase &&
    isSameClassification(one.classification?.displayName ?? form.classification, form.classification) &&
    hasWordsOf(one, form)
  );
}

/**
 * Whether another life of this resource has made the case: the state was lost, or another backend has a stack of this name.
 * A person's case that ends with a quote is neither a test case nor in the same words.
 *
 * @param form Undefined where it is not known what is asked for.
 * @param owner The stack and the resource, as `ownerOf` has them.
 */
export function isOfAnotherLife(one: Case, form: Form | Remembered | undefined, owner: string): boolean {
  const isOfThisLife = form !== undefined && lifeIn(form.marker) !== undefined && isOfLife(one, form.marker);
  const isInItsWords = form !== undefined && hasWordsOf(one, form);
  return isOpen(one) && isOfOwner(one, owner) && !isOfThisLife && ((one.testCase ?? false) || isInItsWords);
}

/**
 * Whether an update of this stack may have made the case in that life. A person's case that ends with a quote is no test case, or
 * has other words.
 */
export function isLeftBehind(one: Case, marker: string, remembered: Remembered | undefined): boolean {
  const isQuote = remembered !== undefined && !hasWordsOf(one, remembered);
  return isOpen(one) && isOfLife(one, marker) && isOfOwner(one, ownerIn(marker)) && one.testCase === true && !isQuote;
}

export const isOpen = ({ state }: Pick<Case, "state">) => state !== "CLOSED";

/** An organization's search also finds the cases of its projects. A project may be named by its number. */
function isIn({ name }: Case, parent: string): boolean {
  const [collection = "", id = ""] = name.split("/");
  const isNumber = collection === "projects" && /^\d+$/.test(id);
  return parent === `${collection}/${id}` || (isNumber && parent.startsWith("projects/"));
}

/** The whole text, but for the marker: its stack may have been renamed. */
function hasWordsOf({ description }: Case, form: Form | Remembered): boolean {
  const words = "words" in form ? form.words : digestOf(caseText(form));
  return digestOf(textWithoutMarker(description)) === words;
}

/**
 * Line ends, and blanks at the end of a line and of the text, do not count: it is not documented how Google keeps them, and a case
 * that is not known to be its own is made twice (docs/explanation/decisions/caseMadeOnce.md). All else counts.
 */
function digestOf(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  return sha256(new TextEncoder().encode(lines.join("\n").trim()));
}

/** What a preview says of a case that an interrupted update left, and that this update closes. */
export const leftCaseNote = (name: string) =>
  `case ${name} was created by an update that did not end: the next update closes it before it creates another`;

/** The cases of such notes, in what a preview says. */
export function leftCasesIn(text: string): string[] {
  const pattern = new RegExp(
    leftCaseNote("NAME").replace("NAME", String.raw`((?:projects|organizations)/\S+/cases/[^\s:]+)`),
    "g",
  );
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

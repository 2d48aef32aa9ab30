/**
 * Which cases are this resource's own: nothing is ever written to any other. Whoever can read a case can quote its marker,
 * and another backend may have a stack of the same name.
 */
import type { Case } from "../../google/index.ts";
import { sha256 } from "./additions.ts";
import { isSameClassification } from "./classification.ts";
import { caseText } from "./description.ts";
import { isOfLife, isOfOwner, lifeIn, ownerIn, textWithoutMarker } from "./marker.ts";
import type { CaseForm, FormerLife, MadeCaseInputs, MadeOf } from "./properties.ts";

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
 * @param owner The stack and the resource, as `ownerOf` has them.
 */
export function isOfAnotherLife(one: Case, form: Form, owner: string): boolean {
  const life = lifeIn(form.marker);
  const isOfThisLife = life !== undefined && isOfLife(one, form.marker);
  return isOpen(one) && isOfOwner(one, owner) && !isOfThisLife && ((one.testCase ?? false) || hasWordsOf(one, form));
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
 * that is not known to be its own is made twice (docs/decisions/caseMadeOnce.md). All else counts.
 */
function digestOf(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  return sha256(new TextEncoder().encode(lines.join("\n").trim()));
}

/**
 * Which cases are this resource's own: nothing is ever written to any other. Whoever can read a case can quote its marker,
 * and another backend may have a stack of the same name.
 */
import type { Case } from "../../google/index.ts";
import { isSameText } from "./additions.ts";
import { isSameClassification } from "./classification.ts";
import { caseDescription } from "./description.ts";
import { isOfLife, isOfOwner, lifeIn, textWithoutMarker } from "./marker.ts";
import type { MadeCaseInputs } from "./properties.ts";

/** What a case was made of: inputs or outputs. */
export type Form = Omit<MadeCaseInputs, "comments" | "attachments">;

/** Whether the case is of this life, and is what this resource asks for in all that cannot be changed. */
export function isOwn(one: Case, form: Form): boolean {
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

/** Whether an update of this stack made the case in that life. A person's case that ends with a quote is no test case. */
export function isLeftBehind(one: Case, marker: string, owner: string): boolean {
  return isOpen(one) && isOfLife(one, marker) && isOfOwner(one, owner) && one.testCase === true;
}

export const isOpen = ({ state }: Pick<Case, "state">) => state !== "CLOSED";

/** An organization's search also finds the cases of its projects. A project may be named by its number. */
function isIn({ name }: Case, parent: string): boolean {
  const [collection = "", id = ""] = name.split("/");
  const isNumber = collection === "projects" && /^\d+$/.test(id);
  return parent === `${collection}/${id}` || (isNumber && parent.startsWith("projects/"));
}

/** The whole text, but for the marker: its stack may have been renamed. */
function hasWordsOf({ description }: Case, form: Form): boolean {
  return isSameText(textWithoutMarker(description), textWithoutMarker(caseDescription(form)));
}

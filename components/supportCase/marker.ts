/**
 * The mark by which a case is found again: the API has no idempotency key, so the last line of the description names
 * the resource. It has the stack's full name, for a person to read and for the day when the state is lost, and a value
 * that is new with each life of the resource, so that the case of a life that ended is not taken for the one of today.
 */
import type { Case } from "../../google/index.ts";

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

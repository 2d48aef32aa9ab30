/** The first line of a comment, which GitHub does not show: the next run finds the stack's comment by it. */

/** Encoded, so that no stack's name can end the HTML comment. */
export function markerOf(stack: string): string {
  return `<!-- customer-care preview of ${encodeURIComponent(stack.toWellFormed())} -->`;
}

/** The marker must come first: a person who quotes the comment below their own words keeps theirs. */
export function isMarked(body: string | null | undefined, stack: string): boolean {
  return body?.split(/\r?\n/, 1)[0] === markerOf(stack);
}

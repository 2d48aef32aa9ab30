/**
 * The mark by which a case is found again: the API has no idempotency key, so the description names the resource. It
 * has the stack's full name, for a person to read, and a value that is new with each life of the resource, so that the
 * case of a life that ended is not taken for the one of today.
 */

/**
 * @param stack The stack's full name: organization, project and stack.
 * @param resource The resource's name in the stack.
 * @param life A value that is made with the resource and kept in the state (a UUID).
 */
export function markerOf(stack: string, resource: string, life: string): string {
  return `Pulumi stack ${stack}, resource ${resource}, ${life}`;
}

/** What to search for: the marker's last part, which is like no other text. */
export function searchQuery(marker: string): string {
  return `"${marker.split(", ").at(-1) ?? marker}"`;
}

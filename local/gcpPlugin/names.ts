/** The last part of a path, such as the project's id of `projects/shop-dev`. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether a resource's name or path means the one before, which may be its path. */
export function sameResourceName(before: string, next: string): boolean {
  return before === next || (!next.includes("/") && lastPart(before) === next);
}

/** Whether two paths end in the same name. */
export function sameLastPart(a: string, b: string): boolean {
  return lastPart(a) === lastPart(b);
}

/** The last part of a path, such as the project's id of `projects/shop-dev`. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether two paths end in the same name. */
export function sameLastPart(a: string, b: string): boolean {
  return lastPart(a) === lastPart(b);
}

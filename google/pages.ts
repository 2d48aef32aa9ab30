/** Shared by the API modules: paginated lists, and the project and the ID in a resource name. */
import { shapeError } from "./error.ts";
import type { GoogleRequest, Transport } from "./transport.ts";

/** `projects/shop-dev/cases/1` → `shop-dev`; undefined for other resources. An ID can start with a domain. */
export function projectOf(name: string): string | undefined {
  return /^projects\/((?:[^/:]*\.[^/:]*:)?[^/:]+)/.exec(name)?.[1];
}

/** The last part of a resource name: `projects/shop-dev/cases/1` → `1`. */
export function idIn(name: string): string {
  return name.split("/").at(-1) ?? name;
}

/** Other fields of a list reply. An empty list has none. */
const otherFields = ["nextPageToken", "totalSize", "unreachable"];

/**
 * @param key The reply's field with the items.
 * @throws GoogleError if a reply is not a list, because it must not count as an empty one
 */
export async function allPages<Item>(
  transport: Transport,
  request: Pick<GoogleRequest, "baseUrl" | "path" | "query" | "project">,
  key: string,
  pageSize = 100,
): Promise<Item[]> {
  const items: Item[] = [];
  let pageToken: string | undefined;
  do {
    const page: Record<string, unknown> = await transport.request({
      ...request,
      method: "GET",
      query: { ...request.query, pageSize, pageToken },
    });
    items.push(...itemsOf<Item>(`GET ${request.path}`, page, key));
    const { nextPageToken: next = "" } = page;
    if (typeof next !== "string" || (next !== "" && next === pageToken))
      throw shapeError(`GET ${request.path}`, "another page", page);
    pageToken = next || undefined;
  } while (pageToken !== undefined);
  return items;
}

/** @throws GoogleError if the reply is not a list */
export function itemsOf<Item>(request: string, page: Readonly<Record<string, unknown>>, key: string): Item[] {
  const found = page[key];
  const isEmpty = Object.keys(page).every((field) => otherFields.includes(field));
  if (Array.isArray(found) ? found.every(isObject) : found === undefined && isEmpty) return (found ?? []) as Item[];
  throw shapeError(request, `a list of ${key}`, page);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

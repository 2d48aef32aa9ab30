/** What the modules for the APIs share: lists that come in pages, and the project that a request is about. */
import { shapeError } from "./error.ts";
import type { GoogleRequest, Transport } from "./transport.ts";

/** `projects/shop-dev/cases/1` → `shop-dev`; undefined where the name is not below a project. An ID may have a domain before it. */
export function projectOf(name: string): string | undefined {
  return /^projects\/((?:[^/:]*\.[^/:]*:)?[^/:]+)/.exec(name)?.[1];
}

/** What a list may say besides its items. An empty one says nothing at all. */
const besideItems = ["nextPageToken", "totalSize", "unreachable"];

/**
 * @param key The field of the reply that has the items.
 * @throws GoogleError where a page is no list, which must not be taken for an empty one
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

/** @throws GoogleError where the page is no list */
export function itemsOf<Item>(request: string, page: Readonly<Record<string, unknown>>, key: string): Item[] {
  const found = page[key];
  const isEmpty = Object.keys(page).every((field) => besideItems.includes(field));
  if (Array.isArray(found) ? found.every(isObject) : found === undefined && isEmpty) return (found ?? []) as Item[];
  throw shapeError(request, `a list of ${key}`, page);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

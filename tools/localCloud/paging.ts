import { invalidArgument } from "./errors.ts";
import type { Query } from "./query.ts";

export interface PageSizes {
  readonly default: number;
  /** The maximum pageSize. Larger values are reduced. */
  readonly max: number;
  /** Essential Contacts ignores a pageSize that is not positive. The other APIs reject negative ones. */
  readonly ignoreNonPositive?: boolean;
}

export interface Page<Item> {
  readonly items: Item[];
  readonly nextPageToken?: string;
}

/** The page of a list for `pageSize` and `pageToken` (https://google.aip.dev/158). */
export function page<Item>(items: readonly Item[], query: Query, sizes: PageSizes): Page<Item> {
  return pageOf(items, { pageSize: query.integer("pageSize"), pageToken: query.text("pageToken") }, sizes);
}

/** The same for requests with both in the body. */
export function pageOf<Item>(
  items: readonly Item[],
  request: { readonly pageSize: number; readonly pageToken: string },
  sizes: PageSizes,
): Page<Item> {
  const { pageSize } = request;
  if (pageSize < 0 && sizes.ignoreNonPositive !== true) throw invalidArgument("page_size", "must not be negative");
  const size = pageSize > 0 ? Math.min(pageSize, sizes.max) : sizes.default;
  const start = request.pageToken === "" ? 0 : readToken(request.pageToken);
  const end = start + size;
  const found = items.slice(start, end);
  return end < items.length ? { items: found, nextPageToken: writeToken(end) } : { items: found };
}

function writeToken(start: number): string {
  return Buffer.from(`start=${start}`).toString("base64url");
}

function readToken(token: string): number {
  const match = /^start=(\d+)$/.exec(Buffer.from(token, "base64url").toString());
  if (match?.[1] === undefined) throw invalidArgument("page_token", "not a page token of this list");
  return Number(match[1]);
}

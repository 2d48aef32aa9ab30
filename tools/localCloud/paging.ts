import { createHash } from "node:crypto";
import type { Call } from "./api.ts";
import { invalidArgument } from "./errors.ts";

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
export function page<Item>(items: readonly Item[], call: Call, sizes: PageSizes): Page<Item> {
  const { query } = call;
  return pageOf(items, call, { pageSize: query.integer("pageSize"), pageToken: query.text("pageToken") }, sizes);
}

/** The same for requests with both in the body. */
export function pageOf<Item>(
  items: readonly Item[],
  call: Call,
  request: { readonly pageSize: number; readonly pageToken: string },
  sizes: PageSizes,
): Page<Item> {
  const { pageSize } = request;
  if (pageSize < 0 && sizes.ignoreNonPositive !== true) throw invalidArgument("page_size", "must not be negative");
  const size = pageSize > 0 ? Math.min(pageSize, sizes.max) : sizes.default;
  const list = fingerprint(call);
  const start = request.pageToken === "" ? 0 : readToken(request.pageToken, list);
  const end = start + size;
  const found = items.slice(start, end);
  return end < items.length ? { items: found, nextPageToken: writeToken(end, list) } : { items: found };
}

/** What must be the same for all pages: the method and its arguments, but not the size and the token. */
function fingerprint({ rpc, path, query, body }: Call): string {
  const others = { ...query.arguments(), ...(body as object) };
  const request = Object.entries(others).filter(([name]) => name !== "pageSize" && name !== "pageToken");
  return createHash("sha256")
    .update(JSON.stringify([rpc, path, request.sort()]))
    .digest("hex")
    .slice(0, 16);
}

function writeToken(start: number, list: string): string {
  return Buffer.from(`start=${start} ${list}`).toString("base64url");
}

function readToken(token: string, list: string): number {
  const [, start, of] = /^start=(\d+) (\w+)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (start === undefined || of !== list) throw invalidArgument("page_token", "not a page token of this list");
  return Number(start);
}

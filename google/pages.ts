/** What the modules for the APIs share: lists that come in pages, and the project that a request is about. */
import type { GoogleRequest, Transport } from "./transport.ts";

/** `projects/shop-dev/cases/1` → `shop-dev`; undefined where the name is not below a project. An ID may have a domain before it. */
export function projectOf(name: string): string | undefined {
  return /^projects\/((?:[^/:]*\.[^/:]*:)?[^/:]+)/.exec(name)?.[1];
}

/** @param key The field of the reply that has the items. */
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
    items.push(...((page[key] as Item[] | undefined) ?? []));
    pageToken = (page["nextPageToken"] as string | undefined) || undefined;
  } while (pageToken !== undefined);
  return items;
}

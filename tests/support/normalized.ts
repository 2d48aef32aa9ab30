import type { Cloud } from "../../tools/localCloud/index.ts";

/** A text without what differs from run to run: addresses, times, random values, folders. */
export function normalized(text: string, { address }: Pick<Cloud, "address">): string {
  return (
    text
      .replaceAll(address.replace("http://", ""), "cloud")
      .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "UUID")
      .replace(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/g, "TIME")
      .replace(/("etag": )"[^"]*"/g, '$1"ETAG"')
      .replace(/("(magic|version)": )"[^"]*"/g, '$1"ENGINE"')
      // Contacts are numbered in the order in which they happen to be created.
      .replace(/contacts\/\d+/g, "contacts/N")
      .replace(/operations\/[\w.-]+/g, "operations/ID")
  );
}

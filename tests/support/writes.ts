import type { Cloud } from "../../local/cloud/index.ts";

/** Calls that are sent as if they wrote, and do not. */
const reads = ["GetIamPolicy", "TestIamPermissions", "SearchOrganizations", "TokenInfo"];

/** What the cloud was asked to change since so many requests. */
export function writesSince({ requests }: Cloud, first: number): string[] {
  return requests
    .slice(first)
    .filter(({ method, rpc }) => method !== "GET" && !reads.includes(rpc))
    .map(({ method, path }) => `${method} ${path}`);
}

import { isWrite } from "../../local/cloud/index.ts";
import type { Cloud } from "../../local/cloud/index.ts";

/** What the cloud was asked to change since so many requests. */
export function writesSince({ requests }: Cloud, first: number): string[] {
  return requests
    .slice(first)
    .filter(isWrite)
    .map(({ method, path }) => `${method} ${path}`);
}

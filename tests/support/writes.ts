import { isWrite } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";

/** What the cloud was asked to change since so many requests. */
export function writesSince({ requests }: Cloud, first: number): string[] {
  return requests
    .slice(first)
    .filter(isWrite)
    .map(({ method, path }) => `${method} ${path}`);
}

/** The files that a test case attaches, by their content. */
import { basename } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError, readAttachment } from "../onboarding/index.ts";
import type { Problem } from "../onboarding/index.ts";
import { sha256 } from "./supportCase/index.ts";
import type { AttachmentFile } from "./supportCase/index.ts";

/**
 * @param name The component's.
 * @param key Where the paths stand in its args.
 * @param paths Relative to the program's directory.
 * @throws with each file that cannot be attached
 */
export function attachmentFiles(name: string, key: readonly string[], paths: readonly string[]): AttachmentFile[] {
  const problems: Problem[] = [];
  const files = paths.flatMap((path, index) => {
    const content = readAttachment(path);
    if (typeof content !== "string") return [{ path, filename: basename(path), sha256: sha256(content) }];
    problems.push({ path: [...key, index], message: `${JSON.stringify(path)} ${content}` });
    return [];
  });
  if (problems.length > 0) throw new pulumi.RunError(new ConfigError(name, problems).message);
  return files;
}

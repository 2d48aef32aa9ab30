/** A copy of this clone's files, without what Git ignores, as others get it from its repository. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/setup/bootstrap/places.mjs";

/** Why there is no copy here. Nothing where there is one. */
export const whyNoCopy = existsSync(join(root, ".git")) ? undefined : "this is no clone of git";

export function copyOfClone(folder: string): void {
  const listing = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", listing, { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);
  for (const file of files)
    if (existsSync(join(root, file))) cpSync(join(root, file), join(folder, file), { recursive: true });
}

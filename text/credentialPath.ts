/**
 * The settings of the gcp provider that are a credential or the path of a file with one, read as the provider reads them.
 *
 * Source: hashicorp/terraform-provider-google google/verify/path_or_contents.go
 * Source: mitchellh/go-homedir homedir.go
 */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * The path of the file with the credential; undefined if the value is the credential itself. A value that begins with `~` is
 * always a path. The provider does not trim paths.
 *
 * @param folder The folder to which the path is relative. @default the current one
 * @param home The home directory. @default the user's
 */
export function credentialPath(
  value: string,
  folder = process.cwd(),
  home = process.env["HOME"] || homedir(),
): string | undefined {
  const path = resolve(folder, expandHome(value, home));
  return value.startsWith("~") || existsSync(path) ? path : undefined;
}

/** The provider expands `~` only, not `~ada`. */
function expandHome(path: string, home: string): string {
  return /^~([/\\]|$)/.test(path) ? join(home, path.slice(1)) : path;
}

/** Where the reader of a message finds a document of the package. */
import { readFileSync } from "node:fs";

/**
 * A program that has installed the package has no such file of its own: the document of the release in its repository, else the one
 * in node_modules. In a clone, the path in the clone.
 *
 * @param path for example "docs/reference/errors.md"
 * @param file the URL of this file
 */
export const documentIn = (path: string, file: string) => documentOf(path, ownPackage(file));

function documentOf(path: string, found: ReturnType<typeof ownPackage>): string {
  if (found === undefined) return path;
  const { folder, version, repository } = found;
  if (typeof repository?.url === "string")
    return `${repository.url.replace(/^git\+|\.git$/g, "")}/blob/v${String(version)}/${path}`;
  const { pathname } = new URL(folder);
  const installed = pathname.lastIndexOf("/node_modules/");
  return installed === -1 ? path : `${decodeURIComponent(pathname.slice(installed + 1))}${path}`;
}

const packages = ["customer-care", "customer-care-cli", "customer-care-plugin"];

interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly repository?: { readonly url?: unknown };
}

/**
 * The package that has this file; undefined if a bundler has copied the code elsewhere, where there may be the package.json of
 * another package, or none.
 */
function ownPackage(file: string): (Manifest & { readonly folder: string }) | undefined {
  try {
    const folder = new URL("../", file);
    const manifest = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as Manifest;
    return packages.includes(manifest.name) ? { ...manifest, folder: folder.href } : undefined;
  } catch {
    return undefined;
  }
}

/** Read once: each command of care names several documents. */
let own: { readonly found: ReturnType<typeof ownPackage> } | undefined;

/** A document of the package that has this file. */
export function documentPath(path: string): string {
  own ??= { found: ownPackage(import.meta.url) };
  return documentOf(path, own.found);
}

const errors = "docs/reference/errors.md";

/** The page that explains errors. */
export const errorPage = () => documentPath(errors);

/** Whether a message links to that page already, also the page of another package. */
export const linksToErrorPage = (message: string) => message.includes(`${errors}#`);

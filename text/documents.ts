/** Where the reader of a message finds a document of the package. */
import { readFileSync } from "node:fs";

interface Manifest {
  readonly version?: string;
  readonly repository?: { readonly url: string };
}

/**
 * A program that has installed the package has no such file of its own: the document of the release in its repository, else the one
 * in node_modules. In a clone, the path in the clone.
 *
 * @param path for example "docs/reference/errors.md"
 * @param manifest the package's
 * @param folder the package's URL
 */
export function documentIn(path: string, { version, repository }: Manifest, folder: string): string {
  if (repository !== undefined)
    return `${repository.url.replace(/^git\+|\.git$/g, "")}/blob/v${String(version)}/${path}`;
  const { pathname } = new URL(folder);
  const installed = pathname.lastIndexOf("/node_modules/");
  return installed === -1 ? path : `${decodeURIComponent(pathname.slice(installed + 1))}${path}`;
}

const manifestUrl = new URL("../package.json", import.meta.url);
const manifest = JSON.parse(readFileSync(manifestUrl, "utf8")) as Manifest;

/** A document of the package that has this file. */
export const documentPath = (path: string) => documentIn(path, manifest, new URL("./", manifestUrl).href);

const errors = "docs/reference/errors.md";

/** The page that explains errors. */
export const errorPage = documentPath(errors);

/** Whether a message links to that page already, also the page of another package. */
export const linksToErrorPage = (message: string) => message.includes(`${errors}#`);

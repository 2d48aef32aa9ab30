/** Where the reader of a message finds a document of the package. An old Node must be able to load this file. */
import { readFileSync } from "node:fs";

/**
 * A program that has installed the package has no such file of its own: the document of the release in its repository, else the one
 * in node_modules. In a clone, the path in the clone.
 *
 * @param {string} path for example "docs/reference/errors.md"
 * @param {{ version?: string, repository?: { url: string } }} manifest the package's
 * @param {string} folder the package's URL
 */
export function documentIn(path, { version, repository }, folder) {
  if (repository !== undefined)
    return `${repository.url.replace(/^git\+|\.git$/g, "")}/blob/v${String(version)}/${path}`;
  const { pathname } = new URL(folder);
  const installed = pathname.lastIndexOf("/node_modules/");
  return installed === -1 ? path : `${decodeURIComponent(pathname.slice(installed + 1))}${path}`;
}

const manifestUrl = new URL("../package.json", import.meta.url);
/** @type {{ version?: string, repository?: { url: string } }} */
const manifest = JSON.parse(readFileSync(manifestUrl, "utf8"));

/**
 * A document of the package that has this file.
 *
 * @param {string} path
 */
export const documentPath = (path) => documentIn(path, manifest, new URL("./", manifestUrl).href);

const errors = "docs/reference/errors.md";

/** The page that explains errors. */
export const errorPage = documentPath(errors);

/**
 * Whether a message links to that page already, also the page of another package.
 *
 * @param {string} message
 */
export const linksToErrorPage = (message) => message.includes(`${errors}#`);

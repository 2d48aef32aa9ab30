/** Names, titles and dependencies of Google Cloud services. */
import { publishedServices } from "./schema.ts";

/**
 * Services that have no client library, or no title in one.
 * Source: the service configurations in googleapis/googleapis (`name` and `title` of each yaml file).
 */
const otherServices: Readonly<Record<string, string>> = {
  "appengineflex.googleapis.com": "Google App Engine Flexible Environment",
  "cloudapis.googleapis.com": "Google Cloud APIs",
  "containerscanning.googleapis.com": "Container Scanning API",
  "servicehealth.googleapis.com": "Service Health API",
  "sql-component.googleapis.com": "Cloud SQL",
  "stackdriver.googleapis.com": "Stackdriver API",
  "storage-api.googleapis.com": "Google Cloud Storage JSON API",
  "storage-component.googleapis.com": "Cloud Storage",
};

/** Titles in SERVICE_DISABLED errors and in Service Usage's replies. The title of a service without one is its name. */
export const serviceTitles: ReadonlyMap<string, string> = new Map([
  ...publishedServices,
  ...Object.entries(otherServices),
]);

/** The dependencies of a service. Enabling the service enables them, and they cannot be disabled before it. */
export const serviceDependencies: Readonly<Record<string, readonly string[]>> = {
  "container.googleapis.com": ["compute.googleapis.com"],
};

/** Whether the service exists: all with a client library, and some others. */
export function serviceExists(name: string): boolean {
  return serviceTitles.has(name);
}

export function serviceTitle(name: string): string {
  return serviceTitles.get(name) || name;
}

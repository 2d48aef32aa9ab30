/**
 * Names, titles and dependencies of Google Cloud services.
 * Source: the service configurations in googleapis/googleapis (`name` and `title` of each yaml file).
 */

/** Titles in SERVICE_DISABLED errors and in Service Usage's replies. The title of other services is their name. */
export const serviceTitles: Readonly<Record<string, string>> = {
  "bigquery.googleapis.com": "BigQuery API",
  "cloudasset.googleapis.com": "Cloud Asset API",
  "cloudbilling.googleapis.com": "Cloud Billing API",
  "cloudresourcemanager.googleapis.com": "Cloud Resource Manager API",
  "cloudsupport.googleapis.com": "Google Cloud Support API",
  "compute.googleapis.com": "Compute Engine API",
  "container.googleapis.com": "Kubernetes Engine API",
  "dns.googleapis.com": "Cloud DNS API",
  "essentialcontacts.googleapis.com": "Essential Contacts API",
  "iam.googleapis.com": "Identity and Access Management (IAM) API",
  "iamcredentials.googleapis.com": "IAM Service Account Credentials API",
  "logging.googleapis.com": "Cloud Logging API",
  "monitoring.googleapis.com": "Cloud Monitoring API",
  "orgpolicy.googleapis.com": "Organization Policy API",
  "pubsub.googleapis.com": "Cloud Pub/Sub API",
  "recommender.googleapis.com": "Recommender API",
  "run.googleapis.com": "Cloud Run Admin API",
  "secretmanager.googleapis.com": "Secret Manager API",
  "servicehealth.googleapis.com": "Service Health API",
  "serviceusage.googleapis.com": "Service Usage API",
  "sqladmin.googleapis.com": "Cloud SQL Admin API",
  "storage.googleapis.com": "Cloud Storage API",
};

/** The dependencies of a service. Enabling the service enables them, and they cannot be disabled before it. */
export const serviceDependencies: Readonly<Record<string, readonly string[]>> = {
  "container.googleapis.com": ["compute.googleapis.com"],
};

/** Whether the service exists. Google has hundreds, so this accepts any name of the correct form. */
export function serviceExists(name: string): boolean {
  return /^[a-z][a-z0-9-]*\.googleapis\.com$/.test(name);
}

export function serviceTitle(name: string): string {
  return serviceTitles[name] ?? name;
}

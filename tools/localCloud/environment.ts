import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The environment variables and the gcp plugin's configuration for programs that use the local cloud. */

/**
 * The endpoints by the Google provider's names, as the paths of their base URLs. Each ends with a slash, which the provider
 * requires.
 */
const endpoints = {
  resourceManager: "cloudresourcemanager/v1/",
  resourceManagerV3: "cloudresourcemanager/v3/",
  serviceUsage: "serviceusage/v1/",
  essentialContacts: "essentialcontacts/v1/",
  cloudBilling: "cloudbilling/v1/",
  cloudSupport: "cloudsupport/v2/",
  orgPolicy: "orgpolicy/v2/",
  iamCredentials: "iamcredentials/v1/",
  // The provider's paths of this API have the version.
  monitoring: "monitoring/",
  pubsub: "pubsub/v1/",
} as const;

/** The endpoints of APIs that the Google provider does not support, with names in its style. */
const otherEndpoints = {
  serviceHealth: "servicehealth/v1/",
  recommender: "recommender/v1/",
  oauth2: "oauth2/",
} as const;

/** A universe that does not exist. */
const universeDomain = "emulator.invalid";

/** `resourceManagerV3` → `RESOURCE_MANAGER_V3`. */
function upperSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** The environment for programs that use the local cloud, as the principal of the access token. */
export function environment(address: string, accessToken: string | undefined): Record<string, string> {
  const variables = Object.entries({ ...endpoints, ...otherEndpoints }).map(
    ([name, path]) => [`GOOGLE_${upperSnakeCase(name)}_CUSTOM_ENDPOINT`, `${address}/${path}`] as const,
  );
  return {
    ...(accessToken === undefined ? {} : { GOOGLE_OAUTH_ACCESS_TOKEN: accessToken }),
    ...Object.fromEntries(variables),
  };
}

/**
 * The `gcp:` configuration, without that prefix. A universe that does not exist prevents the plugin from calling Google for
 * APIs without an endpoint, in particular for the user's identity at startup.
 */
export function gcpConfig(address: string): Record<string, string> {
  const keys = Object.entries(endpoints).map(
    ([name, path]) => [`${name}CustomEndpoint`, `${address}/${path}`] as const,
  );
  return {
    ...Object.fromEntries(keys),
    universeDomain,
    disableGlobalProjectWarning: "true",
  };
}

/** Credential files of type `external_account`, as in workload identity federation. */
export interface CredentialFiles {
  /** Application Default Credentials of the principal. */
  readonly externalAccount: string;
  /** Application Default Credentials of the impersonator, for the principal, which must be a service account. */
  readonly impersonation: string;
}

const audience =
  "//iam.googleapis.com/projects/100000000003/locations/global/workloadIdentityPools/local/providers/local";

/** Writes both files and their subject tokens into the directory. */
export function writeCredentialFiles(
  directory: string,
  address: string,
  principal: string,
  impersonator: string,
): CredentialFiles {
  mkdirSync(directory, { recursive: true });
  const email = principal.replace(/^serviceAccount:/, "");
  return {
    externalAccount: writeFile(directory, "external-account", address, principal),
    impersonation: writeFile(directory, "impersonation", address, impersonator, {
      service_account_impersonation_url: `${address}/iamcredentials/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
    }),
  };
}

function writeFile(directory: string, name: string, address: string, subject: string, more = {}): string {
  const subjectToken = join(directory, `${name}-subject-token.txt`);
  writeFileSync(subjectToken, subject);
  const credential = {
    type: "external_account",
    audience,
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: `${address}/sts/v1/token`,
    credential_source: { file: subjectToken },
    universe_domain: universeDomain,
    ...more,
  };
  const file = join(directory, `${name}.json`);
  writeFileSync(file, JSON.stringify(credential, undefined, 2));
  return file;
}

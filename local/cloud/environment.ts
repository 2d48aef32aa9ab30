/** How a program is pointed at the local cloud: environment variables and the gcp plugin's configuration. */

/**
 * The endpoints by the name that the Google provider has for each, as the path of their base URL; each ends in a slash,
 * as the provider demands.
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
  pubsub: "pubsub/v1/",
} as const;

/** The endpoints of APIs that the Google provider does not have, named as it would name them. */
const otherEndpoints = {
  serviceHealth: "servicehealth/v1/",
  recommender: "recommender/v1/",
  oauth2: "oauth2/",
} as const;

/** A universe that does not exist. */
export const universeDomain = "emulator.invalid";

/** `resourceManagerV3` → `RESOURCE_MANAGER_V3`. */
function upperSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** The environment that points any program at the local cloud, as the principal of the access token. */
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
 * The `gcp:` configuration, without that prefix. A universe that does not exist keeps the plugin from calling Google
 * where no endpoint is set, above all for its user's identity at start-up.
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

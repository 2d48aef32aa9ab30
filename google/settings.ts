/**
 * The settings of requests to Google: from the `gcp:` config, or from the environment variables of the gcp provider, so that
 * the same settings apply to gcp resources and the case. They are read for each operation and never stored.
 *
 * Source: https://www.pulumi.com/registry/packages/gcp/installation-configuration/
 */

import { GoogleError } from "./error.ts";

export interface GoogleSettings {
  /** An OAuth 2.0 access token. */
  readonly accessToken?: string | undefined;
  /** The contents of a key file, or its path. */
  readonly credentials?: string | undefined;
  /** The service account to act as. */
  readonly impersonateServiceAccount?: string | undefined;
  /** The chain of service accounts between the caller and the one to act as. */
  readonly impersonateServiceAccountDelegates: readonly string[];
  /** The project for billing and quota if `userProjectOverride` is true. */
  readonly billingProject?: string | undefined;
  readonly userProjectOverride: boolean;
  /** The quota project of all Google clients, from the environment. */
  readonly quotaProject?: string | undefined;
  readonly requestReason?: string | undefined;
  readonly universeDomain?: string | undefined;
  /** The base URL of the Cloud Support API, including a version. */
  readonly cloudSupportCustomEndpoint?: string | undefined;
  /** The base URL of the Resource Manager API, including its version. */
  readonly resourceManagerV3CustomEndpoint?: string | undefined;
  /** The base URLs of further APIs, including their versions. */
  readonly serviceUsageCustomEndpoint?: string | undefined;
  readonly essentialContactsCustomEndpoint?: string | undefined;
  readonly cloudBillingCustomEndpoint?: string | undefined;
  readonly orgPolicyCustomEndpoint?: string | undefined;
  readonly monitoringCustomEndpoint?: string | undefined;
  readonly pubsubCustomEndpoint?: string | undefined;
  /** The gcp provider has no settings for these APIs. Their names follow its convention. */
  readonly serviceHealthCustomEndpoint?: string | undefined;
  readonly recommenderCustomEndpoint?: string | undefined;
  /**
   * The base URL of the OAuth 2 API, without a version. The gcp provider has no such setting. The name follows its
   * convention.
   */
  readonly oauth2CustomEndpoint?: string | undefined;
  /** The base URL of the IAM Credentials API, including its version. */
  readonly iamCredentialsCustomEndpoint?: string | undefined;
}

/**
 * @param config The value of a stack's config key such as `gcp:project`, or undefined.
 * @param environment The environment variables.
 */
export function readGoogleSettings(
  config: (key: string) => string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): GoogleSettings {
  const read = (key: string, ...variables: readonly string[]): string | undefined =>
    [config(`gcp:${key}`), ...variables.map((variable) => environment[variable])].find(
      (value) => value !== undefined && value !== "",
    );
  const configured = read("accessToken") ?? read("credentials");
  // As in the gcp provider, credentials in the config have precedence over the environment.
  const unlessConfigured = (...variables: readonly string[]) => (configured === undefined ? variables : []);
  return {
    accessToken: read("accessToken", ...unlessConfigured("GOOGLE_OAUTH_ACCESS_TOKEN")),
    credentials: read(
      "credentials",
      ...unlessConfigured("GOOGLE_CREDENTIALS", "GOOGLE_CLOUD_KEYFILE_JSON", "GCLOUD_KEYFILE_JSON"),
    ),
    impersonateServiceAccount: read("impersonateServiceAccount", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"),
    impersonateServiceAccountDelegates: stringList(config("gcp:impersonateServiceAccountDelegates")),
    billingProject: read("billingProject", "GOOGLE_BILLING_PROJECT"),
    userProjectOverride: userProjectOverride(config("gcp:userProjectOverride"), environment["USER_PROJECT_OVERRIDE"]),
    quotaProject: environment["GOOGLE_CLOUD_QUOTA_PROJECT"] || undefined,
    requestReason: read("requestReason", "CLOUDSDK_CORE_REQUEST_REASON"),
    universeDomain: read("universeDomain", "GOOGLE_CLOUD_UNIVERSE_DOMAIN"),
    cloudSupportCustomEndpoint: read("cloudSupportCustomEndpoint", "GOOGLE_CLOUD_SUPPORT_CUSTOM_ENDPOINT"),
    resourceManagerV3CustomEndpoint: read(
      "resourceManagerV3CustomEndpoint",
      "GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT",
    ),
    serviceUsageCustomEndpoint: read("serviceUsageCustomEndpoint", "GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT"),
    essentialContactsCustomEndpoint: read(
      "essentialContactsCustomEndpoint",
      "GOOGLE_ESSENTIAL_CONTACTS_CUSTOM_ENDPOINT",
    ),
    cloudBillingCustomEndpoint: read("cloudBillingCustomEndpoint", "GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT"),
    orgPolicyCustomEndpoint: read("orgPolicyCustomEndpoint", "GOOGLE_ORG_POLICY_CUSTOM_ENDPOINT"),
    monitoringCustomEndpoint: read("monitoringCustomEndpoint", "GOOGLE_MONITORING_CUSTOM_ENDPOINT"),
    pubsubCustomEndpoint: read("pubsubCustomEndpoint", "GOOGLE_PUBSUB_CUSTOM_ENDPOINT"),
    serviceHealthCustomEndpoint: read("serviceHealthCustomEndpoint", "GOOGLE_SERVICE_HEALTH_CUSTOM_ENDPOINT"),
    recommenderCustomEndpoint: read("recommenderCustomEndpoint", "GOOGLE_RECOMMENDER_CUSTOM_ENDPOINT"),
    oauth2CustomEndpoint: read("oauth2CustomEndpoint", "GOOGLE_OAUTH2_CUSTOM_ENDPOINT"),
    iamCredentialsCustomEndpoint: read("iamCredentialsCustomEndpoint", "GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT"),
  };
}

/**
 * The quota project of a request, with the gcp provider's rules; undefined for the credentials' own project. The provider
 * ignores the quota project in a credentials file.
 *
 * Source: tests/gcpPlugin/recordings, "a quota project of the environment and …"
 *
 * @param project The project of the requested resource.
 */
export function quotaProjectOf(
  { userProjectOverride, billingProject, quotaProject }: GoogleSettings,
  project: string | undefined,
): string | undefined {
  if (userProjectOverride && billingProject !== undefined) return billingProject;
  return quotaProject ?? (userProjectOverride ? project : undefined);
}

/** The boolean values that Go accepts. Source: https://pkg.go.dev/strconv#ParseBool */
const flags: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(["1", "t", "T", "TRUE", "true", "True"].map((word) => [word, true])),
  ...Object.fromEntries(["", "0", "f", "F", "FALSE", "false", "False"].map((word) => [word, false])),
};

/**
 * A value in the config, even an empty one, has precedence over the environment.
 * @throws GoogleError
 */
function userProjectOverride(configured: string | undefined, ofEnvironment = ""): boolean {
  if (configured !== undefined) return configured.toLowerCase() === "true";
  const flag = Object.hasOwn(flags, ofEnvironment) ? flags[ofEnvironment] : undefined;
  if (flag !== undefined) return flag;
  throw new GoogleError(
    `gcp:userProjectOverride (or USER_PROJECT_OVERRIDE) is ${JSON.stringify(ofEnvironment)}, not true or false; write true or false`,
    { request: "credentials" },
  );
}

/**
 * Parses a list in the config, which is in JSON.
 * @throws GoogleError
 */
function stringList(json: string | undefined): string[] {
  if (json === undefined || json === "") return [];
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    list = undefined;
  }
  if (Array.isArray(list)) return list.map(String);
  throw new GoogleError(
    `gcp:impersonateServiceAccountDelegates is ${JSON.stringify(json)}, not a list; write ["name@project-id.iam.gserviceaccount.com"]`,
    { request: "credentials" },
  );
}

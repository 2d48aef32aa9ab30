/** The client that signs requests with the caller's credential, found in the settings or as Application Default Credentials. */
import { readFileSync } from "node:fs";
import { GoogleAuth, Impersonated, OAuth2Client } from "google-auth-library";
import type { AuthClient, JWTInput } from "google-auth-library";
import { GoogleError } from "./error.ts";
import type { GoogleSettings } from "./settings.ts";

/** Source: every service of googleapis/googleapis that onboarding calls. */
const scopes = ["https://www.googleapis.com/auth/cloud-platform"];

/** There is no credential, neither in the settings nor on this machine. */
export class NoCredentials extends GoogleError {
  constructor() {
    super(
      "no Google credentials were found; run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS or gcp:credentials",
      { request: "credentials" },
    );
  }
}

export async function authClient(settings: GoogleSettings): Promise<AuthClient> {
  const source = await sourceClient(settings);
  if (settings.impersonateServiceAccount === undefined) return source;
  const endpoint = settings.iamCredentialsCustomEndpoint;
  const options = {
    sourceClient: source,
    targetPrincipal: settings.impersonateServiceAccount,
    targetScopes: scopes,
    delegates: [...settings.impersonateServiceAccountDelegates],
    ...(endpoint === undefined ? {} : { endpoint: endpoint.replace(/\/v[^/]*\/?$/, "") }),
    ...universe(settings),
  };
  return withoutAdvice(() => new Impersonated(options));
}

/**
 * The quota project that the credential itself names, such as that of `gcloud auth application-default login`.
 *
 * @throws GoogleError where there is no credential
 */
export async function credentialQuotaProject(settings: GoogleSettings): Promise<string | undefined> {
  return (await authClient(settings)).quotaProjectId;
}

async function sourceClient(settings: GoogleSettings): Promise<AuthClient> {
  if (settings.accessToken !== undefined) {
    const client = new OAuth2Client(universe(settings));
    client.setCredentials({ access_token: contents(settings.accessToken) });
    return client;
  }
  // The library would ask for the credential's project, which is not needed here: any name keeps it from that.
  const options = { scopes, projectId: "unused", clientOptions: universe(settings) };
  try {
    const auth = new GoogleAuth(options);
    if (settings.credentials === undefined) return await auth.getClient();
    const credentials = JSON.parse(contents(settings.credentials)) as JWTInput;
    return withoutAdvice(() => auth.fromJSON(credentials, universe(settings)));
  } catch (error) {
    throw problemOf(error, settings);
  }
}

/** The library tells whoever programs with it to validate what others hand in: who runs this can do nothing about it. */
function withoutAdvice<Client>(make: () => Client): Client {
  const { warn } = console;
  console.warn = () => {};
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

/** What a JSON parser says would quote the key file. */
function problemOf(error: unknown, settings: GoogleSettings): GoogleError {
  const said = (message: string) => new GoogleError(message, { request: "credentials" });
  if (error instanceof SyntaxError)
    return said(
      settings.credentials === undefined
        ? "the file of the Application Default Credentials is not JSON"
        : "gcp:credentials (or GOOGLE_CREDENTIALS) is neither a key file's path nor its JSON contents",
    );
  const message = error instanceof Error ? error.message : String(error);
  return message.startsWith("Could not load the default credentials")
    ? new NoCredentials()
    : said(`the Google credentials could not be used: ${message}`);
}

function universe({ universeDomain }: GoogleSettings) {
  return universeDomain === undefined ? {} : { universeDomain };
}

/** A credential, or the contents of the file that it is the path of, as the gcp provider takes both. */
function contents(pathOrContents: string): string {
  const path = pathOrContents.trim();
  if (path.startsWith("{") || path.includes("\n")) return path;
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return path;
  }
}

/** The client that signs requests with the caller's credential, found in the settings or as Application Default Credentials. */
import { readFileSync } from "node:fs";
import { GoogleAuth, Impersonated, OAuth2Client } from "google-auth-library";
import type { AuthClient, JWTInput } from "google-auth-library";
import { GoogleError } from "./error.ts";
import type { GoogleSettings } from "./settings.ts";

/** Source: every service of googleapis/googleapis that onboarding calls. */
const scopes = ["https://www.googleapis.com/auth/cloud-platform"];

export async function authClient(settings: GoogleSettings): Promise<AuthClient> {
  const source = await sourceClient(settings);
  if (settings.impersonateServiceAccount === undefined) return source;
  const endpoint = settings.iamCredentialsCustomEndpoint;
  return new Impersonated({
    sourceClient: source,
    targetPrincipal: settings.impersonateServiceAccount,
    targetScopes: scopes,
    delegates: [...settings.impersonateServiceAccountDelegates],
    ...(endpoint === undefined ? {} : { endpoint: endpoint.replace(/\/v[^/]*\/?$/, "") }),
    ...universe(settings),
  });
}

async function sourceClient(settings: GoogleSettings): Promise<AuthClient> {
  if (settings.accessToken !== undefined) {
    const client = new OAuth2Client(universe(settings));
    client.setCredentials({ access_token: contents(settings.accessToken) });
    return client;
  }
  try {
    if (settings.credentials !== undefined) {
      const credentials = JSON.parse(contents(settings.credentials)) as JWTInput;
      return await new GoogleAuth({ credentials, scopes, clientOptions: universe(settings) }).getClient();
    }
    return await new GoogleAuth({ scopes, clientOptions: universe(settings) }).getClient();
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new GoogleError("gcp:credentials is neither a key file's path nor its JSON contents", {
        request: "credentials",
      });
    throw new GoogleError(
      "no Google credentials were found; run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS or gcp:credentials",
      { request: "credentials" },
    );
  }
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

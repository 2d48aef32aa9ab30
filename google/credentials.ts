/** Authenticates requests with the caller's credentials, from the settings or Application Default Credentials. */
import { readFileSync } from "node:fs";
import { GoogleAuth, Impersonated, OAuth2Client } from "google-auth-library";
import type { AuthClient, JWTInput } from "google-auth-library";
import { credentialPath, rememberSecret } from "../text/index.ts";
import { DirectHosts } from "./directHosts.ts";
import { GoogleError } from "./error.ts";
import type { GoogleSettings } from "./settings.ts";

/** Source: every service of googleapis/googleapis that onboarding calls. */
const scopes = ["https://www.googleapis.com/auth/cloud-platform"];

/** The settings that are a credential or the path of its file. */
const tokenSetting = "gcp:accessToken (or GOOGLE_OAUTH_ACCESS_TOKEN)";
const keySetting = "gcp:credentials (or GOOGLE_CREDENTIALS)";

/** There are no credentials, neither in the settings nor on this machine. */
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
    ...clientOptions(settings),
  };
  return withoutWarnings(() => new Impersonated(options));
}

/**
 * The quota project in the credentials, such as those of `gcloud auth application-default login`.
 *
 * @throws GoogleError if there are no credentials
 */
export async function credentialQuotaProject(settings: GoogleSettings): Promise<string | undefined> {
  return (await authClient(settings)).quotaProjectId;
}

async function sourceClient(settings: GoogleSettings): Promise<AuthClient> {
  if (settings.accessToken !== undefined) {
    const client = new OAuth2Client(clientOptions(settings));
    client.setCredentials({ access_token: secret(contents(settings.accessToken, tokenSetting)) });
    return client;
  }
  // Any project ID prevents the library from requesting the credentials' project, which is not needed.
  const options = { scopes, projectId: "unused", clientOptions: clientOptions(settings) };
  try {
    const auth = new GoogleAuth(options);
    if (settings.credentials === undefined) {
      const client = await withoutLookupWarning(() => auth.getClient());
      if (auth.jsonContent !== null) rememberSecret(JSON.stringify(auth.jsonContent));
      return withOneTransporter(client);
    }
    const credentials = JSON.parse(secret(contents(settings.credentials, keySetting))) as JWTInput;
    return withOneTransporter(withoutWarnings(() => auth.fromJSON(credentials, clientOptions(settings))));
  } catch (error) {
    throw problemOf(error, settings);
  }
}

/** The library exchanges the token of a federated client with a transporter that lacks the client's options. */
function withOneTransporter(client: AuthClient): AuthClient {
  const { stsCredential } = client as { stsCredential?: { transporter: unknown } };
  if (stsCredential !== undefined) stsCredential.transporter = client.transporter;
  return client;
}

/** Suppresses a warning of the library for developers, which users cannot act on. */
function withoutWarnings<Client>(make: () => Client): Client {
  const { warn } = console;
  console.warn = () => {};
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

/** A warning of the library: this machine is not Google's. Without credentials, the error reports it. */
const lookupWarning = "MetadataLookupWarning";

const currentEmitter = () => Reflect.get(process, "emitWarning");

let lookups = 0;
let emitWarning = currentEmitter();

/** The library has no option to suppress the warning without changing where it looks. */
async function withoutLookupWarning<Client>(look: () => Promise<Client>): Promise<Client> {
  if (lookups++ === 0) {
    emitWarning = currentEmitter();
    process.emitWarning = (...args: unknown[]) => {
      if (args[1] !== lookupWarning) Reflect.apply(emitWarning, process, args);
    };
  }
  try {
    return await look();
  } finally {
    if (--lookups === 0) process.emitWarning = emitWarning;
  }
}

const credentialsError = (message: string) => new GoogleError(message, { request: "credentials" });

/** Replaces a JSON parser's message, which quotes the key file. */
function problemOf(error: unknown, settings: GoogleSettings): GoogleError {
  if (error instanceof GoogleError) return error;
  if (error instanceof SyntaxError)
    return credentialsError(
      settings.credentials === undefined
        ? "the file of the Application Default Credentials is not valid JSON"
        : `${keySetting} is neither the path of a key file nor its JSON content`,
    );
  const message = error instanceof Error ? error.message : String(error);
  return message.startsWith("Could not load the default credentials")
    ? new NoCredentials()
    : credentialsError(`the Google credentials could not be used: ${message}`);
}

function clientOptions({ universeDomain }: GoogleSettings) {
  return {
    transporterOptions: { noProxy: [new DirectHosts("")] },
    ...(universeDomain === undefined ? {} : { universeDomain }),
  };
}

/** Registers a credential, so that it is removed from all messages. */
function secret(text: string): string {
  rememberSecret(text);
  return text;
}

/**
 * The credential, or the content of its file.
 *
 * @throws GoogleError if the file cannot be read
 */
function contents(value: string, setting: string): string {
  const path = credentialPath(value);
  if (path === undefined) return value.trim();
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw credentialsError(
      `${setting} is the path of a file that cannot be read (${code}); write the path of another file`,
    );
  }
}

/** A credential that is missing, or that Google rejects. */
import { GoogleError } from "../../google/index.ts";
import { UserError } from "../userError.ts";
import { visible } from "../../text/index.ts";

export function isCredentialProblem(error: GoogleError): boolean {
  return error.request === "credentials" || error.status === 401 || error.wasNotSent;
}

/** The command that creates a new credential. */
export const loginCommand = "gcloud auth application-default login";

/** Whether a new login fixes it. It does not fix a wrong config or an unreachable server. */
export function isFixedByLogin({ request, status, message, wasNotSent }: GoogleError): boolean {
  if (request === "credentials") return !wasNotSent && !message.startsWith("gcp:");
  return status === 400 || status === 401;
}

/**
 * Turns a credential's error into one that names the fix.
 *
 * @param command The prefix of the message, such as `care adopt`.
 * @throws UserError
 */
export async function explainCredentialErrors<Result>(command: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof GoogleError) || !isCredentialProblem(error)) throw error;
    const isComplete = !isFixedByLogin(error) || error.message.includes(loginCommand);
    const message = `${command}: ${visible(error.message)}${isComplete ? "" : `; run ${loginCommand}`}`;
    throw new UserError(message, { cause: error });
  }
}

/** How an engine or a provider reports a token that Google does not accept. */
const rejected = /\bError 401\b|\b401:? UNAUTHENTICATED\b|\b401: (Request had )?invalid\b|\binvalid_(grant|rapt)\b/i;

/**
 * What to do about credentials that Google rejects in an operation of Pulumi, whose errors do not include it.
 *
 * @returns undefined if the errors have another cause
 */
export function rejectedCredentialAdvice(
  errors: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  if (!errors.some((error) => rejected.test(error))) return undefined;
  const inWorkflow =
    "check workload_identity_provider and service_account of the step google-github-actions/auth, and run the job again: its credentials are valid for one hour";
  return environment["GITHUB_ACTIONS"] === "true"
    ? `Google rejects the credentials of this job, because they have expired or are invalid; ${inWorkflow}`
    : `Google rejects ${credentialIn(environment)}, because they have expired or are invalid; run ${loginCommand}, or replace them where they are configured`;
}

/** The credentials of the gcp provider, unless the config has others. */
function credentialIn(environment: Readonly<Record<string, string | undefined>>): string {
  const variable = ["GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS"].find(
    (name) => environment[name],
  );
  const of = variable === undefined ? "the Application Default Credentials" : `the credentials of ${variable}`;
  return `${of} (or of gcp:accessToken or gcp:credentials in the config)`;
}

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

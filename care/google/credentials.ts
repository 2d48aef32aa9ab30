/** A credential that is not there, or that Google does not accept. */
import { GoogleError } from "../../google/index.ts";
import { UserError } from "../userError.ts";
import { visible } from "../../text/index.ts";

export function isCredentialProblem(error: GoogleError): boolean {
  return error.request === "credentials" || error.status === 401 || error.wasNotSent;
}

/** The command that gets another one. */
export const loginCommand = "gcloud auth application-default login";

/** Whether another one mends it. What is configured wrongly, or cannot be reached, stays so. */
export function isMendedByLogin({ request, status, message, wasNotSent }: GoogleError): boolean {
  if (request === "credentials") return !wasNotSent && !message.startsWith("gcp:");
  return status === 400 || status === 401;
}

/**
 * What a command tells in place of a credential's error.
 *
 * @param command What it begins with, such as `care adopt`.
 * @throws UserError
 */
export async function toldOfCredentials<Result>(command: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof GoogleError) || !isCredentialProblem(error)) throw error;
    const isToldAlready = !isMendedByLogin(error) || error.message.includes(loginCommand);
    const said = `${command}: ${visible(error.message)}${isToldAlready ? "" : `; run ${loginCommand}`}`;
    throw new UserError(said, { cause: error });
  }
}

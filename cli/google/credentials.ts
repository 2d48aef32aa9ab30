/** A credential that is not there, or that Google does not accept. */
import type { GoogleError } from "../../google/index.ts";

export function isCredentialProblem(error: GoogleError): boolean {
  return error.request === "credentials" || error.status === 401 || error.wasNotSent;
}

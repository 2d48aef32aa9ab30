/** A credential that is not there, or that Google does not accept. */
import type { GoogleError } from "../../../google/index.ts";
import type { Finding } from "../finding.ts";

export function credentialsFinding(error: GoogleError): Finding {
  return {
    id: "credentials",
    level: "error",
    where: "credentials",
    what:
      error.status === 401
        ? "Google does not accept the credential: it has expired, or is not one."
        : `Nothing can be asked: ${error.message}.`,
    remedy: "gcloud auth application-default login",
  };
}

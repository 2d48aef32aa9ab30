/** A credential that is not there, or that Google does not accept. */
import type { GoogleError } from "../../../google/index.ts";
import { isMendedByLogin, loginCommand } from "../../google/credentials.ts";
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
    remedy: remedyOf(error),
  };
}

function remedyOf(error: GoogleError): string {
  if (isMendedByLogin(error)) return loginCommand;
  if (error.request === "credentials") return "mend it in the stack's config, or in the environment";
  return error.status === 403
    ? "let the caller act as the service account, by Service Account Token Creator (roles/iam.serviceAccountTokenCreator) on it"
    : "run care doctor again";
}

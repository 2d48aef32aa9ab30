/** Credential files of the kind `external_account`, as workload identity federation has them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { universeDomain } from "./environment.ts";

export interface CredentialFiles {
  /** Application Default Credentials of the principal. */
  readonly externalAccount: string;
  /** Application Default Credentials of the impersonator, for the principal, which must be a service account. */
  readonly impersonation: string;
}

const audience =
  "//iam.googleapis.com/projects/100000000003/locations/global/workloadIdentityPools/local/providers/local";

/** Writes both files, and the subject tokens that they name, into the directory. */
export function writeCredentialFiles(
  directory: string,
  address: string,
  principal: string,
  impersonator: string,
): CredentialFiles {
  mkdirSync(directory, { recursive: true });
  const email = principal.replace(/^serviceAccount:/, "");
  return {
    externalAccount: writeFile(directory, "external-account", address, principal),
    impersonation: writeFile(directory, "impersonation", address, impersonator, {
      service_account_impersonation_url: `${address}/iamcredentials/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
    }),
  };
}

function writeFile(directory: string, name: string, address: string, subject: string, more = {}): string {
  const subjectToken = join(directory, `${name}-subject-token.txt`);
  writeFileSync(subjectToken, subject);
  const credential = {
    type: "external_account",
    audience,
    subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
    token_url: `${address}/sts/v1/token`,
    credential_source: { file: subjectToken },
    universe_domain: universeDomain,
    ...more,
  };
  const file = join(directory, `${name}.json`);
  writeFileSync(file, JSON.stringify(credential, undefined, 2));
  return file;
}

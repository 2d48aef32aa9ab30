/** The error of a read-only command for an unusable credential: the problem, and only its fix. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { credentialsFinding } from "../../care/doctor/checks/notRead.ts";
import { explainCredentialErrors } from "../../care/google/credentials.ts";
import { unread } from "../../care/report/why.ts";
import { NoCredentials } from "../../google/credentials.ts";
import { GoogleError, readGoogleSettings } from "../../google/index.ts";
import { readRequests, words } from "../../guide/index.ts";
import type { GoogleErrorOptions } from "../../google/error.ts";

const login = "gcloud auth application-default login";
const request = "GET cloudsupport.googleapis.com/v2/projects/shop-dev/cases";
const notSent = (message: string, options: Partial<GoogleErrorOptions>) =>
  new GoogleError(`${request}, for a credential: ${message}`, { request, wasNotSent: true, ...options });

const ofConfig = () =>
  readGoogleSettings((key) => (key === "gcp:impersonateServiceAccountDelegates" ? "a@x" : undefined), {});
function thrownBy(run: () => unknown): GoogleError {
  try {
    run();
  } catch (error) {
    if (error instanceof GoogleError) return error;
  }
  return assert.fail();
}

const cases: [when: string, error: GoogleError, advice: string, remedy: string][] = [
  ["there is none", new NoCredentials(), "", login],
  ["Google does not accept it", new GoogleError("401", { request, status: 401 }), `; run ${login}`, login],
  [
    "it has expired",
    notSent("400 invalid_grant: Token has been expired or revoked.", { status: 400 }),
    `; run ${login}`,
    login,
  ],
  ["the config has a mistake", thrownBy(ofConfig), "", "correct it in the stack's config or in the environment"],
  [
    "its file is not there",
    notSent("/token cannot be read (ENOENT)", { request: "credentials" }),
    "",
    "correct it in the stack's config or in the environment",
  ],
  ["there is no network", notSent("no reply (ENOTFOUND)", { code: "ENOTFOUND" }), "", "run care doctor again"],
  [
    "it may not act as the service account",
    notSent("403 PERMISSION_DENIED: no", { status: 403 }),
    "",
    "grant the caller Service Account Token Creator (roles/iam.serviceAccountTokenCreator) on the service account",
  ],
];

describe("a credential", () => {
  for (const [when, error, advice, remedy] of cases)
    it(`is reported with what fixes it where ${when}`, async () => {
      await assert.rejects(
        explainCredentialErrors("care adopt", () => Promise.reject(error)),
        { name: "UserError", message: `care adopt: ${error.message}${advice}` },
      );
      assert.equal(credentialsFinding(error).remedy, remedy);
      const question = { what: "the incidents", where: "projects/shop-dev", ...readRequests.incidents } as const;
      const { faults } = unread({ words: words.en }, { ...question, error });
      assert.doesNotMatch(faults[0].details, /quota project/);
      assert.ok(faults[0].next?.includes(remedy === login ? login : "Run care report again."), faults[0].next);
    });

  it("is not reported in place of another error", () => {
    const denied = new GoogleError("denied", { request, status: 403 });
    return assert.rejects(
      explainCredentialErrors("care adopt", () => Promise.reject(denied)),
      denied,
    );
  });
});

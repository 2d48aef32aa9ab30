/** The settings of the calls to Google, and the base URLs (google/settings.ts, google/endpoint.ts). */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { apiBaseUrl } from "../../../google/endpoint.ts";
import { quotaProjectOf } from "../../../google/index.ts";
import { settingsOf } from "./server.ts";

describe("the settings", () => {
  const pairs: [key: string, variable: string, setting: keyof ReturnType<typeof settingsOf>][] = [
    ["accessToken", "GOOGLE_OAUTH_ACCESS_TOKEN", "accessToken"],
    ["credentials", "GOOGLE_CREDENTIALS", "credentials"],
    ["impersonateServiceAccount", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT", "impersonateServiceAccount"],
    ["billingProject", "GOOGLE_BILLING_PROJECT", "billingProject"],
    ["requestReason", "CLOUDSDK_CORE_REQUEST_REASON", "requestReason"],
    ["universeDomain", "GOOGLE_CLOUD_UNIVERSE_DOMAIN", "universeDomain"],
    ["cloudSupportCustomEndpoint", "GOOGLE_CLOUD_SUPPORT_CUSTOM_ENDPOINT", "cloudSupportCustomEndpoint"],
    [
      "resourceManagerV3CustomEndpoint",
      "GOOGLE_RESOURCE_MANAGER_V3_CUSTOM_ENDPOINT",
      "resourceManagerV3CustomEndpoint",
    ],
    ["iamCredentialsCustomEndpoint", "GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT", "iamCredentialsCustomEndpoint"],
  ];
  for (const [key, variable, setting] of pairs)
    it(`take ${key} of the config, else ${variable}; an empty value counts as not set`, () => {
      const config = { [`gcp:${key}`]: "configured" };
      const environment = { [variable]: "of-the-environment" };
      assert.equal(settingsOf(config, environment)[setting], "configured");
      assert.equal(settingsOf({}, environment)[setting], "of-the-environment");
      assert.equal(settingsOf({ [`gcp:${key}`]: "" }, environment)[setting], "of-the-environment");
      assert.equal(settingsOf({}, { [variable]: "" })[setting], undefined);
      assert.equal(settingsOf({})[setting], undefined);
    });

  it("take the older variables for a key file", () => {
    assert.equal(settingsOf({}, { GCLOUD_KEYFILE_JSON: "oldest" }).credentials, "oldest");
    assert.equal(
      settingsOf({}, { GCLOUD_KEYFILE_JSON: "oldest", GOOGLE_CLOUD_KEYFILE_JSON: "old" }).credentials,
      "old",
    );
  });

  it("hide every credential of the environment behind one of the config", () => {
    const environment = { GOOGLE_OAUTH_ACCESS_TOKEN: "token", GOOGLE_CREDENTIALS: "key" };
    const byKey = settingsOf({ "gcp:credentials": "configured" }, environment);
    assert.deepEqual([byKey.accessToken, byKey.credentials], [undefined, "configured"]);
    const byToken = settingsOf({ "gcp:accessToken": "configured" }, environment);
    assert.deepEqual([byToken.accessToken, byToken.credentials], ["configured", undefined]);
  });

  it("take userProjectOverride as a word", () => {
    assert.equal(settingsOf({}).userProjectOverride, false);
    assert.equal(settingsOf({}, { USER_PROJECT_OVERRIDE: "TRUE" }).userProjectOverride, true);
    assert.equal(
      settingsOf({ "gcp:userProjectOverride": "false" }, { USER_PROJECT_OVERRIDE: "true" }).userProjectOverride,
      false,
    );
  });

  it("take USER_PROJECT_OVERRIDE as the gcp plugin does: Go's words, and an empty key of the config comes before it", () => {
    const override = (flag: string, config = {}) =>
      settingsOf(config, { USER_PROJECT_OVERRIDE: flag }).userProjectOverride;
    for (const word of ["1", "t", "T", "TRUE", "true", "True"]) assert.equal(override(word), true, word);
    for (const word of ["", "0", "f", "F", "FALSE", "false", "False"]) assert.equal(override(word), false, word);
    for (const word of ["yes", "tRuE", "on", "toString"])
      assert.throws(() => override(word), {
        name: "GoogleError",
        message: `gcp:userProjectOverride (or USER_PROJECT_OVERRIDE) is "${word}", not true or false; write true or false`,
      });
    assert.equal(override("true", { "gcp:userProjectOverride": "" }), false);
  });

  it("have one quota project for a request, as the gcp plugin has", () => {
    const of = (config: Record<string, string>, environment: Record<string, string> = {}) =>
      quotaProjectOf(settingsOf(config, environment), "shop-dev");
    const environment = { GOOGLE_CLOUD_QUOTA_PROJECT: "ops-admin" };
    const override = { "gcp:userProjectOverride": "true" };
    assert.equal(of({}), undefined);
    assert.equal(of({ "gcp:billingProject": "pay-dev" }), undefined);
    assert.equal(of(override), "shop-dev");
    assert.equal(of({ ...override, "gcp:billingProject": "pay-dev" }, environment), "pay-dev");
    assert.equal(of({}, environment), "ops-admin");
    assert.equal(of({ "gcp:billingProject": "pay-dev" }, environment), "ops-admin");
    assert.equal(of(override, environment), "ops-admin");
    assert.equal(of(override, { GOOGLE_CLOUD_QUOTA_PROJECT: "" }), "shop-dev");
  });

  it("take the delegates of the impersonation from a list in the config", () => {
    const delegates = (json: string) =>
      settingsOf({ "gcp:impersonateServiceAccountDelegates": json }).impersonateServiceAccountDelegates;
    assert.deepEqual(delegates('["a@x.iam.gserviceaccount.com","b@x.iam.gserviceaccount.com"]'), [
      "a@x.iam.gserviceaccount.com",
      "b@x.iam.gserviceaccount.com",
    ]);
    assert.deepEqual(delegates(""), []);
    assert.deepEqual(settingsOf({}).impersonateServiceAccountDelegates, []);
    assert.throws(() => delegates("a@x.iam.gserviceaccount.com"), {
      name: "GoogleError",
      message:
        'gcp:impersonateServiceAccountDelegates is "a@x.iam.gserviceaccount.com", not a list; write ["name@project-id.iam.gserviceaccount.com"]',
    });
  });
});

describe("the base URL", () => {
  const cases: [
    what: string,
    version: string,
    universe: string | undefined,
    custom: string | undefined,
    url: string,
  ][] = [
    ["Google's", "v2", undefined, undefined, "https://cloudsupport.googleapis.com/v2/"],
    ["of another universe", "v2", "apis.example", undefined, "https://cloudsupport.apis.example/v2/"],
    ["custom, in the version", "v2", undefined, "http://127.0.0.1:8080/v2/", "http://127.0.0.1:8080/v2/"],
    ["custom, without its last slash", "v2", undefined, "http://127.0.0.1:8080/v2", "http://127.0.0.1:8080/v2/"],
    ["custom, in v2beta", "v2", undefined, "https://support.example/v2beta/", "https://support.example/v2/"],
    ["custom, below a path", "v2", undefined, "http://127.0.0.1:8080/a/b/v2beta", "http://127.0.0.1:8080/a/b/v2/"],
    ["custom, without a version", "v3", undefined, "http://127.0.0.1:8080/a/", "http://127.0.0.1:8080/a/v3/"],
    [
      "custom, whatever the universe",
      "v2",
      "apis.example",
      "https://support.example/v2/",
      "https://support.example/v2/",
    ],
  ];
  for (const [what, version, universe, custom, url] of cases)
    it(`is ${what}`, () => assert.equal(apiBaseUrl("cloudsupport", version, universe, custom), url));
});

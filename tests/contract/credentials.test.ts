/** Where credentials come from: Google's auth library against STS, OAuth 2 and IAM Credentials. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { GoogleAuth, OAuth2Client, UserRefreshClient } from "google-auth-library";
import { cloudresourcemanager_v3 } from "googleapis/build/src/apis/cloudresourcemanager/index.js";
import { iamcredentials_v1 } from "googleapis/build/src/apis/iamcredentials/index.js";
import { errorInfo, operator, organization, refusal, refusedWith, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("iamcredentials");
const { serviceAccounts } = new iamcredentials_v1.Iamcredentials({}).projects;
const { organizations } = new cloudresourcemanager_v3.Cloudresourcemanager({});

const operatorEmail = operator.replace("serviceAccount:", "");
const operatorName = `projects/-/serviceAccounts/${operatorEmail}`;
const scope = ["https://www.googleapis.com/auth/cloud-platform"];

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "local-cloud-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Calls as the client, and returns the caller that the local cloud saw. */
async function callerOf(client: {
  request(options: { url: string; retry: false }): Promise<unknown>;
}): Promise<string> {
  await client.request({ url: `${local.cloud.address}/cloudresourcemanager/v3/${organization}`, retry: false });
  return local.cloud.requests.at(-1)?.principal ?? "";
}

describe("an access token", () => {
  const get = (token: string | undefined) =>
    organizations.get(
      { name: organization },
      {
        ...local.as(undefined),
        rootUrl: `${local.cloud.address}/cloudresourcemanager/`,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      },
    );

  it("is required", async () => {
    const error = await refusal(get(undefined));
    assert.equal(error.code, 401);
    assert.equal(error.status, "UNAUTHENTICATED");
    assert.deepEqual(errorInfo(error), {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "CREDENTIALS_MISSING",
      domain: "googleapis.com",
      metadata: {
        service: "cloudresourcemanager.googleapis.com",
        method: "google.cloud.resourcemanager.v3.Organizations.GetOrganization",
      },
    });
  });

  it("must be known, and not have expired", async () => {
    const unknown = await refusal(get("ya29.something"));
    assert.equal(unknown.code, 401);
    assert.equal(errorInfo(unknown).reason, "ACCESS_TOKEN_TYPE_UNSUPPORTED");
    const { data } = await serviceAccounts.generateAccessToken(
      { name: operatorName, requestBody: { scope, lifetime: "60s" } },
      local.as("ada"),
    );
    const token = data.accessToken ?? "";
    await get(token);
    local.clock.advance(60_000);
    assert.equal(errorInfo(await refusal(get(token))).reason, "ACCESS_TOKEN_EXPIRED");
  });

  it("is required by every API but those that issue one", async () => {
    for (const path of ["cloudsupport/v2/caseClassifications:search", "serviceusage/v1/projects/shop-dev/services"])
      assert.equal((await fetch(`${local.cloud.address}/${path}`)).status, 401);
  });
});

describe("Application Default Credentials of the kind external_account", () => {
  it("call as the operator", async () => {
    const { externalAccount } = local.cloud.credentialFiles(directory);
    const auth = new GoogleAuth({ keyFilename: externalAccount, scopes: scope });
    assert.equal(await callerOf(await auth.getClient()), operator);
  });

  it("impersonate the operator on behalf of somebody else", async () => {
    const { impersonation } = local.cloud.credentialFiles(directory);
    const auth = new GoogleAuth({ keyFilename: impersonation, scopes: scope });
    assert.equal(await callerOf(await auth.getClient()), operator);
    const generated = local.cloud.requests.find(({ rpc }) => rpc === "GenerateAccessToken");
    assert.equal(generated?.principal, "user:ada@example.com");
  });

  it("are of the requested principal, and name no real service", () => {
    const { externalAccount, impersonation } = local.cloud.credentialFiles(directory, {
      principal: "user:ada@example.com",
    });
    for (const file of [externalAccount, impersonation])
      assert.doesNotMatch(
        readFileSync(file, "utf8").replaceAll("//iam.googleapis.com/projects", ""),
        /googleapis\.com/,
      );
  });

  it("are refused when they name nobody", async () => {
    const { externalAccount } = local.cloud.credentialFiles(directory, { principal: "user:unknown@example.com" });
    const auth = new GoogleAuth({ keyFilename: externalAccount, scopes: scope });
    await assert.rejects(async () => callerOf(await auth.getClient()), /invalid_grant/);
  });
});

describe("impersonation", () => {
  it("gives a token to one who may create tokens for the account", async () => {
    const { data } = await serviceAccounts.generateAccessToken(
      { name: operatorName, requestBody: { scope, lifetime: "300s" } },
      local.as("ada"),
    );
    assert.equal(data.expireTime, new Date(local.clock.now() + 300_000).toISOString());
  });

  it("is refused to anybody else, and for an account that is not", async () => {
    const ask = (name: string, caller: "ada" | "auditor") =>
      serviceAccounts.generateAccessToken({ name, requestBody: { scope } }, local.as(caller));
    const error = await refusal(ask(operatorName, "auditor"));
    assert.equal(error.code, 403);
    assert.equal(errorInfo(error).metadata?.["permission"], "iam.serviceAccounts.getAccessToken");
    const unknown = ask("projects/-/serviceAccounts/none@ops-admin.iam.gserviceaccount.com", "ada");
    assert.equal(await refusedWith(unknown), "403 PERMISSION_DENIED");
  });

  it("is not what an owner of the project may do", async () => {
    const project = local.cloud.state.projects.get("ops-admin") ?? assert.fail();
    project.policy.bindings.push({ role: "roles/owner", members: ["user:someone-else@example.com"] });
    const call = serviceAccounts.generateAccessToken(
      { name: operatorName, requestBody: { scope } },
      local.as("someone-else"),
    );
    assert.equal(await refusedWith(call), "403 PERMISSION_DENIED");
  });

  it("needs a scope and a lifetime of an hour at most", async () => {
    for (const requestBody of [{}, { scope: [] }, { scope, lifetime: "3601s" }, { scope, lifetime: "1h" }]) {
      const call = serviceAccounts.generateAccessToken({ name: operatorName, requestBody }, local.as("ada"));
      assert.equal(await refusedWith(call), "400 INVALID_ARGUMENT");
    }
  });

  it("goes through delegates, each of whom may", async () => {
    const auditor = "auditor@ops-admin.iam.gserviceaccount.com";
    local.cloud.state.serviceAccounts.get(auditor)?.policy.bindings.push({
      role: "roles/iam.serviceAccountTokenCreator",
      members: [operator],
    });
    const ask = (delegates: string[]) =>
      serviceAccounts.generateAccessToken(
        { name: `projects/-/serviceAccounts/${auditor}`, requestBody: { scope, delegates } },
        local.as("ada"),
      );
    assert.equal(await refusedWith(ask([])), "403 PERMISSION_DENIED");
    const { data } = await ask([operatorName]);
    assert.equal(local.cloud.state.accessTokens.get(data.accessToken ?? "")?.principal, `serviceAccount:${auditor}`);
  });
});

describe("OAuth 2", () => {
  it("gives a person a token for a refresh token", async () => {
    const client = new UserRefreshClient({
      clientId: "local",
      clientSecret: "local",
      refreshToken: "user:ada@example.com",
      endpoints: { oauth2TokenUrl: `${local.cloud.address}/oauth2/token` },
    });
    assert.equal(await callerOf(client), "user:ada@example.com");
  });

  it("gives a service account a token for its assertion", async () => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
    const assertion = `${encode({ alg: "RS256" })}.${encode({ iss: operatorEmail, scope: scope[0] })}.c2lnbmVk`;
    const reply = await fetch(`${local.cloud.address}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion }),
    });
    const { access_token: token } = (await reply.json()) as { access_token: string };
    assert.equal(local.cloud.state.accessTokens.get(token)?.principal, operator);
  });

  it("returns whose token it is, and refuses one that is not", async () => {
    const client = new OAuth2Client({ endpoints: { tokenInfoUrl: `${local.cloud.address}/oauth2/tokeninfo` } });
    const { email, scopes } = await client.getTokenInfo("local-ada-token");
    assert.deepEqual([email, scopes], ["ada@example.com", scope]);
    await assert.rejects(client.getTokenInfo("nobody's"), /Invalid Value|invalid_token/);
  });

  it("refuses in OAuth's own shape", async () => {
    const reply = await fetch(`${local.cloud.address}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: "nobody" }),
    });
    assert.equal(reply.status, 400);
    assert.equal(((await reply.json()) as { error: string }).error, "invalid_grant");
  });
});

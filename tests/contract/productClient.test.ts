/** The product's own client of Google (google/), with each kind of credential and quota project that it finds. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { TestContext } from "vitest";
import { createTransport, GoogleError, readGoogleSettings, supportApi } from "../../google/index.ts";
import { startCloud } from "../../tools/localCloud/index.ts";
import type { Cloud } from "../../tools/localCloud/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const operator = "operator@ops-admin.iam.gserviceaccount.com";

async function openCloud(t: TestContext): Promise<Cloud> {
  const cloud = await startCloud();
  t.onTestFinished(() => cloud.close());
  return cloud;
}

/** The client, with the cloud's endpoints, and the config and the environment on top of them. */
function client(
  cloud: Cloud,
  config: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
) {
  const { GOOGLE_OAUTH_ACCESS_TOKEN: _token, ...endpoints } = cloud.environment;
  return supportApi(createTransport(readGoogleSettings((key) => config[key], { ...endpoints, ...environment })));
}

const callers = (cloud: Cloud) =>
  cloud.requests.filter(({ service }) => service === "cloudsupport.googleapis.com").map(({ principal }) => principal);

const folder = temporaryFolder();

describe("the product's client", () => {
  it("calls with the access token of the environment", async (t) => {
    const cloud = await openCloud(t);
    await client(cloud, {}, { GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" }).searchClassifications(
      "",
      "projects/shop-dev",
    );
    assert.deepEqual(new Set(callers(cloud)), new Set([`serviceAccount:${operator}`]));
  });

  it("calls with Application Default Credentials", async (t) => {
    const cloud = await openCloud(t);
    const files = cloud.credentialFiles(folder, { principal: `serviceAccount:${operator}` });
    const before = process.env["GOOGLE_APPLICATION_CREDENTIALS"];
    process.env["GOOGLE_APPLICATION_CREDENTIALS"] = files.externalAccount;
    t.onTestFinished(() => {
      if (before === undefined) delete process.env["GOOGLE_APPLICATION_CREDENTIALS"];
      else process.env["GOOGLE_APPLICATION_CREDENTIALS"] = before;
    });
    const config = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
    await client(cloud, config).searchClassifications("", "projects/shop-dev");
    assert.deepEqual(new Set(callers(cloud)), new Set([`serviceAccount:${operator}`]));
  });

  it("acts as the service account that the gcp config names", async (t) => {
    const cloud = await openCloud(t);
    const config = { "gcp:impersonateServiceAccount": operator };
    await client(cloud, config, { GOOGLE_OAUTH_ACCESS_TOKEN: "local-ada-token" }).getCase(
      "projects/shop-dev/cases/43595344",
    );
    assert.deepEqual(callers(cloud), [`serviceAccount:${operator}`]);
  });

  it("uses the quota of the billing project where the gcp config sets it, else of the case's project", async (t) => {
    const cloud = await openCloud(t);
    const token = { GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" };
    const billing = { "gcp:userProjectOverride": "true", "gcp:billingProject": "ops-admin" };
    await client(cloud, billing, token).getCase("projects/shop-dev/cases/43595344");
    await assert.rejects(
      client(cloud, { "gcp:userProjectOverride": "true" }, token).getCase("projects/shop-dev/cases/43595344"),
      (error) => error instanceof GoogleError && error.status === 403 && error.message.includes("project 100000000001"),
    );
    assert.equal(cloud.requests[0]?.consumer, "ops-admin");
  });

  it("changes only what it names, by the API's mask", async (t) => {
    const cloud = await openCloud(t);
    const api = client(cloud, {}, { GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" });
    const changed = await api.updateCase("projects/shop-dev/cases/43595344", {
      displayName: "Renamed",
      priority: "P3",
    });
    assert.deepEqual([changed.displayName, changed.priority], ["Renamed", "P3"]);
    assert.deepEqual(changed.subscriberEmailAddresses, ["someone-else@example.com"]);
  });

  it("comments, attaches and escalates, and reads that back", async (t) => {
    const cloud = await openCloud(t);
    const api = client(cloud, {}, { GOOGLE_OAUTH_ACCESS_TOKEN: "local-operator-token" });
    const name = "projects/shop-dev/cases/43595344";
    const before = (await api.listComments(name)).length;
    for (let number = 1; number <= 12; number++) await api.createComment(name, `Comment ${String(number)}`);
    const comments = await api.listComments(name);
    assert.deepEqual([comments.length, comments.at(-1)?.body], [before + 12, "Comment 12"]);
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
    const attachment = await api.uploadAttachment(name, "all bytes & more.bin", bytes);
    await api.uploadAttachment(name, "empty.txt", new Uint8Array());
    const attached = (await api.listAttachments(name)).slice(-2);
    assert.deepEqual(
      attached.map(({ filename, sizeBytes }) => [filename, sizeBytes]),
      [
        ["all bytes & more.bin", "300"],
        ["empty.txt", "0"],
      ],
    );
    assert.deepEqual(await api.downloadAttachment(attachment), bytes);
    const { escalated } = await api.escalateCase(name, { reason: "BUSINESS_IMPACT", justification: "Nobody can pay" });
    assert.equal(escalated, true);
  });
});

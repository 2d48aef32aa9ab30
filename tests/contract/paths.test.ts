/** Where requests are sent: under the prefix of an API, or without one, as clients do that cannot add a prefix. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudsupport_v2 } from "googleapis/build/src/apis/cloudsupport/index.js";
import { organization, useLocalCloud } from "./localCloud.ts";
import { ownProjects } from "./monitoring.ts";

const local = useLocalCloud("cloudsupport");
const seededCase = "projects/shop-dev/cases/43595344";

async function request(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  const reply = await fetch(`${local.cloud.address}${path}`, {
    method,
    headers: { authorization: "Bearer local-operator-token", ...headers },
    ...(body !== undefined && { body }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

describe("a path without the prefix of its API", () => {
  for (const [path, service] of [
    ["/v1/projects/shop-dev", "cloudresourcemanager"],
    [`/v2/folders?parent=${organization}`, "cloudresourcemanager"],
    ["/v3/projects/shop-dev", "cloudresourcemanager"],
    ["/v1/projects/shop-dev/services?filter=state:ENABLED", "serviceusage"],
    [`/v1/${organization}/contacts`, "essentialcontacts"],
    [`/v2/${seededCase}`, "cloudsupport"],
    ["/v2/caseClassifications:search", "cloudsupport"],
    ["/v1/projects/shop-dev/billingInfo", "cloudbilling"],
    ["/v1/projects/shop-dev/locations/global/events", "servicehealth"],
    ["/v3/projects/shop-dev/alertPolicies", "monitoring"],
    [`/v2/${organization}/policies/iam.allowedPolicyMemberDomains:getEffectivePolicy`, "orgpolicy"],
    [
      "/v1/projects/ops-admin/locations/global/recommenders/google.iam.policy.Recommender/recommendations",
      "recommender",
    ],
  ] as const)
    it(`reaches ${service}: ${path}`, async () => {
      ownProjects(local, "shop-dev");
      const { status } = await request("GET", path);
      assert.equal(status, 200);
      assert.equal(local.cloud.requests.at(-1)?.service, `${service}.googleapis.com`);
    });

  it("reaches the API of an operation, whose paths are the same", async () => {
    const json = { "content-type": "application/json" };
    const enabled = await request("POST", "/v1/projects/shop-dev/services/pubsub.googleapis.com:enable", json, "{}");
    const project = JSON.stringify({ projectId: "new-project", parent: { type: "organization", id: "123456789012" } });
    const created = await request("POST", "/v1/projects", json, project);
    for (const [{ body }, service] of [
      [enabled, "serviceusage"],
      [created, "cloudresourcemanager"],
    ] as const) {
      const { body: operation } = await request("GET", `/v1/${String(body["name"])}`);
      assert.equal(operation["done"], true);
      assert.equal(local.cloud.requests.at(-1)?.service, `${service}.googleapis.com`);
    }
  });
});

describe("an upload", () => {
  const parts = [
    "--b",
    "Content-Type: application/json",
    "",
    '{"attachment":{"filename":"log.txt"}}',
    "--b",
    "Content-Type: text/plain",
    "",
    "first line\nsecond line",
    "--b--",
    "",
  ];

  for (const [what, newLine] of [
    ["CR LF", "\r\n"],
    ["bare LF, as Python's client sends", "\n"],
  ] as const)
    it(`is at the root of the host, with ${what}`, async () => {
      const { status, body } = await request(
        "POST",
        `/upload/v2/${seededCase}/attachments?uploadType=multipart&alt=json`,
        { "content-type": "multipart/related; boundary=b" },
        parts.join(newLine),
      );
      assert.equal(status, 200);
      assert.deepEqual([body["filename"], body["mimeType"], body["sizeBytes"]], ["log.txt", "text/plain", "22"]);
      const kept = local.cloud.state.cases.get("43595344")?.attachments.at(-1)?.bytes.toString();
      assert.equal(kept, "first line\nsecond line");
    });

  for (const parameter of ["uploadType", "upload_protocol"])
    it(`is refused in parts, whose first request has no bytes: ${parameter}`, async () => {
      const { status } = await request(
        "POST",
        `/upload/v2/${seededCase}/attachments?${parameter}=resumable`,
        { "content-type": "application/json" },
        '{"attachment":{"filename":"log.txt"}}',
      );
      assert.equal(status, 501);
      assert.deepEqual(local.cloud.state.cases.get("43595344")?.attachments, []);
    });

  it("by Google's client needs only the address", async () => {
    const { media } = new cloudsupport_v2.Cloudsupport({});
    const { data } = await media.upload(
      {
        parent: seededCase,
        requestBody: { attachment: { filename: "log.txt" } },
        media: { mimeType: "text/plain", body: "text" },
      },
      { ...local.as("operator"), rootUrl: `${local.cloud.address}/` },
    );
    assert.equal(data.filename, "log.txt");
  });
});

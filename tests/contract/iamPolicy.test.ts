/** What Google refuses of an allow policy, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import {
  cloudresourcemanager_v1,
  cloudresourcemanager_v3,
} from "googleapis/build/src/apis/cloudresourcemanager/index.js";
import { folder, organization, refusal, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("cloudresourcemanager");
const { organizations } = new cloudresourcemanager_v1.Cloudresourcemanager({});

type Policy = cloudresourcemanager_v1.Schema$Policy;

/** Reads the policy of the organization, which has a conditional grant, with a version or without. */
async function read(requestedPolicyVersion?: number): Promise<Policy> {
  const requestBody = requestedPolicyVersion === undefined ? {} : { options: { requestedPolicyVersion } };
  return (await organizations.getIamPolicy({ resource: organization, requestBody }, local.as("operator"))).data;
}

async function write(policy: Policy): Promise<Policy> {
  return (await organizations.setIamPolicy({ resource: organization, requestBody: { policy } }, local.as("operator")))
    .data;
}

/** The policy with one more viewer. */
function withViewer(policy: Policy): Policy {
  const viewer = { role: "roles/browser", members: ["user:new@example.com"] };
  return { ...policy, bindings: [...(policy.bindings ?? []), viewer] };
}

describe("a policy with a condition", () => {
  for (const version of [undefined, 0, 1])
    it(`refuses the write of what was read as version ${version ?? "unspecified"}`, async () => {
      const before = await read(3);
      const error = await refusal(write(withViewer(await read(version))));
      assert.deepEqual([error.code, error.status], [400, "INVALID_ARGUMENT"]);
      assert.match(
        error.message,
        /^Specified policy version \(1\) cannot be less than the existing policy version \(3\)/,
      );
      assert.deepEqual(await read(3), before);
    });

  it("refuses what was read as version 1 as version 3 too, with the etag and without", async () => {
    const before = await read(3);
    const { etag, ...policy } = await read(1);
    for (const requestBody of [{ ...policy, etag: etag ?? "", version: 3 }, { ...policy, version: 3 }, policy]) {
      const error = await refusal(write(requestBody));
      assert.match(error.message, /^Role roles\/\w+\.\w+_withcond_\w+ is not supported for this resource\.$/);
    }
    assert.deepEqual(await read(3), before);
  });

  it("takes the write of what was read as version 3", async () => {
    const written = await write(withViewer(await read(3)));
    assert.equal(written.version, 3);
    assert.ok(written.bindings?.some(({ condition }) => condition?.title === "until the end of 2029"));
  });

  it("is overwritten by a write without an etag, as documented", async () => {
    const { etag: _etag, ...blind } = await read(3);
    const bindings = (blind.bindings ?? []).filter(({ condition }) => condition === undefined);
    assert.equal((await write({ ...blind, version: 1, bindings })).version, 1);
  });
});

describe("an etag", () => {
  /** Reads the policy until its etag has a character that differs between the alphabets. */
  async function distinctEtag(): Promise<Policy> {
    for (;;) {
      const policy = await read(3);
      if (/[+/]/.test(policy.etag ?? "")) return policy;
      await write(policy);
    }
  }

  it("is bytes, in the URL-safe alphabet of base64 too, as gcloud sends it", async () => {
    const policy = await distinctEtag();
    const etag = (policy.etag ?? "").replaceAll("+", "-").replaceAll("/", "_");
    const { etag: next } = await write({ ...policy, etag });
    assert.notEqual(next, policy.etag);
    const error = await refusal(write({ ...policy, etag }));
    assert.equal(`${error.code} ${error.status}`, "409 ABORTED");
  });

  for (const etag of ["not base64!", "abcde", "=abc"])
    it(`is refused if it is not base64: ${etag}`, async () => {
      const { message } = await refusal(write({ etag }));
      assert.equal(message, `Invalid value at 'policy.etag' (TYPE_BYTES), Base64 decoding failed for "${etag}"`);
    });
});

describe("a grant", () => {
  const role = "roles/cloudsupport.techSupportViewer";
  const members = ["user:new@example.com"];
  const soon = 'request.time < timestamp("2030-01-01T00:00:00Z")';

  async function add(binding: cloudresourcemanager_v1.Schema$Binding): Promise<void> {
    const policy = await read(3);
    await write({ ...policy, version: 3, bindings: [...(policy.bindings ?? []), binding] });
  }

  for (const [what, binding, message] of [
    [
      "of a role of no service",
      { role: "roles/does.notExist", members },
      /^Role roles\/does\.notExist is not supported for this resource\.$/,
    ],
    [
      "of a role that its service does not have",
      { role: "roles/cloudsupport.techSuportViewer", members },
      /^Role roles\/cloudsupport\.techSuportViewer is not supported/,
    ],
    ["of a basic role that does not exist", { role: "roles/onwer", members }, /^Role roles\/onwer is not supported/],
    [
      "of a custom role that does not exist",
      { role: `${organization}/roles/ops`, members },
      /^Role \(organizations\/123456789012\/roles\/ops\) does not exist in the resource's hierarchy\.$/,
    ],
    [
      "to a service account that does not exist",
      { role, members: ["serviceAccount:ci@ops-admin.iam.gserviceaccount.com"] },
      /^Service account ci@ops-admin\.iam\.gserviceaccount\.com does not exist\.$/,
    ],
    [
      "to a default service account of no project",
      { role, members: ["serviceAccount:999-compute@developer.gserviceaccount.com"] },
      /does not exist\.$/,
    ],
    [
      "to a member without a type",
      { role, members: ["ada@example.com"] },
      /^Policy members must be of the form "<type>:<value>"\.$/,
    ],
    [
      "to a member of an unknown type",
      { role, members: ["robot:a@example.com"] },
      /^The member robot:a@example\.com is of an unknown type/,
    ],
    ...[
      "principal://iam.googleapis.com/ada",
      "principalSet://goog/group/support@example.com",
      "principal://goog/subject/ada@example.com",
      "principal://iam.googleapis.com/projects/-/serviceAccounts/operator@ops-admin.iam.gserviceaccount.com",
      "principalSet://cloudresourcemanager.googleapis.com/organizations/123456789012/type/ServiceAgent",
    ].map(
      (member) =>
        [
          `to ${member}, no principal of allow policies,`,
          { role, members: [member] },
          /is of an unknown type/,
        ] as const,
    ),
    ["with a condition without a title", { role, members, condition: { expression: soon } }, /title/],
    [
      "with a condition that is no CEL",
      { role, members, condition: { title: "t", expression: "until 2030" } },
      /invalid/,
    ],
    [
      "with a condition on an unknown attribute",
      { role, members, condition: { title: "t", expression: "request.year < 2030" } },
      /invalid/,
    ],
    [
      "with a condition that is no bool",
      { role, members, condition: { title: "t", expression: "1 + 1" } },
      /must be a bool/,
    ],
    [
      "to all users with a condition",
      { role, members: ["allUsers"], condition: { title: "t", expression: soon } },
      /^Conditions can't be set for allUsers/,
    ],
    [
      "to all authenticated users with a condition",
      { role, members: [...members, "allAuthenticatedUsers"], condition: { title: "t", expression: soon } },
      /^Conditions can't be set for allAuthenticatedUsers/,
    ],
    [
      "of a basic role with a condition",
      { role: "roles/viewer", members, condition: { title: "t", expression: soon } },
      /^Conditions can't be set on primitive roles/,
    ],
  ] as const)
    it(`${what} is refused`, async () => {
      const before = await read(3);
      const error = await refusal(add(binding as unknown as cloudresourcemanager_v1.Schema$Binding));
      assert.deepEqual([error.code, error.status], [400, "INVALID_ARGUMENT"]);
      assert.match(error.message, message);
      assert.deepEqual(await read(3), before);
    });

  it("to all users is refused in a conditional binding that exists", async () => {
    const condition = { title: "t", expression: soon };
    await add({ role, members, condition });
    const error = await refusal(add({ role, members: ["allUsers"], condition }));
    assert.match(error.message, /^Conditions can't be set for allUsers/);
  });

  for (const binding of [
    { role: "roles/compute.networkViewer", members },
    { role: "roles/writer", members },
    { role, members: ["serviceAccount:100000000001-compute@developer.gserviceaccount.com"] },
    { role, members: ["serviceAccount:service-100000000001@gcp-sa-pubsub.iam.gserviceaccount.com"] },
    { role, members: ["serviceAccount:cloud-support-apievents@system.gserviceaccount.com"] },
    { role, members: ["serviceAccount:shop-dev.svc.id.goog[support/bot]"] },
    { role, members: ["principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/Ada L"] },
    { role, members: ["deleted:principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/ada"] },
    { role, members: ["principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*"] },
    { role, members: ["principalSet://cloudresourcemanager.googleapis.com/projects/100000000001/type/ServiceAccount"] },
    { role, members: ["principal://parametermanager.googleapis.com/projects/1/uid/locations/global/parameters/abc"] },
    { role, members, condition: { title: "office", expression: 'request.time.getHours("Europe/Berlin") < 18' } },
  ])
    it(`of ${binding.role} to ${binding.members.join()} is accepted`, () => add(binding));

  it("of a custom role of the seed gives its permissions", async () => {
    const custom = `${organization}/roles/ops`;
    local.cloud.state.roles.set(custom, ["resourcemanager.organizations.get"]);
    const get = () => organizations.get({ name: organization }, local.as("nobody"));
    assert.equal((await refusal(get())).code, 403);
    await add({ role: custom, members: ["serviceAccount:nobody@ops-admin.iam.gserviceaccount.com"] });
    assert.equal((await get()).data.name, organization);
  });

  it("has an effect while its condition is true", async () => {
    const nobody = ["serviceAccount:nobody@ops-admin.iam.gserviceaccount.com"];
    const get = () => organizations.get({ name: organization }, local.as("nobody"));
    const office =
      'resource.name == "organizations/123456789012" && request.time.getHours() >= 9 && request.time.getHours() < 17';
    await add({ role: "roles/browser", members: nobody, condition: { title: "office", expression: office } });
    assert.equal((await get()).status, 200, "at nine");
    local.clock.advance(8 * 60 * 60 * 1000);
    assert.equal((await refusal(get())).code, 403, "at five");
    local.clock.advance(16 * 60 * 60 * 1000);
  });
});

describe("a role that is for organizations", () => {
  const { folders, projects } = new cloudresourcemanager_v3.Cloudresourcemanager({});
  for (const role of ["roles/billing.viewer", "roles/billing.user", "roles/cloudsupport.admin"])
    it(`is refused on a folder and a project: ${role}`, async () => {
      const requestBody = { policy: { bindings: [{ role, members: ["user:ada@example.com"] }] } };
      for (const call of [
        folders.setIamPolicy({ resource: folder, requestBody }, local.as("operator")),
        projects.setIamPolicy({ resource: "projects/shop-dev", requestBody }, local.as("operator")),
      ])
        assert.equal((await refusal(call)).message, `Role ${role} is not supported for this resource.`);
    });
});

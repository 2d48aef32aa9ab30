/** What Google refuses of an allow policy, through Google's own client. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { cloudresourcemanager_v1 } from "googleapis/build/src/apis/cloudresourcemanager/index.js";
import { organization, refusal, useLocalCloud } from "./localCloud.ts";

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

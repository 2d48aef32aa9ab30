/** Monitoring v3: notification channels and their verification, by Google's own client. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import { refusal, refusedWith, useLocalCloud } from "./localCloud.ts";
import { emailChannel, ownProjects, policyOf, allIncidents, projects, shop } from "./monitoring.ts";

const local = useLocalCloud("monitoring");
const { notificationChannels: channels, alertPolicies } = projects;
const as = () => local.as("operator");

beforeEach(() => ownProjects(local, "shop-dev", "pay-dev"));

async function messageOf(call: Promise<unknown>): Promise<string> {
  return (await refusal(call)).message;
}

const create = (requestBody: object, name = shop) => channels.create({ name, requestBody }, as());

describe("a notification channel", () => {
  it("is created with the project's ID in its name, enabled, and without a verification for e-mail", async () => {
    const requestBody = { type: "email", labels: { email_address: "oncall@example.com" } };
    const { data } = await channels.create({ name: "projects/100000000001", requestBody }, as());
    const at = { mutateTime: "2026-10-01T09:00:00.000Z" };
    assert.deepEqual(data, {
      name: `${shop}/notificationChannels/10000000000000`,
      ...requestBody,
      enabled: true,
      creationRecord: at,
      mutationRecords: [at],
    });
    assert.deepEqual((await channels.get({ name: data.name ?? "" }, as())).data, data);
  });

  it("is refused with Google's words for a missing label, and for a name", async () => {
    const address = "Request was missing field notification_channel.labels[email_address].";
    assert.equal(await messageOf(create({ type: "email" })), address);
    assert.equal(await messageOf(create({})), "Request was missing field notification_channel.type.");
    assert.equal(
      await messageOf(create({ type: "email", name: "mine", labels: { email_address: "a@example.com" } })),
      'Field notification_channel.name.channel_id_part had an invalid value of "mine": Field must be empty.',
    );
  });

  for (const [what, body] of [
    ["an unknown type", { type: "telex", labels: {} }],
    ["an unknown label", { type: "email", labels: { email_address: "a@example.com", number: "1" } }],
    ["an address that is none", { type: "email", labels: { email_address: "oncall" } }],
    ["an unknown field", { type: "email", nonsense: true }],
    ["a long name", { type: "email", labels: { email_address: "a@example.com" }, displayName: "x".repeat(513) }],
    ["a verification", { type: "sms", labels: { number: "+41791234567" }, verificationStatus: "VERIFIED" }],
    ["a user label", { type: "email", labels: { email_address: "a@example.com" }, userLabels: { Team: "x" } }],
  ] as const)
    it(`is refused with ${what}`, async () => {
      assert.equal(await refusedWith(create(body)), "400 INVALID_ARGUMENT");
    });

  it("is closed to callers without the permission, and absent where it is not", async () => {
    const name = await emailChannel(local, "a@example.com");
    assert.equal(await refusedWith(channels.get({ name }, local.as("nobody"))), "403 PERMISSION_DENIED");
    assert.equal(await refusedWith(channels.get({ name: `${shop}/notificationChannels/1` }, as())), "404 NOT_FOUND");
    assert.equal(await refusedWith(create({ type: "email" }, "projects/nowhere")), "403 PERMISSION_DENIED");
  });

  it("returns and keeps no secret", async () => {
    const labels = { url: "https://hooks.example.com", username: "admin", password: "hunter-2-hunter" };
    const { data } = await create({ type: "webhook_basicauth", labels });
    assert.deepEqual(data.labels, { ...labels, password: "***************" });
    const state = await fetch(`${local.cloud.address}/_local/state`);
    assert.doesNotMatch(await state.text(), /hunter/);
  });
});

describe("a list of channels", () => {
  it("is filtered, sorted and paged, with the total", async () => {
    for (const address of ["b@example.com", "a@example.com", "c@example.com"]) await emailChannel(local, address);
    await emailChannel(local, "elsewhere@example.com", "projects/pay-dev");
    const addresses = async (params: object) => {
      const { data } = await channels.list({ name: shop, ...params }, as());
      return (data.notificationChannels ?? []).map(({ labels }) => labels?.["email_address"]?.[0]).join("");
    };
    assert.equal(await addresses({}), "bac");
    assert.equal(await addresses({ orderBy: "display_name" }), "abc");
    assert.equal(await addresses({ orderBy: "type,-labels.email_address" }), "cba");
    assert.equal(await addresses({ filter: 'labels.email_address="a@example.com"' }), "a");
    assert.equal(await addresses({ filter: 'type="email" AND NOT display_name="a@example.com"' }), "bc");
    const { data } = await channels.list({ name: shop, pageSize: 2, orderBy: "display_name" }, as());
    assert.equal(data.totalSize, 3);
    assert.equal(await addresses({ pageToken: data.nextPageToken, orderBy: "display_name" }), "c");
    const refused = (params: object) => refusedWith(channels.list({ name: shop, ...params }, as()));
    assert.equal(await refused({ filter: "nonsense=1" }), "400 INVALID_ARGUMENT");
    assert.equal(await refused({ orderBy: "nonsense" }), "400 INVALID_ARGUMENT");
  });
});

describe("a change of a channel", () => {
  it("concerns the fields of the mask, or all of them without one", async () => {
    const name = await emailChannel(local, "a@example.com");
    const requestBody = { displayName: "On-call", description: "ignored" };
    const { data } = await channels.patch({ name, updateMask: "displayName", requestBody }, as());
    assert.deepEqual([data.displayName, data.description], ["On-call", undefined]);
    const off = await channels.patch({ name, updateMask: "enabled", requestBody: { enabled: false } }, as());
    assert.equal(off.data.enabled, false);
    const labels = { email_address: "b@example.com" };
    const whole = await channels.patch({ name, requestBody: { type: "email", labels } }, as());
    assert.deepEqual([whole.data.displayName, whole.data.enabled, whole.data.labels], [undefined, true, labels]);
    const masked = await channels.patch(
      { name, updateMask: "user_labels.team", requestBody: { userLabels: { team: "shop", other: "x" } } },
      as(),
    );
    assert.deepEqual(masked.data.userLabels, { team: "shop" });
  });

  it("is refused for the type, an unknown field, and what a channel must have", async () => {
    const name = await emailChannel(local, "a@example.com");
    const patch = (requestBody: object, updateMask?: string) =>
      refusedWith(channels.patch({ name, requestBody, ...(updateMask !== undefined && { updateMask }) }, as()));
    assert.equal(await patch({ type: "sms", labels: { number: "1" } }), "400 INVALID_ARGUMENT");
    assert.equal(await patch({}, "verification_status"), "400 INVALID_ARGUMENT");
    assert.equal(await patch({}, "labels"), "400 INVALID_ARGUMENT");
  });
});

describe("the deletion of a channel", () => {
  it("is refused while a policy refers to it, unless it is forced", async () => {
    const name = await emailChannel(local, "a@example.com");
    const { data: policy } = await alertPolicies.create(
      { name: shop, requestBody: policyOf(allIncidents, [name]) },
      as(),
    );
    assert.equal(
      await messageOf(channels.delete({ name }, as())),
      `Could not delete "${name}" because it is still being referenced by: "${policy.name}"`,
    );
    // As gcloud sends it.
    const headers = { authorization: "Bearer local-operator-token" };
    const url = `${local.cloud.address}/monitoring/v3/${name}?force=`;
    assert.equal((await fetch(`${url}False`, { method: "DELETE", headers })).status, 400);
    assert.equal((await fetch(`${url}True`, { method: "DELETE", headers })).status, 200);
    const { data } = await alertPolicies.get({ name: policy.name ?? "" }, as());
    assert.equal(data.notificationChannels, undefined);
    assert.equal(await refusedWith(channels.delete({ name }, as())), "404 NOT_FOUND");
  });
});

describe("the verification of a channel", () => {
  const number = { type: "sms", labels: { number: "+41791234567" } };
  const verify = (name: string, code: string) => channels.verify({ name, requestBody: { code } }, as());

  it("needs the code that was sent to it, while it is valid", async () => {
    const { data } = await create(number);
    const name = data.name ?? "";
    assert.equal(data.verificationStatus, "UNVERIFIED");
    assert.equal(await refusedWith(verify(name, "G-100001")), "400 INVALID_ARGUMENT");
    await channels.sendVerificationCode({ name }, as());
    local.clock.advance(31 * 60_000);
    const code = () => local.cloud.state.verificationCodes.get(name)?.at(-1)?.code ?? "";
    assert.equal(await refusedWith(verify(name, code())), "400 INVALID_ARGUMENT");
    await channels.sendVerificationCode({ name }, as());
    assert.equal((await verify(name, code())).data.verificationStatus, "VERIFIED");
    const changed = { ...number, labels: { number: "+41790000000" } };
    const { data: again } = await channels.patch({ name, updateMask: "labels", requestBody: changed }, as());
    assert.equal(again.verificationStatus, "UNVERIFIED");
  });

  it("is copied to a channel with the same identity by a code of the verified one", async () => {
    const [one, other, third] = [
      await create(number),
      await create({ ...number, displayName: "Copy" }, "projects/pay-dev"),
      await create({ type: "sms", labels: { number: "+41790000000" } }),
    ].map(({ data }) => data.name ?? "") as [string, string, string];
    const getCode = () => channels.getVerificationCode({ name: one, requestBody: {} }, as());
    assert.equal(await refusedWith(getCode()), "400 FAILED_PRECONDITION");
    await channels.sendVerificationCode({ name: one }, as());
    await verify(one, local.cloud.state.verificationCodes.get(one)?.[0]?.code ?? "");
    const { data } = await getCode();
    assert.equal(data.expireTime, "2026-10-31T09:31:00.000Z");
    assert.equal(await refusedWith(verify(third, data.code ?? "")), "400 INVALID_ARGUMENT");
    assert.equal((await verify(other, data.code ?? "")).data.verificationStatus, "VERIFIED");
  });
});

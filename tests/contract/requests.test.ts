/** Requests in the forms that clients send and that no method documents. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { apis } from "../../tools/localCloud/index.ts";
import { methodsOf } from "../../tools/localCloud/schema.ts";
import { useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("");

interface Reply {
  readonly status: number;
  readonly body: { readonly error?: { readonly message: string }; readonly [field: string]: unknown };
}

async function send(
  method: string,
  path: string,
  body?: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const reply = await fetch(`${local.cloud.address}${path}`, {
    method,
    headers: { authorization: "Bearer local-operator-token", ...headers },
    ...(body !== undefined && { body }),
  });
  return { status: reply.status, body: (await reply.json()) as Reply["body"] };
}

const form = { "content-type": "application/x-www-form-urlencoded" };

describe("a method that Google has", () => {
  it("is served or refused with 501, never unknown", async () => {
    const unknown: string[] = [];
    for (const { prefix, package: name } of apis)
      for (const { http } of methodsOf(name))
        for (const rule of http) {
          const [method = "", template = ""] = rule.split(" ");
          const path = template
            .replaceAll(/\{[\w.]+(?:=([^}]+))?\}/g, (_all, inner?: string) => inner ?? "*")
            .replaceAll(/\*\*?/g, "x");
          const { status, body } = await send(method, `/${prefix}${path}`);
          if (status === 404 && body.error?.message.startsWith("The local cloud has no") === true) unknown.push(rule);
        }
    assert.deepEqual(unknown, []);
  });

  for (const [method, path] of [
    ["GET", "/cloudresourcemanager/v3/liens?parent=projects/shop-dev"],
    ["DELETE", "/cloudresourcemanager/v1/liens/p1"],
    ["GET", "/cloudresourcemanager/v3/tagKeys?parent=organizations/123456789012"],
    ["GET", "/pubsub/v1/projects/ops-admin/subscriptions"],
    ["GET", "/pubsub/v1/projects/ops-admin/schemas"],
    ["POST", "/serviceusage/v1/operations/acf.p2-1:cancel"],
    ["DELETE", "/serviceusage/v1/operations/acf.p2-1"],
    ["POST", "/batch"],
    ["POST", "/batch/cloudsupport/v2"],
  ] as const)
    it(`is refused with 501: ${method} ${path}`, async () => {
      assert.equal((await send(method, path)).status, 501);
    });
});

describe("a form", () => {
  it("is the query of a long GET, as google-api-python-client sends it", async () => {
    const filter = `displayName=${"x".repeat(3000)} OR displayName=Shop`;
    const query = new URLSearchParams({ query: filter }).toString();
    const { status, body } = await send("POST", "/cloudresourcemanager/v3/folders:search", query, {
      ...form,
      "x-http-method-override": "GET",
    });
    assert.equal(status, 200);
    assert.equal((body["folders"] as unknown[]).length, 1);
    assert.equal(local.cloud.requests.at(-1)?.method, "GET");
  });

  it("is not read as JSON, which curl sends as a form", async () => {
    const path = "/serviceusage/v1/projects/shop-dev/services/iam.googleapis.com:disable";
    const text = '{"disableDependentServices":true}';
    const { status, body } = await send("POST", path, text, form);
    assert.equal(status, 400);
    assert.match(
      body.error?.message ?? "",
      /^Invalid JSON payload received\. Unknown name "\{.*Cannot bind query parameter/,
    );
    assert.ok(local.cloud.state.projects.get("shop-dev")?.services.has("iam.googleapis.com"));
  });
});

describe("a GET", () => {
  it("can have a content type and an empty body", async () => {
    const reply = await send("GET", "/cloudresourcemanager/v3/projects/shop-dev", undefined, {
      "content-type": "application/json",
    });
    assert.equal(reply.status, 200);
  });
});

describe("the permissions on a topic", () => {
  it("are those of the caller", async () => {
    await send("PUT", "/pubsub/v1/projects/ops-admin/topics/events");
    const permissions = ["pubsub.topics.publish", "pubsub.snapshots.seek"];
    const path = "/pubsub/v1/projects/ops-admin/topics/events:testIamPermissions";
    const json = { "content-type": "application/json" };
    const { body } = await send("POST", path, JSON.stringify({ permissions }), json);
    assert.deepEqual(body, { permissions: ["pubsub.topics.publish"] });
  });
});

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

describe("the parameters of every method", () => {
  const cases = "/cloudsupport/v2/projects/shop-dev/cases";

  for (const query of [
    "fields=nonsense",
    "fields=cases/nonsense",
    "fields=cases(name,creator(nonsense))",
    "$fields=cases.name.nonsense",
    "fields=cases/createTime/seconds",
    "fields=constructor",
    "alt=xml",
    "alt=json;enum-encoding=text",
    "prettyPrint=maybe",
    "alt=media",
    "$alt=media",
    "$.xgafv=3",
    "key=K",
    "$key=K",
  ])
    it(`are refused with another value: ${query}`, async () => {
      assert.equal((await send("GET", `${cases}?${query}`)).status, 400);
    });

  for (const query of [
    "fields=*",
    "fields=cases(name,creator/email),nextPageToken",
    "$fields=cases.name",
    "fields=cases/*",
    "alt=json;enum-encoding=int",
    "$alt=json",
    "prettyPrint=True",
    "quotaUser=u&$.xgafv=2&uploadType=media",
  ])
    it(`are accepted: ${query}`, async () => {
      assert.equal((await send("GET", `${cases}?${query}`)).status, 200);
    });

  for (const query of ["alt=proto", "$alt=proto", "alt=sse", "callback=f", "$.xgafv=1"])
    it(`are not emulated: ${query}`, async () => {
      assert.equal((await send("GET", `${cases}?${query}`)).status, 501);
    });

  for (const parameter of ["access_token", "oauth_token"])
    it(`can have the access token: ${parameter}`, async () => {
      const get = (token: string) => fetch(`${local.cloud.address}${cases}?${parameter}=${token}`);
      assert.equal((await get("local-operator-token")).status, 200);
      assert.equal((await get("another")).status, 401);
    });

  for (const query of ["$outputDefaults=true", "$apiVersion=v1", "$ct=application/json"])
    it(`are not emulated: ${query}`, async () => {
      assert.equal((await send("GET", `${cases}?${query}`)).status, 501);
    });

  it("can be headers", async () => {
    const project = "/cloudresourcemanager/v3/projects/shop-dev";
    const get = (header: string, value: string) => send("GET", project, undefined, { [header]: value });
    assert.deepEqual((await get("X-Goog-FieldMask", "projectId,labels.env")).body, {
      projectId: "shop-dev",
      labels: { env: "dev" },
    });
    assert.equal((await get("X-Goog-FieldMask", "nonsense")).status, 400);
    assert.equal((await get("X-Goog-Api-Version", "2026-01-01")).status, 501);
    const { status, body } = await get("X-Goog-Api-Key", "K");
    assert.deepEqual([status, body.error?.message], [400, "API key not valid. Please pass a valid API key."]);
  });

  for (const [what, query, headers] of [
    ["key", "?key=K", {}],
    ["$key", "?$key=K", {}],
    ["X-Goog-Api-Key", "", { "X-Goog-Api-Key": "K" }],
  ] as const)
    it(`are no credential: an API key in ${what}`, async () => {
      const reply = await fetch(`${local.cloud.address}${cases}${query}`, { headers });
      const { error } = (await reply.json()) as { error: { message: string; details: { reason: string }[] } };
      assert.deepEqual([reply.status, error.details[0]?.reason], [401, "CREDENTIALS_MISSING"]);
      assert.match(error.message, /^API keys are not supported by this API\. Expected OAuth2 access token/);
    });

  it("indent a reply and an error, unless prettyPrint is false", async () => {
    const text = async (path: string, query: string) => {
      const headers = { authorization: "Bearer local-operator-token" };
      return (await fetch(`${local.cloud.address}${path}${query}`, { headers })).text();
    };
    for (const path of [
      "/cloudresourcemanager/v3/projects/shop-dev",
      "/cloudresourcemanager/v3/projects/none-1",
      "/none",
    ]) {
      const indented = await text(path, "");
      const compact = await text(path, "?prettyPrint=False");
      assert.match(indented, /^\{\n {2}"/);
      assert.equal(indented, `${JSON.stringify(JSON.parse(compact), undefined, 2)}\n`);
      assert.equal(await text(path, "?$prettyPrint=false"), compact);
      assert.ok(!compact.includes("\n"));
    }
  });

  it("can select any key of a map and any field of an operation's response", async () => {
    const project = await send("GET", "/cloudresourcemanager/v3/projects/shop-dev?fields=labels/env");
    assert.deepEqual(project.body, { labels: { env: "dev" } });
    const path =
      "/serviceusage/v1/projects/shop-dev/services/pubsub.googleapis.com:enable?fields=response/service/state";
    assert.equal((await send("POST", path)).status, 200);
  });

  it("are refused before the request has an effect", async () => {
    const path = "/serviceusage/v1/projects/shop-dev/services/pubsub.googleapis.com:enable?fields=nonsense";
    assert.equal((await send("POST", path)).status, 400);
    assert.equal(local.cloud.state.projects.get("shop-dev")?.services.has("pubsub.googleapis.com"), false);
  });
});

describe("a page token", () => {
  it("is only of its own list", async () => {
    const services = "/serviceusage/v1/projects/shop-dev/services?pageSize=1";
    const { body } = await send("GET", services);
    const token = String(body["nextPageToken"]);
    const next = (path: string) => send("GET", `${path}&pageToken=${token}`);
    assert.equal((await next(services)).status, 200);
    assert.equal((await next("/serviceusage/v1/projects/shop-dev/services?pageSize=2&prettyPrint=false")).status, 200);
    for (const other of [
      "/serviceusage/v1/projects/pay-dev/services?pageSize=1",
      "/serviceusage/v1/projects/shop-dev/services?filter=state:ENABLED",
      "/cloudresourcemanager/v3/projects:search?pageSize=1",
      "/cloudsupport/v2/projects/shop-dev/cases?pageSize=1",
    ])
      assert.equal((await next(other)).status, 400, other);
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

/** Names that each object of JavaScript inherits, such as `constructor`, wherever a request can contain a name. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import { Violations, readValue } from "../../tools/localCloud/protoJson.ts";
import { folder, operator, organization, useLocalCloud } from "./localCloud.ts";
import { allIncidents, policyOf } from "./monitoring.ts";
import { allEnums, servedRules } from "./schema.ts";

const local = useLocalCloud("");

const names = ["constructor", "toString", "__proto__"];

/** Sends a request, and returns its code and text. */
async function send(method: string, path: string, body?: unknown): Promise<string> {
  const reply = await fetch(`${local.cloud.address}${path}`, {
    method,
    headers: { authorization: "Bearer local-operator-token", "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return `${String(reply.status)} ${await reply.text()}`;
}

const defects = (replies: readonly string[]) => replies.filter((reply) => reply.startsWith("500"));

/** Each variant of a value in which the name replaces one text or one key. */
function* variants(value: unknown, name: string): Generator<unknown> {
  if (typeof value === "string") yield name;
  if (Array.isArray(value))
    for (const [index, item] of value.entries())
      for (const variant of variants(item, name)) yield value.with(index, variant);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) {
      const others = Object.entries(value).filter(([other]) => other !== key);
      for (const variant of variants(item, name)) yield Object.fromEntries([...others, [key, variant]]);
      yield Object.fromEntries([...others, [name, item]]);
    }
}

const known: Readonly<Record<string, string>> = {
  projects: "shop-dev",
  folders: "456789012345",
  organizations: "123456789012",
  locations: "global",
};

/** A path of the rule: with known resources, and the name for the rest. */
function pathOf(rule: string, name: string): string {
  const template = rule
    .replace(/^\S+ /, "")
    .replaceAll(/\{[\w.]+(?:=([^}]+))?\}/g, (_all, inner?: string) => inner ?? "*");
  return template
    .replace("*/*/", "projects/*/")
    .replaceAll(/(\w*)\/\*\*?/g, (_all, collection: string) => `${collection}/${known[collection] ?? name}`);
}

const classification = {
  id: "100IK2AKCLHMGRJ9CDGMOCGP8DM6UTB4BT262T31BT1M2T31DHNMENPO6KS36CPJ786L2TBFEHGN6NPI64R3CDHN8880G08I1H3MURR7DHII0GRCDTQM8",
};

const bodies: readonly (readonly [string, string, object])[] = [
  ["POST", "/cloudresourcemanager/v3/projects", { projectId: "new-dev", parent: folder, labels: { env: "dev" } }],
  ["PATCH", "/cloudresourcemanager/v3/projects/shop-dev", { displayName: "Shop", labels: { env: "dev" } }],
  ["PUT", "/cloudresourcemanager/v1/projects/shop-dev", { parent: { type: "folder", id: "456789012345" } }],
  ["POST", "/cloudresourcemanager/v3/folders", { parent: organization, displayName: "New" }],
  [
    "POST",
    "/cloudresourcemanager/v3/projects/closed-dev:setIamPolicy",
    {
      policy: {
        version: 3,
        bindings: [
          {
            role: "roles/browser",
            members: ["user:a@example.com"],
            condition: { title: "t", expression: "true" },
          },
        ],
      },
      updateMask: "bindings",
    },
  ],
  ["POST", "/cloudresourcemanager/v3/projects/shop-dev:testIamPermissions", { permissions: ["a.b.c"] }],
  ["POST", "/serviceusage/v1/projects/shop-dev/services:batchEnable", { serviceIds: ["pubsub.googleapis.com"] }],
  [
    "POST",
    `/essentialcontacts/v1/${folder}/contacts`,
    { email: "a@example.com", languageTag: "en", notificationCategorySubscriptions: ["LEGAL"] },
  ],
  [
    "POST",
    "/cloudsupport/v2/projects/shop-dev/cases",
    { displayName: "Test", description: "Test", classification, testCase: true, priority: "P4" },
  ],
  ["POST", "/monitoring/v3/projects/shop-dev/alertPolicies", policyOf(allIncidents, [], { severity: "ERROR" })],
  [
    "POST",
    "/monitoring/v3/projects/shop-dev/notificationChannels",
    { type: "email", displayName: "a", labels: { email_address: "a@example.com" }, userLabels: { team: "shop" } },
  ],
  ["PUT", "/pubsub/v1/projects/ops-admin/topics/events", { labels: { team: "shop" } }],
];

beforeEach(() => {
  const { policy } = local.cloud.state.organizations.get(organization) ?? assert.fail();
  policy.bindings.push({ role: "roles/owner", members: [operator] });
});

it("is tried in requests that are accepted otherwise", async () => {
  const replies = await Promise.all(bodies.map((request) => send(...request)));
  assert.deepEqual(
    replies.filter((reply) => !reply.startsWith("200")),
    [],
  );
});

for (const name of names)
  describe(`the name ${name}`, () => {
    it("is no defect in the path and the query of any method", async () => {
      const queries = [
        `?filter=${name}:x&query=${name}:x&fields=${name}&updateMask=${name}`,
        `?filter=labels.${name}:x&query=labels.${name}:x&orderBy=${name}`,
        `?updateMask=labels.${name}`,
        `?filter=labels.${name}=x`,
      ];
      const replies = servedRules().flatMap(({ rule, prefix }) => {
        const [method = ""] = rule.split(" ");
        const path = `/${prefix}${pathOf(rule, name)}`;
        return queries.map((query) => send(method, path + query, method === "GET" ? undefined : {}));
      });
      assert.deepEqual(defects(await Promise.all(replies)), []);
    });

    it("is no defect as any text or key of a body", async () => {
      const replies = bodies.flatMap(([method, path, body]) =>
        [...variants(body, name)].map((variant) => send(method, path, variant)),
      );
      assert.deepEqual(defects(await Promise.all(replies)), []);
    });

    it("is no value of any enum", () => {
      for (const type of allEnums()) {
        const violations = new Violations();
        assert.equal(readValue(type, name, "field", violations), undefined, type);
        assert.ok(violations.any, type);
      }
    });

    it("is no role, in a service or without one", async () => {
      for (const role of [`roles/${name}`, `roles/${name}.x`, `roles/pubsub.${name}_withcond_0`]) {
        const policy = { bindings: [{ role, members: ["user:a@example.com"] }] };
        const reply = await send("POST", "/cloudresourcemanager/v3/projects/shop-dev:setIamPolicy", { policy });
        assert.match(reply, /^400/, role);
      }
    });

    it("is no label of a project", async () => {
      const reply = await send("GET", `/cloudresourcemanager/v3/projects:search?query=labels.${name}:*`);
      assert.equal(reply.trim(), "200 {}");
    });
  });

/** What a recording contains of a reply, and how a replay compares it. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { compare } from "../../../tools/acceptance/compare.ts";
import type { Exchange } from "../../../tools/acceptance/proxy.ts";
import { Redactor } from "../../../tools/acceptance/redact.ts";
import type { Json } from "../../../tools/acceptance/redact.ts";
import { replay } from "../../../tools/acceptance/replay.ts";
import type { World } from "../../../tools/acceptance/replay.ts";

const own = {
  marker: "customer-care acceptance r1",
  member: "group:sandbox@example.com",
  contact: "sandbox+care-r1@example.com",
  places: ["projects/100200300400"],
};

const recorded = (reply: Json) =>
  new Redactor(own, { "care-sandbox": "<project>", "100200300400": "<number:project>" }).reply(reply);

describe("a recording", () => {
  for (const [title, reply, expected] of [
    [
      "has placeholders for names, addresses and numbers",
      { message: "No case projects/care-sandbox/cases/43595344 of ada@example.com for 987654321 in care-sandbox." },
      { message: "No case projects/<project>/cases/<id:1> of <email:1> for <number:1> in <project>." },
    ],
    [
      "has only the name of an unknown field",
      { secretThing: "hunter2-hunter2", more: [{ accountNumber: 123456789, isNew: true }] },
      { secretThing: "<text>", more: [{ accountNumber: "<large number>", isNew: true }] },
    ],
    [
      "has no credentials",
      { message: "Bearer ya29.a0AfH6SMBsecretsecret at https://storage.example.net/x?X-Goog-Signature=abc" },
      { message: "Bearer [secret] at <text>" },
    ],
    [
      "distinguishes short IDs by their parents",
      { parent: "organizations/-/contacts/2", name: "projects/care-sandbox/contacts/2" },
      { parent: "organizations/-/contacts/<id:1>", name: "projects/<project>/contacts/<id:2>" },
    ],
    [
      "has only the grants of the run",
      {
        bindings: [
          { role: "roles/owner", members: ["user:ada@example.com"] },
          { role: "roles/browser", members: ["user:ada@example.com", "group:sandbox@example.com"] },
        ],
        auditConfigs: [{ service: "allServices" }],
      },
      { bindings: [{ role: "roles/browser", members: ["group:<email:1>"] }] },
    ],
    [
      "has only the contacts and cases of the run",
      {
        contacts: [{ email: "ada@example.com" }],
        cases: [
          { displayName: "Pay fails", description: "Card numbers" },
          { displayName: `${own.marker}, renamed`, description: "Test issue" },
        ],
      },
      { cases: [{ displayName: `${own.marker}, renamed`, description: "Test issue" }] },
    ],
    [
      "has no names of people and projects",
      { displayName: "Ada Lovelace", name: "Shop" },
      { displayName: "<text>", name: "<text>" },
    ],
  ] as const)
    it(title, () => assert.deepEqual(recorded(reply as Json), expected));
});

describe("a comparison", () => {
  const fields = (google: Json, local: Json) => compare(google, local, new Map()).map(({ field }) => field);
  for (const [title, google, local, expected] of [
    ["binds a placeholder", ["<id:1>", "cases/<id:1>"], ["7", "cases/7"], []],
    ["finds another identifier", ["<id:1>", "cases/<id:1>"], ["7", "cases/8"], ["[1]"]],
    ["ignores the time, but not its absence", { a: "<time>", b: "<time>" }, { a: "2026-11-29T20:00:00.1Z" }, ["b"]],
    ["finds a time that is none", { a: "<time>" }, { a: "yesterday" }, ["a"]],
    ["finds a number as a string", { a: 46 }, { a: "46" }, ["a"]],
    ["finds a field more and a field less", { a: 1 }, { b: 1 }, ["a", "b"]],
    ["names an order", { a: ["<email:1>", "x"] }, { a: ["x", "ada@example.com"] }, ["a (order)"]],
    ["finds an item less", { a: ["x"] }, { a: ["x", "y"] }, ["a[1]"]],
    ["accepts characters of patterns", { a: "(a+b)? <text>" }, { a: "(a+b)? c" }, []],
  ] as const)
    it(title, () => assert.deepEqual(fields(google, local), expected));
});

it("a replay does not compare what follows from a difference", async () => {
  const common = { credentials: "caller", hasQuotaProject: false, query: [], headers: {}, status: 200 } as const;
  const exchanges: Exchange[] = [
    {
      ...common,
      api: "essentialcontacts",
      method: "POST",
      path: "v1/projects/<project>/contacts",
      request: { email: "not an address" },
      reply: { name: "projects/<project>/contacts/<id:1>" },
    },
    {
      ...common,
      api: "essentialcontacts",
      method: "GET",
      path: "v1/projects/<project>/contacts/<id:1>",
      reply: { name: "projects/<project>/contacts/<id:1>" },
    },
  ];
  const world: World = {
    marker: own.marker,
    services: ["essentialcontacts.googleapis.com"],
    parent: undefined,
    hasBilling: true,
    hasFolder: false,
    hasOrganization: false,
    member: "group",
    caller: "serviceAccount",
  };
  const { compared, skipped, differences } = await replay({
    version: 1,
    day: "",
    tools: {},
    answers: {},
    world,
    exchanges,
  });
  assert.deepEqual([compared, skipped], [1, [2]]);
  assert.ok(differences.some(({ field, google, local }) => field === "status" && google === 200 && local === 400));
});

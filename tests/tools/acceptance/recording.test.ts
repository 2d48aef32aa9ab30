/** What a recording contains of a reply, and how a replay compares it. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { compare } from "../../../tools/acceptance/compare.ts";
import { Pairs } from "../../../tools/acceptance/placeholders.ts";
import { recorded as recordedExchange } from "../../../tools/acceptance/proxy.ts";
import type { Exchange } from "../../../tools/acceptance/proxy.ts";
import { Redactor } from "../../../tools/acceptance/redact.ts";
import type { Json } from "../../../tools/acceptance/redact.ts";
import { recordingVersion, replay } from "../../../tools/acceptance/replay.ts";
import type { World } from "../../../tools/acceptance/replay.ts";

const own = {
  marker: "customer-care acceptance r1",
  member: "group:sandbox@example.com",
  contact: "sandbox+care-r1@example.com",
  places: ["projects/100200300400"],
};

const redactor = () => new Redactor(own, { "care-sandbox": "<project>", "100200300400": "<number:project>" });
const recorded = (reply: Json) => redactor().reply(reply);

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
      { secretThing: "<text:1>", more: [{ accountNumber: "<large:1>", isNew: true }] },
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
      "keeps the form of times, the version of a policy and the names of the API",
      {
        createTime: "2026-11-29T20:00:00.120Z",
        updateTime: "2026-11-29T20:00:00+00:00",
        version: 3,
        permissions: ["resourcemanager.projects.get"],
        classification: { displayName: "Technical Issue > Compute" },
        empty: [],
      },
      {
        createTime: "<time:.000Z>",
        updateTime: "<time:+00:00>",
        version: 3,
        permissions: ["resourcemanager.projects.get"],
        classification: { displayName: "Technical Issue > Compute" },
        empty: [],
      },
    ],
    [
      "keeps the words of Google's pages",
      { url: "https://console.cloud.google.com/apis?project=care-sandbox&tab=a#here" },
      { url: "https://console.cloud.google.com/apis?project=<project>&tab=a#here" },
    ],
    [
      "has no names of people and projects",
      { displayName: "Ada Lovelace", name: "Shop" },
      { displayName: "<text:1>", name: "<text:2>" },
    ],
  ] as const)
    it(title, () => assert.deepEqual(recorded(reply as Json), expected));

  it("has the address of a redirect only if it is a page of Google", () => {
    const locationIn = (location: string) => {
      const request = { api: "cloudsupport", method: "POST", path: "v2/media", search: "", headers: {} };
      const reply = { status: 200, replyHeaders: new Headers({ location }), got: Buffer.from("{}") };
      return recordedExchange({ ...request, sent: Buffer.alloc(0), ...reply }, redactor()).headers["location"];
    };
    const page = "https://console.cloud.google.com/apis?project=";
    assert.equal(locationIn(`${page}care-sandbox`), `${page}<project>`);
    for (const address of [
      "/upload/v2/projects/care-sandbox/cases/1/attachments?upload_id=AAANsUlr&upload_protocol=resumable",
      "upload?upload_id=AAANsUlr",
      "https://cloudsupport.googleapis.com/upload/v2/media?upload_id=AAANsUlr",
      '//storage.example.net/x?X-Goog-Signature="abc"',
    ])
      assert.equal(locationIn(address), "<text>");
  });
});

describe("a comparison", () => {
  const fields = (google: Json, local: Json) => compare(google, local, new Pairs()).map(({ field }) => field);
  for (const [title, google, local, expected] of [
    ["pairs placeholders", ["<id:1>", "cases/<id:1>"], ["<id:7>", "cases/<id:7>"], []],
    ["finds another identifier", ["<id:1>", "cases/<id:1>"], ["<id:7>", "cases/<id:8>"], ["[1]"]],
    ["finds a second identifier for one", ["<email:1>", "<email:2>"], ["<email:4>", "<email:4>"], ["[1]"]],
    ["finds a kind of identifier", ["<id:1>"], ["<number:1>"], ["[0]"]],
    ["finds another address", ["group:<email:1>"], ["group:<email:member>"], ["[0]"]],
    ["accepts equal etags of two policies", ["<token:1>", "<token:2>"], ["<token:1>", "<token:1>"], []],
    ["finds the absence of a time", { a: "<time:Z>", b: "<time:Z>" }, { a: "<time:Z>" }, ["b"]],
    ["finds the form of a time", ["<time:.000Z>", "<time:Z>"], ["<time:.000000Z>", "<time:+00:00>"], ["[0]", "[1]"]],
    ["finds a time that is none", { a: "<time:Z>" }, { a: "<text:1>" }, ["a"]],
    ["finds a number as a string", { a: 46 }, { a: "46" }, ["a"]],
    ["finds a field more and a field less", { a: 1 }, { b: 1 }, ["a", "b"]],
    ["names an order", { a: ["<email:1>", "x"] }, { a: ["x", "<email:3>"] }, ["a (order)"]],
    ["finds an item less", { a: ["x"] }, { a: ["x", "y"] }, ["a[1]"]],
    ["accepts characters of patterns", { a: "(a+b)? <id:1>" }, { a: "(a+b)? <id:1>" }, []],
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
    conditional: [],
  };
  const { compared, skipped, differences } = await replay({
    version: recordingVersion,
    day: "",
    tools: {},
    answers: {},
    world,
    exchanges,
  });
  assert.deepEqual([compared, skipped], [1, [2]]);
  assert.ok(differences.some(({ field, google, local }) => field === "status" && google === 200 && local === 400));
});

/** How requests are read and replies written: by Google's schema, in the JSON mapping of protocol buffers. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { Violations, readValue } from "../../tools/localCloud/protoJson.ts";
import { findEnum, findMessage, methodsOf } from "../../tools/localCloud/schema.ts";
import { folder, organization, useLocalCloud } from "./localCloud.ts";

const local = useLocalCloud("");

interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function request(method: string, path: string, body?: object): Promise<Reply> {
  const reply = await fetch(`${local.cloud.address}${path}`, {
    method,
    headers: { authorization: "Bearer local-operator-token", "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

/** The message and the violations of a request that is refused with 400. */
async function refusal(method: string, path: string, body?: object) {
  const { status, body: reply } = await request(method, path, body);
  const { error } = reply as { error?: { message: string; status: string; details: { fieldViolations: object[] }[] } };
  assert.deepEqual([status, error?.status], [400, "INVALID_ARGUMENT"], JSON.stringify(reply));
  return { message: error?.message, violations: error?.details[0]?.fieldViolations };
}

const cases = "/cloudsupport/v2/projects/shop-dev/cases";
const contacts = `/essentialcontacts/v1/${folder}/contacts`;

const classification = {
  id: "100IK2AKCLHMGRJ9CDGMOCGP8DM6UTB4BT262T31BT1M2T31DHNMENPO6KS36CPJ786L2TBFEHGN6NPI64R3CDHN8880G08I1H3MURR7DHII0GRCDTQM8",
};
const guideCase = { displayName: "Test issue", description: "Test message", classification, testCase: true };

describe("an enum", () => {
  it("can be given by its number in protocol buffers, as Google's Python client does", async () => {
    // Priority.P4 is 5, and NotificationCategory has gaps: SECURITY is 5.
    const { body: created } = await request("POST", cases, { ...guideCase, priority: 5, state: 5 });
    assert.equal(created["priority"], "P4");
    const contact = { email: "a@example.com", languageTag: "en", notificationCategorySubscriptions: [5, "LEGAL", 10] };
    const { body } = await request("POST", contacts, contact);
    assert.deepEqual(body["notificationCategorySubscriptions"], ["SECURITY", "LEGAL", "TECHNICAL_INCIDENTS"]);
  });

  it("can be given by number in lists, in nested messages and in the query", async () => {
    await request("POST", contacts, {
      email: "a@example.com",
      languageTag: "en",
      notificationCategorySubscriptions: [5],
    });
    const { body } = await request("GET", `${contacts}:compute?notificationCategories=5&notification_categories=8`);
    assert.deepEqual(
      (body["contacts"] as { email: string }[]).map(({ email }) => email),
      ["a@example.com", "legal@example.com"],
    );
    const escalation = { reason: 2, justification: "Test" };
    const escalated = await request("POST", `${cases}/43595344:escalate`, { escalation });
    assert.equal(escalated.body["escalated"], true);
    const disabled = { disableDependentServices: false, checkIfServiceHasUsage: 1 };
    const service = "/serviceusage/v1/projects/ops-admin/services/iam.googleapis.com:disable";
    assert.equal((await request("POST", service, disabled)).status, 200);
    const events = "/servicehealth/v1/projects/shop-dev/locations/global/events?view=2";
    assert.equal((await request("GET", events)).status, 200);
  });

  it("is returned by number if the client requests that, also in operations", async () => {
    const { body } = await request("GET", `${cases}/43595344?$alt=json;enum-encoding=int`);
    assert.equal(body["priority"], 3);
    const { body: operation } = await request(
      "POST",
      "/serviceusage/v1/projects/shop-dev/services/pubsub.googleapis.com:enable?$alt=json%3Benum-encoding%3Dint",
      {},
    );
    const { body: done } = await request(
      "GET",
      `/serviceusage/v1/${String(operation["name"])}?$alt=json;enum-encoding=int`,
    );
    assert.equal((done["response"] as { service: { state: number } }).service.state, 2);
  });

  it("is refused by an unknown name, in Google's words", async () => {
    const description =
      "Invalid value at 'case.priority' (type.googleapis.com/google.cloud.support.v2.Case.Priority), \"P9\"";
    assert.deepEqual(await refusal("POST", cases, { ...guideCase, priority: "P9" }), {
      message: description,
      violations: [{ field: "case.priority", description }],
    });
    await refusal("POST", cases, { ...guideCase, priority: 99 });
    await refusal("GET", `${contacts}:compute?notificationCategories=EVERYTHING`);
  });
});

describe("every enum that a request of the local cloud can have", () => {
  /** The types of a message's fields, and of those in them. */
  function typesIn(type: string, found = new Set<string>()): Set<string> {
    for (const { type: inner } of findMessage(type)?.values() ?? [])
      if (!found.has(inner)) typesIn(inner, found.add(inner));
    return found;
  }

  const packages = [
    "cloud.support.v2",
    "cloud.essentialcontacts.v1",
    "cloud.resourcemanager.v3",
    "cloudresourcemanager.v1",
  ];
  const methods = [...packages, "api.serviceusage.v1", "iam.v1"].flatMap((name) => methodsOf(`google.${name}`));
  const enums = new Set(methods.flatMap(({ request: type }) => [...typesIn(type)].filter(findEnum)));

  for (const type of enums)
    it(`has names and numbers that mean the same: ${type}`, () => {
      const violations = new Violations();
      for (const [name, number] of Object.entries(findEnum(type) ?? {}))
        for (const value of [name, number, String(number)]) assert.equal(readValue(type, value, "", violations), name);
      assert.equal(violations.any, false);
    });

  it("is some", () => assert.ok(enums.size > 8, [...enums].join()));
});

describe("a value", () => {
  const read = (type: string, value: unknown) => readValue(type, value, "field", new Violations());

  for (const [type, accepted, refused] of [
    ["int32", [2147483647, -2147483648, "7", "1e3", "2.0"], [2147483648, "-2147483649", "4294967295", 1.5]],
    ["uint32", [4294967295, "0"], [4294967296, -1, "-1"]],
    ["int64", ["9223372036854775807", "-9223372036854775808", 5], ["9223372036854775808", 2 ** 63]],
    ["uint64", ["18446744073709551615"], ["18446744073709551616", "-1"]],
    ["double", [1.5, "1.5", "-Infinity", "NaN"], ["0x10", "", "infinity"]],
    [
      "google.protobuf.Timestamp",
      ["2028-02-29T23:59:59.123456789Z", "0001-01-01T00:00:00+14:00", "9999-12-31T00:00:00Z"],
      [
        "2026-99-99T99:99:99Z",
        "2026-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00+24:00",
        "0000-01-01T00:00:00Z",
        "2026-01-01",
      ],
    ],
    ["google.protobuf.Duration", ["300s", "-1.5s", "315576000000s"], ["315576000001s", "1e3s", "300", "s"]],
    ["google.cloud.support.v2.Case.Priority", [5, "5", "P4"], ["0x3", "5 ", 2 ** 31, "p4", ""]],
  ] as const)
    it(`of ${type} is in its range and in decimal`, () => {
      for (const value of accepted) assert.notEqual(read(type, value), undefined, String(value));
      for (const value of refused) assert.equal(read(type, value), undefined, String(value));
    });

  it("is no hexadecimal number, and has no spaces, in any numeric type", () => {
    const types = [
      "int32",
      "sint32",
      "uint32",
      "fixed32",
      "sfixed32",
      "int64",
      "sint64",
      "uint64",
      "fixed64",
      "sfixed64",
    ];
    for (const type of [...types, "double", "float"])
      for (const value of ["0x10", "0b1", "0o7", " 1", "1 ", "1_000", "+1", ".5", "1.", "", "one", true, null])
        assert.equal(read(type, value), undefined, `${type} ${JSON.stringify(value)}`);
  });
});

describe("a query parameter", () => {
  for (const path of [
    `${cases}?pageSise=2`,
    `${cases}:search?filter=state=OPEN`,
    "/serviceusage/v1/projects/shop-dev/services?page.size=2",
    `/cloudresourcemanager/v3/folders?parent=${organization}&show_delete=true`,
    "/cloudresourcemanager/v1/projects?query=x",
  ])
    it(`that no field has is refused: ${path}`, async () => {
      const { message } = await refusal("GET", path);
      assert.match(
        message ?? "",
        /^Invalid JSON payload received\. Unknown name ".+": Cannot bind query parameter\. Field '.+' could not be found in request message\.$/,
      );
    });

  it("is refused if it is a message, or of another type", async () => {
    assert.match((await refusal("PATCH", `${cases}/43595344?case=x`, {})).message ?? "", /'case' is a message type/);
    const { message } = await refusal("GET", `${cases}?page_size=many`);
    assert.equal(message, "Invalid value at 'page_size' (TYPE_INT32), \"many\"");
    for (const size of ["4294967295", "0x10"]) await refusal("GET", `${cases}?pageSize=${size}`);
    await refusal("GET", `/cloudresourcemanager/v3/folders?parent=${organization}&showDeleted=perhaps`);
  });

  it("can be in both spellings, and one of the system", async () => {
    const system = "alt=json&prettyPrint=false&quotaUser=u&fields=cases/name&$.xgafv=2&$prettyPrint=true";
    for (const size of ["pageSize", "page_size"])
      assert.equal((await request("GET", `${cases}?${size}=1&${system}`)).status, 200);
  });
});

describe("a body", () => {
  it("is refused with all that is wrong, in Google's words", async () => {
    const wrong = {
      displayName: 5,
      description: {},
      classification: "x",
      testCase: [true],
      subscriberEmailAddresses: ["a", 1],
    };
    const { message } = await refusal("POST", cases, wrong);
    assert.deepEqual(message?.split("\n"), [
      "Invalid value at 'case.display_name' (TYPE_STRING), 5",
      "Invalid value at 'case.description' (TYPE_STRING), Starting an object on a scalar field",
      "Invalid value at 'case.classification' (type.googleapis.com/google.cloud.support.v2.CaseClassification), \"x\"",
      "Invalid JSON payload received. Unknown name \"test_case\" at 'case': Proto field is not repeating, cannot start list.",
      "Invalid value at 'case.subscriber_email_addresses[1]' (TYPE_STRING), 1",
    ]);
  });

  it("is refused for an unknown field, however deep", async () => {
    const policy = { bindings: [{ role: "roles/browser", members: [], condition: { expresion: "true" } }] };
    const { violations } = await refusal("POST", `/cloudresourcemanager/v3/${folder}:setIamPolicy`, { policy });
    const description =
      "Invalid JSON payload received. Unknown name \"expresion\" at 'policy.bindings[0].condition': Cannot find field.";
    assert.deepEqual(violations, [{ field: "policy.bindings[0].condition", description }]);
  });

  it("is refused if it is not a message", async () => {
    const { message } = await refusal("POST", cases, []);
    assert.equal(message, 'Invalid JSON payload received. Unknown name "": Root element must be a message.');
  });

  it("keeps the keys of labels as they are", async () => {
    const labels = { cost_center: "a", "team-name": "" };
    const project = { projectId: "new-project", parent: organization, labels };
    assert.equal((await request("POST", "/cloudresourcemanager/v3/projects", project)).status, 200);
    const { body } = await request("GET", "/cloudresourcemanager/v3/projects/new-project");
    assert.deepEqual(body["labels"], labels);
  });
});

describe("a required field", () => {
  it("is refused if it is missing, by the schema", async () => {
    const { violations } = await refusal("POST", contacts, {});
    assert.deepEqual(
      violations?.map((violation) => (violation as { field: string }).field),
      ["contact.email", "contact.notification_category_subscriptions", "contact.language_tag"],
    );
    await refusal("GET", "/cloudresourcemanager/v3/folders");
    await refusal("POST", `/cloudresourcemanager/v3/${folder}:setIamPolicy`, {});
  });
});

describe("a method that Google has and the local cloud has not", () => {
  it("is named", async () => {
    const { status, body } = await request("POST", "/cloudresourcemanager/v1/liens", {});
    assert.equal(status, 501);
    assert.deepEqual(body["error"], {
      code: 501,
      message: "The local cloud does not implement google.cloudresourcemanager.v1.Liens.CreateLien",
      status: "UNIMPLEMENTED",
    });
  });
});

/** Incidents of Service Health that are put into the local cloud, and who is notified of them. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "vitest";
import { refusal, useLocalCloud } from "./localCloud.ts";
import { allIncidents, emailChannel, ownProjects, policyOf, projects, shop } from "./monitoring.ts";

const local = useLocalCloud("monitoring");
const as = () => local.as("operator");

beforeEach(() => {
  ownProjects(local, "shop-dev", "pay-dev");
  for (const id of ["shop-dev", "pay-dev"])
    local.cloud.state.projects.get(id)?.services.set("servicehealth.googleapis.com", { enabledAt: 0 });
});

const event = {
  name: `${shop}/locations/global/events/outage`,
  title: "Cloud SQL in us-east1",
  description: "Connections fail.",
  eventImpacts: [
    {
      product: { productName: "Google Cloud SQL", id: "hV87iK5DcEXKgWU2kDri" },
      location: { locationName: "us-east1" },
    },
    { product: { productName: "Cloud Run", id: "9D7d2iNBQWN24zc1VamE" }, location: { locationName: "us-west1" } },
  ],
};

async function request(path: string, body?: unknown) {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const reply = await fetch(`${local.cloud.address}/_local/${path}`, init);
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

/** The addresses that are notified of a change of the event. */
function notified(change: object = {}): unknown[] {
  const [raised] = local.cloud.raiseEvents({ events: [{ ...event, ...change }] });
  return (raised?.notifications ?? []).map(({ to }) => to["email_address"]?.replace("@example.com", ""));
}

const policy = async (filter: string, channels: string[], more = {}, name = shop) =>
  (await projects.alertPolicies.create({ name, requestBody: policyOf(filter, channels, more) }, as())).data.name ?? "";

describe("an incident", () => {
  it("is written to the log of its project, and its channels are notified once", async () => {
    const [one, other] = [await emailChannel(local, "one@example.com"), await emailChannel(local, "other@example.com")];
    const name = await policy(allIncidents, [one, other]);
    await policy(
      allIncidents,
      [await emailChannel(local, "pay@example.com", "projects/pay-dev")],
      {},
      "projects/pay-dev",
    );
    const raised = await request("events", { events: [event] });
    assert.equal(raised.status, 200);
    const { body } = await request("notifications");
    const labels = {
      state: "ACTIVE",
      description: "Connections fail.",
      impactedProducts: "['Google Cloud SQL','Cloud Run']",
      startTime: "2026-10-01T09:00:00.000Z",
      title: "Cloud SQL in us-east1",
      impactedLocations: "['us-east1','us-west1']",
    };
    const notification = {
      time: "2026-10-01T09:00:00.000Z",
      policy: name,
      policyDisplayName: "All incidents, all updates",
      channelType: "email",
      subject: "",
      content: "### Cloud SQL in us-east1\noutage: ACTIVE",
      labels,
      insertId: "local-1",
    };
    assert.deepEqual(body["notifications"], [
      { ...notification, channel: one, to: { email_address: "one@example.com" } },
      { ...notification, channel: other, to: { email_address: "other@example.com" } },
    ]);
    assert.deepEqual(local.cloud.state.logEntries[0]?.resource, {
      type: "servicehealth.googleapis.com/Event",
      labels: { resource_container: "100000000001", location: "global", event_id: "outage" },
    });
    assert.deepEqual(local.cloud.state.logEntries[0]?.labels, {
      "servicehealth.googleapis.com/new_event": "true",
      "servicehealth.googleapis.com/updated_fields": "[]",
    });
    // The same event again is no news.
    assert.deepEqual(notified(), []);
    assert.equal(local.cloud.state.logEntries.length, 1);
    const health = await fetch(`${local.cloud.address}/servicehealth/v1/${event.name}`, {
      headers: { authorization: "Bearer local-operator-token" },
    });
    assert.equal(((await health.json()) as { title: string }).title, event.title);
  });

  it("notifies again when it changes, as the rate limit permits", async () => {
    await policy(allIncidents, [await emailChannel(local, "all@example.com")]);
    await policy(`${allIncidents} AND labels."servicehealth.googleapis.com/new_event"=true`, [
      await emailChannel(local, "new@example.com"),
    ]);
    assert.deepEqual(notified(), ["all", "new"]);
    // Another state is another value of an extracted label, which has a limit of its own.
    assert.deepEqual(notified({ state: "CLOSED", detailedState: "RESOLVED" }), ["all"]);
    assert.deepEqual(notified({ relevance: "RELATED" }), []);
    const { labels } = local.cloud.state.logEntries.at(-1) ?? {};
    assert.equal(labels?.["servicehealth.googleapis.com/updated_fields"], "['relevance']");
    local.clock.advance(300_000);
    assert.deepEqual(notified({ relevance: "IMPACTED" }), ["all"]);
  });

  it("notifies nobody through a disabled policy, a disabled or an unverified channel", async () => {
    const { notificationChannels: channels } = projects;
    const off = await emailChannel(local, "off@example.com");
    await channels.patch({ name: off, updateMask: "enabled", requestBody: { enabled: false } }, as());
    const sms = { type: "sms", labels: { number: "+41791234567" } };
    const { data } = await channels.create({ name: shop, requestBody: sms }, as());
    await policy(allIncidents, [off, data.name ?? "", await emailChannel(local, "on@example.com")]);
    await policy(allIncidents, [await emailChannel(local, "unused@example.com")], { enabled: false });
    assert.deepEqual(notified(), ["on"]);
  });

  it("is not logged in a project without the Service Health API", async () => {
    await policy(allIncidents, [await emailChannel(local, "on@example.com")]);
    local.cloud.state.projects.get("shop-dev")?.services.delete("servicehealth.googleapis.com");
    assert.deepEqual(notified(), []);
    assert.equal(local.cloud.state.logEntries.length, 0);
  });

  for (const [what, body] of [
    ["an unknown field", { events: [{ ...event, nonsense: 1 }] }],
    ["an unknown state", { events: [{ ...event, state: "GONE" }] }],
    ["an unknown project", { events: [{ ...event, name: "projects/nowhere/locations/global/events/outage" }] }],
    ["a name of another resource", { events: [{ ...event, name: "projects/shop-dev" }] }],
    ["no event", { events: [] }],
    ["another key", { event }],
  ] as const)
    it(`is refused with ${what}`, async () => {
      const { status, body: reply } = await request("events", body);
      assert.deepEqual([status, (reply["error"] as { status: string }).status], [400, "INVALID_ARGUMENT"]);
      assert.deepEqual([...local.cloud.state.logEntries], []);
    });
});

describe("a filter", () => {
  const matches = async (filter: string): Promise<boolean> => {
    local.cloud.reset();
    ownProjects(local, "shop-dev");
    local.cloud.state.projects.get("shop-dev")?.services.set("servicehealth.googleapis.com", { enabledAt: 0 });
    await policy(filter, [await emailChannel(local, "on@example.com")]);
    return notified().length > 0;
  };

  // The first are those of Google's page "Example alerting policies".
  for (const filter of [
    `labels."servicehealth.googleapis.com/new_event"=true AND jsonPayload.detailedCategory = "CONFIRMED_INCIDENT" AND jsonPayload.impactedProductIds =~ "hV87iK5DcEXKgWU2kDri"`,
    'jsonPayload.impactedLocations =~ "us-east1"',
    'resource.type="servicehealth.googleapis.com/Event"\njsonPayload.category="INCIDENT"',
    'jsonPayload.category="incident"',
    'jsonPayload.category=INCIDENT AND (jsonPayload.relevance="RELATED" OR jsonPayload.relevance="IMPACTED")',
    'jsonPayload.category="OTHER" OR jsonPayload.state="ACTIVE" AND jsonPayload.state="ACTIVE"',
    'jsonPayload.relevance=("RELATED" OR "IMPACTED")',
    'jsonPayload.impactedProducts:"cloud sql"',
    "jsonPayload.title:*",
    'NOT jsonPayload.title:"storage"',
    'NOT (jsonPayload.state="CLOSED" OR jsonPayload.state="")',
    'jsonPayload.impactedLocations=~"(^|[^a-z0-9-])(us-east1|europe-west1)(-[a-z])?([^a-z0-9-]|$)"',
    'jsonPayload.title!~"storage"',
    'logName="projects/shop-dev/logs/servicehealth.googleapis.com%2Factivity"',
    'resource.labels.event_id="outage"',
  ])
    it(`matches: ${filter}`, async () => assert.equal(await matches(filter), true));

  for (const filter of [
    'resource.type="gce_instance"',
    'jsonPayload.impactedLocations=~"US-EAST1"',
    'jsonPayload.relevance!="IMPACTED"',
    'jsonPayload.missing!="x"',
    'jsonPayload.missing!~"x"',
    "jsonPayload.missing:*",
    "NOT jsonPayload.title:*",
    'labels.new_event="true"',
    'jsonPayload.category="INCIDENT" AND NOT jsonPayload.state="ACTIVE"',
  ])
    it(`does not match: ${filter}`, async () => assert.equal(await matches(filter), false));

  for (const [filter, error] of [
    ["jsonPayload.title", "501"],
    ["outage", "501"],
    ['log_id("servicehealth.googleapis.com/activity")', "501"],
    ["severity>=ERROR", "501"],
    ['textPayload:"x"', "501"],
    ['-jsonPayload.title:"x"', "501"],
    ['jsonPayload.updateTime > "2026-01-01T00:00:00Z"', "501"],
    ['jsonPayload.state="ACTIVE" -- a comment', "501"],
    ["resource.label.event_id=outage", "501"],
    ['nonsense.field="x"', "400"],
    ['jsonPayload.title=~"("', "400"],
    ['(jsonPayload.title="x"', "400"],
    ['jsonPayload.title="x" AND', "400"],
    ['jsonPayload.title=("x" OR jsonPayload.state="y")', "400"],
    [`jsonPayload.title="${"x".repeat(20_000)}"`, "400"],
  ] as const)
    it(`is refused with ${error}: ${filter.slice(0, 60)}`, async () => {
      const { code, message } = await refusal(policy(filter, []));
      assert.equal(String(code), error);
      assert.match(message, error === "501" ? /^The local cloud does not emulate / : /filter/);
    });

  for (const [extractor, error] of [
    ['REGEXP_EXTRACT(jsonPayload.title, "(.*)")', 501],
    ["EXTRACT(textPayload)", 501],
    ["jsonPayload.title", 400],
  ] as const)
    it(`is refused with ${error} for the label extractor ${extractor}`, async () => {
      const conditions = [{ conditionMatchedLog: { filter: allIncidents, labelExtractors: { title: extractor } } }];
      assert.equal((await refusal(policy(allIncidents, [], { conditions }))).code, error);
    });
});

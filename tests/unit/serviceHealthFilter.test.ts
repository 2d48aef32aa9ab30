/** Which alert policies are for incidents of Service Health, whoever wrote them: one rule for the preview, doctor, adopt, report and policies. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "vitest";
import { alertFilter, isForServiceHealth, isServiceHealthFilter } from "../../guide/index.ts";
import { thingsOf } from "../../components/formerState.ts";
import { refusalsAt } from "../../components/obstacles/refusals.ts";
import type { UpdateFacts } from "../../components/obstacles/refusals.ts";
import { alertsWithoutChannel } from "../../policy/alerts.ts";
import { compileLoggingQuery } from "../../tools/localCloud/loggingQuery.ts";
import { resourceOf } from "./policy.ts";

const entryType = "type.googleapis.com/google.cloud.servicehealth.logging.v1.EventLog";

const event = {
  logName: "projects/shop-dev/logs/servicehealth.googleapis.com%2Factivity",
  resource: { type: "servicehealth.googleapis.com/Event" },
  jsonPayload: { "@type": entryType, category: "INCIDENT" },
} as unknown as Parameters<ReturnType<typeof compileLoggingQuery>>[0];

/** Each selects the events of Service Health, and nothing else. */
const selecting = [
  'resource.type="servicehealth.googleapis.com/Event"',
  'resource.type = "ServiceHealth.googleapis.com/event"',
  'resource.type:"servicehealth"',
  "resource.type:servicehealth",
  'resource.type=~"^servicehealth\\\\.googleapis"',
  'resource.type=("gce_instance" OR "servicehealth.googleapis.com/Event")',
  'resource.type:("gce_instance" OR "servicehealth")',
  'logName="projects/shop-dev/logs/servicehealth.googleapis.com%2Factivity"',
  'logName="projects/shop-dev/logs/servicehealth.googleapis.com%2factivity"',
  'logName:"servicehealth"',
  `jsonPayload.@type="${entryType}"`,
  `jsonPayload."@type"="${entryType}"`,
  'jsonPayload.@type:"servicehealth"',
];

const others = [
  'resource.type!="k8s_container"',
  'jsonPayload.category="INCIDENT"',
  'NOT resource.type="gce_instance"',
  'logName!="projects/shop-dev/logs/syslog"',
];

const negated = (filter: string) => [
  `NOT ${filter}`,
  `NOT (${filter})`,
  ...(filter.includes("=") && !/=[~(]/.test(filter) ? [filter.replace(/ ?= ?/, "!=")] : []),
  ...(filter.includes("=~") ? [filter.replace("=~", "!~")] : []),
];

/** Not emulated by the local cloud. */
const logIds = [
  'log_id("servicehealth.googleapis.com/activity")',
  'log_id("servicehealth.googleapis.com%2Factivity") AND severity>=NOTICE',
];

describe("a filter is for events of Service Health", () => {
  it("by the resource type, the log or the type of the message, among other comparisons", () => {
    fc.assert(
      fc.property(fc.constantFrom(...selecting), fc.subarray(others), fc.nat(others.length), (own, more, at) => {
        const filter = more.toSpliced(at, 0, own).join(" AND ");
        assert.equal(compileLoggingQuery(filter)(event), true, filter);
        assert.equal(isServiceHealthFilter(filter), true, filter);
      }),
    );
    for (const filter of logIds) assert.equal(isServiceHealthFilter(filter), true, filter);
    assert.equal(
      isServiceHealthFilter(alertFilter({ on: "all-updates", products: [], locations: [], relevance: [] })),
      true,
    );
  });

  it("not if it excludes them", () => {
    for (const filter of selecting.flatMap(negated)) {
      assert.equal(compileLoggingQuery(filter)(event), false, filter);
      assert.equal(isServiceHealthFilter(filter), false, filter);
    }
    for (const filter of [
      ...logIds.map((one) => `severity=ERROR AND NOT ${one}`),
      'severity=ERROR -resource.type="servicehealth.googleapis.com/Event"',
      `-- ${selecting.join(" ")}\nseverity=ERROR`,
    ])
      assert.equal(isServiceHealthFilter(filter), false, filter);
  });

  it("not if it is for other entries about Service Health", () => {
    for (const filter of [
      ...others,
      "",
      undefined,
      7,
      'protoPayload.serviceName="servicehealth.googleapis.com"',
      'logName="projects/shop-dev/logs/cloudaudit.googleapis.com%2Factivity"',
      'resource.type="audited_resource" AND resource.labels.service="servicehealth.googleapis.com"',
    ])
      assert.equal(isServiceHealthFilter(filter), false, filter as string);
  });
});

const channels = [
  { name: "projects/shop-dev/notificationChannels/1", type: "email" },
  { name: "projects/shop-dev/notificationChannels/2", type: "email", enabled: false },
  { name: "projects/shop-dev/notificationChannels/3", type: "sms", verificationStatus: "UNVERIFIED" },
];

const conditionsOf = (filter: string) => [{ conditionMatchedLog: { filter } }];

/** The kinds of refusals of new alerts in a project that has the policy. */
function kindsWith(policy: Partial<NonNullable<NonNullable<UpdateFacts["alertPolicies"]>["value"]>[number]>) {
  const name = "projects/shop-dev/alertPolicies/1";
  const wanted = {
    level: "project" as const,
    resource: "projects/shop-dev" as const,
    services: [],
    grants: [],
    contacts: [],
    alerts: { addresses: ["oncall@example.com"], channels: [] },
    testCase: undefined,
  };
  const facts = { alertPolicies: { value: [{ name, ...policy }] }, alertChannels: { value: channels } };
  const context = { memberOrganizations: { seen: [], ofMember: new Map() }, grantedFirst: [] };
  return refusalsAt(wanted, facts as unknown as UpdateFacts, context).map(({ kind }) => kind);
}

describe("the rule is the same", () => {
  const type = "gcp:monitoring/alertPolicy:AlertPolicy";
  for (const filter of [...selecting, ...logIds])
    it(`in the state, the preview and the policies: ${filter}`, () => {
      const conditions = conditionsOf(filter);
      assert.equal(isForServiceHealth({ conditions }), true);
      assert.deepEqual(thingsOf(type, { project: "shop-dev", conditions }), [
        "the Service Health alerts of projects/shop-dev",
      ]);
      assert.equal(alertsWithoutChannel(resourceOf(type, { project: "shop-dev", conditions })).length, 1);
      assert.deepEqual(kindsWith({ conditions, notificationChannels: [channels[0]?.name ?? ""] }), ["alerts-exist"]);
    });
});

describe("people are notified twice only by a policy that notifies somebody", () => {
  const conditions = conditionsOf(selecting[0] ?? "");
  const silent: Readonly<Record<string, object>> = {
    "without channels": {},
    "with an empty list of channels": { notificationChannels: [] },
    "that is disabled": { enabled: false, notificationChannels: [channels[0]?.name] },
    "whose channel is disabled": { notificationChannels: [channels[1]?.name] },
    "whose channel is not verified": { notificationChannels: [channels[2]?.name] },
    "whose channel is deleted": { notificationChannels: ["projects/shop-dev/notificationChannels/4"] },
  };
  for (const [name, policy] of Object.entries(silent))
    it(`not by one ${name}`, () => assert.deepEqual(kindsWith({ conditions, ...policy }), []));
  it("by one with another channel that works, whose project is its number", () =>
    assert.deepEqual(
      kindsWith({
        conditions,
        notificationChannels: [channels[1]?.name ?? "", "projects/100000000001/notificationChannels/1"],
      }),
      ["alerts-exist"],
    ));
});

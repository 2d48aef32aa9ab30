/** Scenarios of an alert policy of Cloud Monitoring that matches log entries, as Google documents it for Service Health. */
import { alertContent, alertPolicyFor } from "../../guide/index.ts";
import { create, fault, make, read, scenario } from "./calls.ts";
import type { Call, Scenario } from "./calls.ts";
import { channel, channelType } from "./channelScenarios.ts";
import { adoption, equal, life, lost, refreshed } from "./lifeCalls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import { override, owner, withoutMonitoring } from "./topicScenarios.ts";

const policyType = "gcp:monitoring/alertPolicy:AlertPolicy";
const filter = 'resource.type = "servicehealth.googleapis.com/Event" AND jsonPayload.category = "INCIDENT"';
const labelExtractors = { title: "EXTRACT(jsonPayload.title)", state: "EXTRACT(jsonPayload.state)" };
const matched = { displayName: "An incident", conditionMatchedLog: { filter, labelExtractors } };
const other = { displayName: "New", conditionMatchedLog: { filter: `${filter} AND NOT jsonPayload.state="CLOSED"` } };
const channels = [0, 1].map((id) => `projects/ops-admin/notificationChannels/1000000000000${id}`);
const policy = {
  project: "ops-admin",
  displayName: "Incidents",
  combiner: "OR",
  conditions: [matched],
  alertStrategy: { notificationRateLimit: { period: "300s" } },
};
const documentation = { content: "### ${log.extracted_label.title}", mimeType: "text/markdown" };
const whole = {
  ...policy,
  documentation: { ...documentation, subject: "An incident" },
  alertStrategy: { ...policy.alertStrategy, autoClose: "1800s" },
  enabled: false,
  notificationChannels: channels,
  severity: "CRITICAL",
  userLabels: { team: "shop" },
};
const path = "projects/ops-admin/alertPolicies/20000000000000";
const ofProgram = {
  project: "ops-admin",
  ...alertPolicyFor({ on: "all-updates", products: [], locations: [], relevance: [] }),
  documentation: { content: alertContent("ops-admin") },
  notificationChannels: channels,
};

/** Two channels, which policies refer to. */
const channelsExist: Call = async (plugin, cloud, answers) => {
  await owner(plugin, cloud, answers);
  for (let i = 0; i < 2; i++) await make(plugin, [], channelType, channel);
};

export const alertPolicyScenarios: Scenario[] = [
  scenario("an alert policy", [
    channelsExist,
    life(policyType, policy, ({ id }) => id, [
      { displayName: "All incidents" },
      { notificationChannels: channels },
      { notificationChannels: channels.slice(1), documentation, severity: "WARNING" },
      { conditions: [other] },
      { alertStrategy: { notificationRateLimit: { period: "600s" }, autoClose: "1800s" }, enabled: false },
      { userLabels: { team: "shop" }, deletionPolicy: "PREVENT" },
      { userLabels: { team: "shop" }, deletionPolicy: "DELETE" },
      { deletionPolicy: "DELETE" },
    ]),
    create(policyType, policy, 77),
  ]),
  scenario("an alert policy with all that it can have", [
    channelsExist,
    life(policyType, whole, ({ id }) => id, [
      { userLabels: {}, notificationChannels: [] },
      { documentation: null, severity: null },
      { documentation: { content: "Other" }, userLabels: { tier: "1" } },
    ]),
  ]),
  scenario("an alert policy that is read again", [
    channelsExist,
    refreshed(policyType, policy, { notificationChannels: channels }),
    refreshed(policyType, whole, { conditions: [other] }),
  ]),
  scenario(
    "alert policies that are kept, in the provider's project",
    [
      owner,
      life(policyType, { ...policy, project: null, deletionPolicy: "PREVENT" }, ({ id }) => id),
      life(policyType, { ...policy, project: null }, () => "nonsense"),
    ],
    { config: { project: "ops-admin", deletionPolicy: "ABANDON" } },
  ),
  scenario("alert policies that are refused", [
    withoutMonitoring,
    create(policyType, policy),
    owner,
    create(policyType, { ...policy, alertStrategy: null }),
    create(policyType, { ...policy, notificationChannels: channels }),
    create(policyType, { ...policy, notificationChannels: ["oncall"] }),
    create(policyType, { ...policy, conditions: [matched, other] }),
    create(policyType, { ...policy, conditions: [{ displayName: "none" }] }),
    create(policyType, { ...policy, project: "nowhere-dev" }),
    create(policyType, { ...policy, project: null }),
    read(policyType, path),
    read(policyType, "nonsense"),
  ]),
  scenario("alert policies while the API fails", [
    owner,
    fault({ match: { rpc: "CreateAlertPolicy" }, effect: { error: { code: 503 } } }),
    fault({ match: { rpc: "CreateAlertPolicy", nth: 2 }, effect: { error: { code: 409, message: "no" } } }),
    create(policyType, policy),
    fault({ match: { rpc: "GetAlertPolicy" }, effect: { error: { code: 403, message: "no" } } }),
    create(policyType, policy),
    fault({ match: { rpc: "GetAlertPolicy" }, effect: { error: { code: 404 } } }),
    create(policyType, policy),
    fault({ match: { rpc: "UpdateAlertPolicy" }, effect: { error: { code: 400, message: "no" } } }),
    fault({ match: { rpc: "DeleteAlertPolicy" }, effect: { error: { code: 400, message: "no" } } }),
    life(policyType, policy, ({ id }) => id, [{ displayName: "All incidents" }]),
  ]),
  scenario("an alert policy that somebody else removed", [
    owner,
    lost(policyType, policy, ({ state }) => state.alertPolicies.clear(), { displayName: "All incidents" }),
  ]),
  scenario("an alert policy that is adopted", [
    channelsExist,
    create(policyType, whole),
    adoption(policyType, path, whole),
    adoption(policyType, path, policy),
  ]),
  scenario("an alert policy of the program that is adopted as it is", [
    channelsExist,
    create(policyType, ofProgram),
    equal(policyType, path, ofProgram),
  ]),
  scenario(
    "an alert policy with a quota project",
    [owner, life(policyType, policy, ({ id }) => id, [{ displayName: "All incidents" }])],
    { config: override },
  ),
  scenario("checks of an alert policy", [
    checks([
      policyType,
      whole,
      [
        { combiner: "XOR" },
        { severity: "HIGH" },
        { enabled: "true" },
        { enabled: "maybe" },
        { conditions: [] },
        { conditions: matched },
        { conditions: "all" },
        { conditions: [{ conditionMatchedLog: { filter } }] },
        { conditions: [{ displayName: "none", conditionMatchedLog: {} }] },
        { conditions: [{ ...matched, nonsense: true }] },
        { conditions: [{ ...matched, name: "mine" }] },
        { documentation: { content: 7 } },
        { documentation: { content: "x", nonsense: true } },
        { alertStrategy: { autoClose: ["1800s"] } },
        { notificationChannels: "oncall" },
        { notificationChannels: [7] },
        { userLabels: { team: 7 } },
        { name: "mine" },
        { nonsense: true },
        { deletionPolicy: "NONSENSE" },
      ],
    ]),
  ]),
  scenario("differences of an alert policy", [
    channelsExist,
    differences([
      policyType,
      whole,
      [
        { displayName: "All incidents" },
        { displayName: unknown },
        { combiner: "AND" },
        { combiner: unknown },
        { enabled: true },
        { enabled: unknown },
        { severity: "ERROR" },
        { severity: null },
        { severity: unknown },
        { conditions: [{ ...matched, displayName: "New" }] },
        { conditions: [other] },
        { conditions: [{ ...matched, conditionMatchedLog: { filter } }] },
        { conditions: [{ ...matched, conditionMatchedLog: { filter: unknown, labelExtractors } }] },
        { conditions: [{ ...matched, conditionMatchedLog: { filter, labelExtractors: { title: unknown } } }] },
        { conditions: [matched, other] },
        { conditions: unknown },
        { documentation },
        { documentation: { ...documentation, content: "Other" } },
        { documentation: { ...documentation, content: unknown } },
        { documentation: null },
        { documentation: unknown },
        { alertStrategy: policy.alertStrategy },
        { alertStrategy: { autoClose: "1800s", notificationRateLimit: { period: "600s" } } },
        { alertStrategy: { autoClose: unknown, notificationRateLimit: { period: unknown } } },
        { alertStrategy: null },
        { alertStrategy: unknown },
        { notificationChannels: channels.slice(1) },
        { notificationChannels: [] },
        { notificationChannels: null },
        { notificationChannels: [unknown] },
        { notificationChannels: [...channels, unknown] },
        { notificationChannels: unknown },
        { userLabels: { team: "pay" } },
        { userLabels: null },
        { userLabels: unknown },
        { project: "shop-dev" },
        { project: null },
        { project: unknown },
        { deletionPolicy: "PREVENT" },
      ],
    ]),
  ]),
  scenario(
    "previews of an alert policy with unknown inputs",
    [
      unknowns([
        policyType,
        whole,
        [
          { project: null },
          { conditions: [{ ...matched, conditionMatchedLog: { filter: unknown } }] },
          { notificationChannels: [unknown] },
          { documentation: { content: unknown } },
          { alertStrategy: { notificationRateLimit: { period: unknown } } },
        ],
      ]),
    ],
    { config: { project: "ops-admin" } },
  ),
];

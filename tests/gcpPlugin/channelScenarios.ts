/** Scenarios of a notification channel of Cloud Monitoring. */
import { create, fault, read, scenario } from "./calls.ts";
import type { Scenario } from "./calls.ts";
import { adoption, equal, life, lost, refreshed } from "./lifeCalls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";
import { override, owner, withoutMonitoring } from "./topicScenarios.ts";

export const channelType = "gcp:monitoring/notificationChannel:NotificationChannel";
export const channel = {
  project: "ops-admin",
  type: "email",
  displayName: "oncall@example.com",
  labels: { email_address: "oncall@example.com" },
};
const path = "projects/ops-admin/notificationChannels/10000000000000";
const policies: Properties[] = ["", "NONSENSE", unknown].map((deletionPolicy) => ({ deletionPolicy }));
const labelled = { description: "Called at night.", userLabels: { team: "shop" } };

export const channelScenarios: Scenario[] = [
  scenario("a notification channel", [
    owner,
    life(channelType, channel, ({ id }) => id, [
      { displayName: "On-call" },
      { ...labelled, enabled: false },
      { labels: { email_address: "other@example.com" }, userLabels: { team: "pay", tier: "1" } },
      { description: "" },
      { forceDelete: true, deletionPolicy: "PREVENT" },
      { forceDelete: true, deletionPolicy: "DELETE" },
      { deletionPolicy: "DELETE" },
    ]),
    create(channelType, channel, 77),
  ]),
  scenario("a notification channel with all that it can have, deleted by force", [
    owner,
    life(channelType, { ...channel, ...labelled, enabled: false, forceDelete: true }, ({ id }) => id, [
      { userLabels: {} },
      { description: "Other", userLabels: { team: "shop" } },
    ]),
  ]),
  scenario("a notification channel that needs a verification", [
    owner,
    life(channelType, { ...channel, type: "sms", labels: { number: "+41791234567" } }, ({ id }) => id),
  ]),
  scenario("a notification channel that is read again", [
    owner,
    refreshed(channelType, channel, { displayName: "On-call" }),
    refreshed(channelType, { ...channel, ...labelled }, { labels: { email_address: "other@example.com" } }),
  ]),
  scenario(
    "notification channels that are kept, in the provider's project",
    [
      owner,
      life(channelType, { ...channel, project: null, deletionPolicy: "PREVENT" }, ({ id }) => id),
      life(channelType, { ...channel, project: null }, () => "nonsense"),
    ],
    { config: { project: "ops-admin", deletionPolicy: "ABANDON" } },
  ),
  scenario("notification channels that are refused", [
    withoutMonitoring,
    create(channelType, channel),
    owner,
    create(channelType, { ...channel, type: "telex" }),
    create(channelType, { ...channel, labels: {} }),
    create(channelType, { ...channel, labels: { email_address: "nobody" } }),
    create(channelType, { ...channel, project: "nowhere-dev" }),
    create(channelType, { ...channel, project: null }),
    create(channelType, { ...channel, userLabels: { TEAM: "x" } }),
    read(channelType, path),
    read(channelType, "nonsense"),
  ]),
  scenario("notification channels while the API fails", [
    owner,
    fault({ match: { rpc: "CreateNotificationChannel" }, effect: { error: { code: 503 } } }),
    fault({ match: { rpc: "CreateNotificationChannel", nth: 2 }, effect: { error: { code: 409, message: "no" } } }),
    create(channelType, channel),
    fault({ match: { rpc: "GetNotificationChannel" }, effect: { error: { code: 403, message: "no" } } }),
    create(channelType, channel),
    fault({ match: { rpc: "GetNotificationChannel" }, effect: { error: { code: 404 } } }),
    create(channelType, channel),
    fault({ match: { rpc: "UpdateNotificationChannel" }, effect: { error: { code: 400, message: "no" } } }),
    fault({ match: { rpc: "DeleteNotificationChannel" }, effect: { error: { code: 400, message: "no" } } }),
    life(channelType, channel, ({ id }) => id, [{ displayName: "On-call" }]),
  ]),
  scenario("a notification channel that somebody else removed", [
    owner,
    lost(channelType, channel, ({ state }) => state.notificationChannels.clear(), { displayName: "On-call" }),
  ]),
  scenario("a notification channel that is adopted", [
    owner,
    create(channelType, { ...channel, ...labelled }),
    adoption(channelType, path, channel),
    adoption(channelType, path, { ...channel, displayName: "On-call" }),
    adoption(channelType, `ops-admin ${path}`, channel),
  ]),
  scenario("a notification channel that is adopted as it is", [
    owner,
    create(channelType, channel),
    equal(channelType, path, channel),
  ]),
  scenario(
    "a notification channel with a quota project",
    [owner, life(channelType, channel, ({ id }) => id, [{ displayName: "On-call" }])],
    { config: override },
  ),
  scenario("checks of a notification channel", [
    checks([
      channelType,
      channel,
      [
        { project: 7 },
        { type: ["email"] },
        { enabled: "true" },
        { enabled: "maybe" },
        { forceDelete: "false" },
        { labels: "oncall@example.com" },
        { labels: { email_address: 7 } },
        { userLabels: { team: null } },
        { name: "mine" },
        { nonsense: true },
        ...policies,
      ],
    ]),
  ]),
  scenario("differences of a notification channel", [
    owner,
    differences([
      channelType,
      { ...channel, ...labelled },
      [
        { displayName: "On-call" },
        { displayName: null },
        { displayName: unknown },
        { description: null },
        { enabled: false },
        { enabled: unknown },
        { forceDelete: true },
        { labels: { email_address: "other@example.com" } },
        { labels: { email_address: unknown } },
        { labels: unknown },
        { labels: null },
        { userLabels: null },
        { userLabels: {} },
        { userLabels: { team: "shop", tier: "1" } },
        { userLabels: { tier: "1" } },
        { type: "sms", labels: { number: "1" } },
        { type: unknown },
        { project: "shop-dev" },
        { project: null },
        { project: unknown },
        { deletionPolicy: "PREVENT" },
        { deletionPolicy: unknown },
      ],
    ]),
  ]),
  scenario(
    "previews of a notification channel with unknown inputs",
    [
      unknowns([
        channelType,
        { ...channel, ...labelled, enabled: true },
        [{ labels: { email_address: unknown } }, { userLabels: { team: unknown } }, { project: null }],
      ]),
    ],
    { config: { project: "ops-admin" } },
  ),
];

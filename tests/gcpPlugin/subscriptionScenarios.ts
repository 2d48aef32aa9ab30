/** Scenarios of a subscription to the events of support cases, as examples/landing-zone creates it. */
import { create, fault, read, scenario } from "./calls.ts";
import type { Scenario } from "./calls.ts";
import { adoption, equal, life, lost, refreshed } from "./lifeCalls.ts";
import { checks, differences, unknown, unknowns } from "./planCalls.ts";
import type { Properties } from "../support/gcpPlugin/pluginClient.ts";
import { override, path } from "./topicScenarios.ts";

const subscriptionType = "gcp:cloudsupport/supportEventSubscription:SupportEventSubscription";
const subscription = { organization: "123456789012", pubSubTopic: path };
const policies: Properties[] = ["", "NONSENSE", unknown].map((deletionPolicy) => ({ deletionPolicy }));
const other = { pubSubTopic: "projects/ops-admin/topics/other-events" };

export const subscriptionScenarios: Scenario[] = [
  scenario("a subscription to support events", [
    life(subscriptionType, subscription, ({ id }) => id, [
      other,
      { ...other, deletionPolicy: "PREVENT" },
      { deletionPolicy: "DELETE" },
    ]),
    create(subscriptionType, subscription, 77),
  ]),
  scenario("a subscription that is read again", [refreshed(subscriptionType, subscription, other)]),
  scenario(
    "subscriptions that are kept",
    [
      life(subscriptionType, { ...subscription, deletionPolicy: "PREVENT" }, () => "123456789012/1001"),
      life(subscriptionType, subscription, () => "123456789012/99"),
    ],
    { config: { deletionPolicy: "ABANDON", ...override, billingProject: "ops-admin" } },
  ),
  scenario("subscriptions that are refused", [
    create(subscriptionType, { ...subscription, organization: "999" }),
    create(subscriptionType, { ...subscription, organization: "organizations/123456789012" }),
    create(subscriptionType, { ...subscription, pubSubTopic: "support-events" }),
    create(subscriptionType, { ...subscription, pubSubTopic: "" }),
    read(subscriptionType, "nonsense"),
    read(subscriptionType, "organizations/999/supportEventSubscriptions/1"),
  ]),
  scenario("subscriptions while the API fails", [
    fault({ match: { rpc: "CreateSupportEventSubscription" }, effect: { error: { code: 503 } } }),
    fault({ match: { rpc: "GetSupportEventSubscription" }, effect: { error: { code: 403, message: "no" } } }),
    create(subscriptionType, subscription),
    fault({ match: { rpc: "GetSupportEventSubscription" }, effect: { error: { code: 404 } } }),
    create(subscriptionType, subscription),
    fault({ match: { rpc: "UpdateSupportEventSubscription" }, effect: { error: { code: 400, message: "no" } } }),
    fault({ match: { rpc: "DeleteSupportEventSubscription" }, effect: { error: { code: 400, message: "no" } } }),
    life(subscriptionType, subscription, ({ id }) => id, [other]),
  ]),
  scenario("a subscription that somebody else removed", [
    lost(subscriptionType, subscription, ({ state }) => state.supportEventSubscriptions.clear(), other),
  ]),
  scenario("a subscription that is adopted", [
    create(subscriptionType, subscription),
    adoption(subscriptionType, "organizations/123456789012/supportEventSubscriptions/1001", {
      ...subscription,
      ...other,
    }),
  ]),
  scenario("a subscription that is adopted as it is", [
    create(subscriptionType, subscription),
    equal(subscriptionType, "organizations/123456789012/supportEventSubscriptions/1001", subscription),
  ]),
  scenario("checks of a subscription", [
    checks([
      subscriptionType,
      subscription,
      [{ organization: 123456789012 }, { pubSubTopic: "nonsense" }, { name: "1" }, { nonsense: true }, ...policies],
    ]),
  ]),
  scenario("differences of a subscription", [
    differences([
      subscriptionType,
      subscription,
      [
        other,
        { pubSubTopic: unknown },
        { organization: "999" },
        { organization: unknown },
        { deletionPolicy: "PREVENT" },
        { deletionPolicy: unknown },
      ],
    ]),
  ]),
  scenario("previews of a subscription with unknown inputs", [
    unknowns([subscriptionType, subscription, [{ deletionPolicy: unknown }, { deletionPolicy: "ABANDON" }]]),
  ]),
];

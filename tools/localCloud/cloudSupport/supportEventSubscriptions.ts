/** Subscriptions of an organization to the events of its cases. A deleted subscription can be undeleted. */
import { z } from "zod";
import { variable } from "../api.ts";
import type { Call, Method } from "../api.ts";
import { timestamp } from "../clock.ts";
import { failedPrecondition, invalidArgument, notFound } from "../errors.ts";
import { updateMask } from "../fieldMask.ts";
import { compileFilter, unsupportedRestriction } from "../filter.ts";
import { parseMessage } from "../message.ts";
import { page } from "../paging.ts";
import { nextNumber } from "../state.ts";
import type { SupportEventSubscription } from "../state.ts";
import { authorizeParent } from "./access.ts";

const pageSizes = { default: 10, max: 1000 };

/** The permissions of these methods are not documented, so they are this server's choice. */
const readPermission = "cloudsupport.techCases.get";
const writePermission = "cloudsupport.techCases.update";

/** The time until a deleted subscription is purged, which is not documented. Thirty days are usual (https://google.aip.dev/164). */
const purgeDelay = 30 * 24 * 60 * 60 * 1000;

const subscriptionRequest = z.object({
  pubSubTopic: z.string().regex(/^projects\/[^/]+\/topics\/[^/]+$/, "not projects/PROJECT/topics/TOPIC"),
});

function subscriptionNamed(call: Call, permission: string, name: string): SupportEventSubscription {
  authorizeParent(call, permission, name.split("/").slice(0, 2).join("/"));
  const subscription = call.context.state.supportEventSubscriptions.get(name);
  if (subscription === undefined) throw notFound();
  return subscription;
}

function create(call: Call): object {
  const parent = authorizeParent(call, writePermission, variable(call, "parent"));
  const { state, clock } = call.context;
  const { pubSubTopic } = parseMessage(subscriptionRequest, call.body, "support_event_subscription");
  const now = timestamp(clock.now());
  const subscription: SupportEventSubscription = {
    name: `${parent.name}/supportEventSubscriptions/${nextNumber(state, "supportEventSubscriptions", 1001)}`,
    pubSubTopic,
    state: "WORKING",
    failureReason: "",
    createTime: now,
    updateTime: now,
    deleteTime: "",
    purgeTime: "",
  };
  state.supportEventSubscriptions.set(subscription.name, subscription);
  return subscription;
}

function list(call: Call): object {
  const parent = authorizeParent(call, readPermission, variable(call, "parent"));
  const showDeleted = call.query.boolean("showDeleted");
  const matches = compileFilter<SupportEventSubscription>(call.query.text("filter"), {
    restriction: (restriction) => {
      if (restriction.operator !== "=") throw unsupportedRestriction(restriction);
      if (restriction.field === "state") return ({ state }) => state === restriction.value;
      if (restriction.field === "pub_sub_topic") return ({ pubSubTopic }) => pubSubTopic === restriction.value;
      throw unsupportedRestriction(restriction);
    },
  });
  const found = [...call.context.state.supportEventSubscriptions.values()].filter(
    (candidate) =>
      candidate.name.startsWith(`${parent.name}/`) &&
      (showDeleted || candidate.state !== "DELETED") &&
      matches(candidate),
  );
  const { items, nextPageToken } = page(found, call, pageSizes);
  return { supportEventSubscriptions: items, nextPageToken };
}

function update(call: Call): object {
  const name = variable(call, "support_event_subscription.name");
  const subscription = subscriptionNamed(call, writePermission, name);
  updateMask(call.query.text("updateMask"), ["pubSubTopic"]);
  const { pubSubTopic } = parseMessage(subscriptionRequest, call.body, "support_event_subscription");
  if (subscription.state === "DELETED") throw failedPrecondition("The subscription is deleted.");
  return touch(call, subscription, { pubSubTopic });
}

function remove(call: Call): object {
  const subscription = subscriptionNamed(call, writePermission, variable(call, "name"));
  if (subscription.state === "DELETED") throw failedPrecondition("The subscription is already deleted.");
  const now = call.context.clock.now();
  const times = { deleteTime: timestamp(now), purgeTime: timestamp(now + purgeDelay) };
  return touch(call, subscription, { state: "DELETED", ...times });
}

function undelete(call: Call): object {
  const subscription = subscriptionNamed(call, writePermission, variable(call, "name"));
  if (subscription.state !== "DELETED") throw failedPrecondition("The subscription is not deleted.");
  return touch(call, subscription, { state: "WORKING", deleteTime: "", purgeTime: "" });
}

function expunge(call: Call): object {
  const subscription = subscriptionNamed(call, writePermission, variable(call, "name"));
  if (subscription.state !== "DELETED") throw invalidArgument("name", "only a deleted subscription can be expunged");
  call.context.state.supportEventSubscriptions.delete(subscription.name);
  return {};
}

function touch(
  call: Call,
  subscription: SupportEventSubscription,
  change: Partial<SupportEventSubscription>,
): SupportEventSubscription {
  return Object.assign(subscription, change, { updateTime: timestamp(call.context.clock.now()) });
}

export const supportEventSubscriptionMethods: readonly Method[] = [
  {
    rpc: "SupportEventSubscriptionService.CreateSupportEventSubscription",
    handle: create,
  },
  {
    rpc: "SupportEventSubscriptionService.GetSupportEventSubscription",
    handle: (call) => subscriptionNamed(call, readPermission, variable(call, "name")),
  },
  {
    rpc: "SupportEventSubscriptionService.ListSupportEventSubscriptions",
    handle: list,
  },
  {
    rpc: "SupportEventSubscriptionService.UpdateSupportEventSubscription",
    handle: update,
  },
  {
    rpc: "SupportEventSubscriptionService.DeleteSupportEventSubscription",
    handle: remove,
  },
  {
    rpc: "SupportEventSubscriptionService.UndeleteSupportEventSubscription",
    handle: undelete,
  },
  {
    rpc: "SupportEventSubscriptionService.ExpungeSupportEventSubscription",
    handle: expunge,
  },
];

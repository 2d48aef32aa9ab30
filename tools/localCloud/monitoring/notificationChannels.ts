/**
 * Notification channels: where alerts are sent.
 * https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannels; replies and errors follow recordings and
 * issues of k8s-config-connector and terraform-provider-google (#5499, #10337).
 */
import { z } from "zod";
import { isEmailAddress } from "../../../onboarding/emailAddress.ts";
import { variable } from "../api.ts";
import type { Call, Method } from "../api.ts";
import { failedPrecondition, invalidField, missingField } from "../errors.ts";
import { maskedMessage, updateMask } from "../fieldMask.ts";
import { own } from "../json.ts";
import type { JsonObject } from "../json.ts";
import { parseMessage } from "../message.ts";
import { nextNumber } from "../state.ts";
import type { NotificationChannel } from "../state.ts";
import { channelTypes, withoutSecrets } from "./channelTypes.ts";
import { authorizeProject, checkLength, checkUserLabels, listRecords, mutation, recordNamed } from "./records.ts";

const labels = z.record(z.string(), z.string());

const channelRequest = z.object({
  type: z.string().default(""),
  displayName: z.string().default(""),
  description: z.string().default(""),
  labels: labels.default({}),
  userLabels: labels.default({}),
  enabled: z.boolean().default(true),
});

type ChannelRequest = z.output<typeof channelRequest>;

/** Google's IDs have up to twenty digits. */
const firstId = 10_000_000_000_000;

/** The fields that an update can change. An empty mask means all of them. */
const updatable = ["displayName", "description", "labels", "userLabels", "enabled", "type"];

/** Checks what a client writes. The texts of Google's errors are known for an empty field and a name. */
function checkChannel({ type, labels: given, displayName, description, userLabels }: ChannelRequest): void {
  if (type === "") throw missingField("notification_channel.type");
  const known = own(channelTypes, type);
  if (known === undefined) throw invalidField("notification_channel.type", type, "not a type of notification channels");
  for (const label of known.labels)
    if ((own(given, label) ?? "") === "") throw missingField(`notification_channel.labels[${label}]`);
  for (const [label, value] of Object.entries(given))
    if (!known.labels.includes(label) && known.optional?.includes(label) !== true)
      throw invalidField(`notification_channel.labels[${label}]`, value, `not a label of the type ${type}`);
  const { email_address: address } = given;
  if (address !== undefined && !isEmailAddress(address))
    throw invalidField("notification_channel.labels[email_address]", address, "not an e-mail address");
  checkLength("notification_channel.display_name", displayName, 512);
  checkLength("notification_channel.description", description, 1024);
  checkUserLabels("notification_channel.user_labels", userLabels);
}

/** It is illegal to specify the verification status. */
function checkOutputOnly(body: unknown): void {
  const { verificationStatus } = body as { verificationStatus?: string };
  if (verificationStatus !== undefined && verificationStatus !== "VERIFICATION_STATUS_UNSPECIFIED")
    throw invalidField("notification_channel.verification_status", verificationStatus, "Field must be empty.");
}

function create(call: Call): object {
  const { projectId } = authorizeProject(call, "notificationChannels.create", variable(call, "name"));
  const { name } = call.body as { name?: string };
  if (name !== undefined && name !== "")
    throw invalidField("notification_channel.name.channel_id_part", name, "Field must be empty.");
  checkOutputOnly(call.body);
  const request = parseMessage(channelRequest, call.body, "notification_channel");
  checkChannel(request);
  const record = mutation(call);
  const channel: NotificationChannel = {
    name: `projects/${projectId}/notificationChannels/${nextNumber(call.context.state, "notificationChannels", firstId)}`,
    ...request,
    ...statusOf(request),
    labels: withoutSecrets(request.labels),
    creationRecord: record,
    mutationRecords: [record],
  };
  call.context.state.notificationChannels.set(channel.name, channel);
  return channel;
}

function statusOf({ type }: Pick<ChannelRequest, "type">): Pick<NotificationChannel, "verificationStatus"> {
  return own(channelTypes, type)?.needsVerification === true ? { verificationStatus: "UNVERIFIED" } : {};
}

/** A changed identity needs a new verification. */
function update(call: Call): object {
  const channel = channelNamed(call, "update", "notification_channel.name");
  const mask = updateMask(call.query.text("updateMask"), updatable, ["labels", "userLabels"]);
  checkOutputOnly(call.body);
  const given = call.body as JsonObject;
  const changed = maskedMessage({ ...channel }, given, mask.length === 0 ? updatable : mask);
  const request = parseMessage(channelRequest, changed, "notification_channel");
  if (request.type !== channel.type)
    throw invalidField("notification_channel.type", request.type, "the type cannot be changed");
  checkChannel(request);
  const shown = { ...request, labels: withoutSecrets(request.labels) };
  if (identityOf(shown) !== identityOf(channel)) Object.assign(channel, statusOf(channel));
  return Object.assign(channel, shown, { mutationRecords: [mutation(call)] });
}

/** Equal for two channels to the same destination, in any project and under any name. */
export function identityOf({ type, labels: given }: Pick<NotificationChannel, "type" | "labels">): string {
  return JSON.stringify([type, Object.entries(given).sort()]);
}

function remove(call: Call): object {
  const { notificationChannels, alertPolicies } = call.context.state;
  const { name } = channelNamed(call, "delete");
  const users = [...alertPolicies.values()].filter(({ notificationChannels: used }) => used?.includes(name));
  if (users.length > 0 && !call.query.boolean("force")) {
    const referring = users.map((policy) => `"${policy.name}"`).join(", ");
    throw failedPrecondition(`Could not delete "${name}" because it is still being referenced by: ${referring}`);
  }
  for (const policy of users)
    policy.notificationChannels = policy.notificationChannels?.filter((used) => used !== name) ?? [];
  notificationChannels.delete(name);
  return {};
}

/** The channel of a name, if the caller has the permission. */
export function channelNamed(call: Call, permission: string, field = "name"): NotificationChannel {
  const { notificationChannels } = call.context.state;
  return recordNamed(call, notificationChannels, `notificationChannels.${permission}`, field);
}

export const notificationChannelMethods: readonly Method[] = [
  { rpc: "NotificationChannelService.CreateNotificationChannel", handle: create },
  { rpc: "NotificationChannelService.GetNotificationChannel", handle: (call) => channelNamed(call, "get") },
  {
    rpc: "NotificationChannelService.ListNotificationChannels",
    handle: (call) =>
      listRecords(call, call.context.state.notificationChannels, {
        permission: "notificationChannels.list",
        collection: "notificationChannels",
      }),
  },
  { rpc: "NotificationChannelService.UpdateNotificationChannel", handle: update },
  { rpc: "NotificationChannelService.DeleteNotificationChannel", handle: remove },
];

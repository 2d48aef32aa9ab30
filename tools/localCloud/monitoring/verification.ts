/**
 * The verification of notification channels. `GET /_local/state` shows the codes that were sent.
 * https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannels/verify
 */
import { z } from "zod";
import type { Call, Method } from "../api.ts";
import { timestamp } from "../clock.ts";
import { failedPrecondition, invalidField } from "../errors.ts";
import { parseMessage } from "../message.ts";
import { nextNumber } from "../state.ts";
import type { NotificationChannel, VerificationCode } from "../state.ts";
import { channelNamed, identityOf } from "./notificationChannels.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** How long codes are valid, which is documented only in part. */
const validity = { sent: 30 * minute, copied: 30 * day };

const getRequest = z.object({ expireTime: z.iso.datetime({ offset: true }).optional() });

const verifyRequest = z.object({ code: z.string() });

function send(call: Call): object {
  const channel = channelNamed(call, "sendVerificationCode");
  const { state, clock } = call.context;
  const code = `G-${nextNumber(state, "verificationCodes", 100_001)}`;
  addCode(call, channel, { code, identity: identityOf(channel), expireTime: timestamp(clock.now() + validity.sent) });
  return {};
}

function getCode(call: Call): object {
  const channel = channelNamed(call, "getVerificationCode");
  const { state, clock } = call.context;
  if (channel.verificationStatus !== "VERIFIED")
    throw failedPrecondition(`The channel "${channel.name}" is not verified.`);
  const { expireTime: wanted } = parseMessage(getRequest, call.body);
  const most = clock.now() + validity.copied;
  const expireTime = timestamp(wanted === undefined ? most : Math.min(Date.parse(wanted), most));
  const number = nextNumber(state, "verificationCodes", 100_001);
  const code = Buffer.from(`verification of ${channel.name} ${number}`).toString("base64url");
  addCode(call, channel, { code, identity: identityOf(channel), expireTime });
  return { code, expireTime };
}

function addCode({ context: { state } }: Call, { name }: NotificationChannel, code: VerificationCode): void {
  state.verificationCodes.set(name, [...(state.verificationCodes.get(name) ?? []), code]);
}

/** Accepts the codes of this channel, and of a channel with the same identity. */
function verify(call: Call): object {
  const channel = channelNamed(call, "verify");
  const { state, clock } = call.context;
  const { code } = parseMessage(verifyRequest, call.body);
  const isValid = [...state.verificationCodes.values()]
    .flat()
    .some(
      (known) =>
        known.code === code && known.identity === identityOf(channel) && Date.parse(known.expireTime) > clock.now(),
    );
  if (!isValid) throw invalidField("code", code, "not a valid code of this channel");
  channel.verificationStatus = "VERIFIED";
  return channel;
}

export const verificationMethods: readonly Method[] = [
  { rpc: "NotificationChannelService.SendNotificationChannelVerificationCode", handle: send },
  { rpc: "NotificationChannelService.GetNotificationChannelVerificationCode", handle: getCode },
  { rpc: "NotificationChannelService.VerifyNotificationChannel", handle: verify },
];

/** The types of notification channels, with their labels: https://cloud.google.com/monitoring/alerts/using-channels-api#ncd */

interface ChannelType {
  readonly labels: readonly string[];
  /** Optional labels. */
  readonly optional?: readonly string[];
  /** Whether a new channel is `UNVERIFIED`, and gets no notifications. */
  readonly needsVerification?: true;
}

/**
 * k8s-config-connector's recordings have no verification status for `email` and `webhook_basicauth`. That `pubsub` and
 * `webhook_tokenauth` need none either, and that the others need one, is this server's choice.
 */
export const channelTypes: Readonly<Record<string, ChannelType>> = {
  email: { labels: ["email_address"] },
  pubsub: { labels: ["topic"] },
  webhook_basicauth: { labels: ["url", "username", "password"] },
  webhook_tokenauth: { labels: ["url"] },
  google_chat: { labels: ["space"], needsVerification: true },
  pagerduty: { labels: ["service_key"], needsVerification: true },
  slack: { labels: ["channel_name", "auth_token"], optional: ["team"], needsVerification: true },
  sms: { labels: ["number"], needsVerification: true },
};

/** Labels that are secrets, which Google returns only in part. The Google provider has the same list. */
const secretLabels = new Set(["auth_token", "password", "service_key"]);

/** Labels without secrets. */
export function withoutSecrets(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [key, secretLabels.has(key) ? value.replace(/[^]/gu, "*") : value]),
  );
}

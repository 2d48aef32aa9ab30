/** Raises an incident of Service Health in the local cloud, and shows who was notified. */
import type { Notification } from "../localCloud/index.ts";
import type { Screen } from "./screen.ts";

const incident = {
  title: "Elevated latency for Cloud SQL in europe-west1",
  description: "Some queries take longer than usual.",
  eventImpacts: [{ product: { productName: "Cloud SQL" }, location: { locationName: "europe-west1" } }],
};

/**
 * @param address Of the local cloud.
 * @param alerts Whom the config alerts, such as `projects/shop-dev oncall@example.com`. Not empty.
 */
export async function showIncident(screen: Screen, address: string, alerts: readonly string[]): Promise<void> {
  const projects = [...new Set(alerts.map((alert) => alert.split(" ")[0]))];
  const events = projects.map((project) => ({
    name: `${String(project)}/locations/global/events/latency`,
    ...incident,
  }));
  await local(`${address}/_local/events`, JSON.stringify({ events }));
  const { notifications } = (await local(`${address}/_local/notifications`)) as { notifications: Notification[] };
  const notified = notifications
    .filter(({ content }) => content.includes(incident.title))
    .map(({ policy, to, channel }) => `${policy.split("/alertPolicies/")[0] ?? ""} ${to["email_address"] ?? channel}`)
    .sort();
  const expected = [...alerts].sort();
  const passed = JSON.stringify(notified) === JSON.stringify(expected);
  screen.check(
    passed,
    `notified of "${incident.title}": ${listed(notified)}${passed ? "" : `; configured: ${listed(expected)}`}`,
  );
}

const listed = (alerts: readonly string[]) =>
  alerts.map((alert) => alert.replace(/^(\S+) (.+)$/, "$2 ($1)")).join(", ") || "nobody";

/** Sends a request to the local cloud. @throws Error if it fails */
async function local(url: string, body?: string): Promise<unknown> {
  const reply = await fetch(url, body === undefined ? {} : { method: "POST", body });
  if (!reply.ok) throw new Error(`${url}: ${await reply.text()}`);
  return reply.json();
}

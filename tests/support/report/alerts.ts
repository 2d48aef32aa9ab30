/** Alerts of incidents on the local cloud, and who is notified of incidents in a report. */
import assert from "node:assert/strict";
import type { Report } from "../../../care/report/report.ts";
import { alertServices, words } from "../../../guide/index.ts";
import type { Cloud } from "../../../tools/localCloud/index.ts";
import { alertPolicy } from "../previews/alerts.ts";

type NotificationChannel = Cloud["state"]["notificationChannels"] extends Map<string, infer Channel> ? Channel : never;

const record = { mutateTime: "2026-09-01T00:00:00Z", mutatedBy: "ada@example.com" };

/** The channels of each project by their number. The last one does not exist. */
const channels: readonly Partial<NotificationChannel>[] = [
  { type: "email", displayName: "On call", labels: { email_address: "oncall@example.com" } },
  { type: "slack", displayName: "Team", labels: { channel_name: "#team", auth_token: "****" } },
  { type: "sms", displayName: "Pager", labels: { number: "+41441234567" }, verificationStatus: "UNVERIFIED" },
  { type: "email", displayName: "Off", labels: { email_address: "off@example.com" }, enabled: false },
];

export const channelNumbers = [0, 1, 2, 3, 4] as const;

const nameOf = (project: string, number: number) => `projects/${project}/notificationChannels/${String(number)}`;

/** Enables the services that alerts need, and creates the channels. */
export function plantChannels(state: Cloud["state"], project: string): void {
  for (const service of alertServices) state.projects.get(project)?.services.set(service, { enabledAt: 0 });
  for (const [number, channel] of channels.entries()) {
    const name = nameOf(project, number);
    const usual = { type: "", displayName: "", description: "", labels: {}, userLabels: {}, enabled: true };
    const records = { creationRecord: record, mutationRecords: [record] };
    state.notificationChannels.set(name, { ...usual, ...records, ...channel, name });
  }
}

interface Planted {
  readonly enabled?: boolean;
  /** Comparisons of the policy's filter, in addition to those that it always has. */
  readonly filter?: readonly string[];
  readonly channels: readonly number[];
}

export function plantAlertPolicy(
  state: Cloud["state"],
  project: string,
  { enabled = true, filter = [], channels: numbers }: Planted,
): void {
  const name = `projects/${project}/alertPolicies/${String(state.alertPolicies.size + 1)}`;
  const names = numbers.map((number) => nameOf(project, number));
  const { conditions, project: _, ...policy } = alertPolicy(names, ...filter);
  state.alertPolicies.set(name, {
    ...policy,
    name,
    enabled,
    combiner: "OR",
    notificationChannels: names,
    conditions: conditions.map((condition) => ({ ...condition, name: `${name}/conditions/1` })),
    creationRecord: record,
    mutationRecord: record,
  });
}

/** Who is notified of incidents agrees with the alerts and the contacts of each place. */
export function assertHeard({ findings, incidentRecipients, notChecked, places }: Report): void {
  const { people, nobody } = incidentRecipients;
  for (const { limitedOf, alertedOf } of people) assert.ok(limitedOf.every((project) => alertedOf.includes(project)));
  for (const { resource, level, alerts, contacts, rows } of places) {
    if (level !== "project") continue;
    const row = rows.find(({ task }) => task === words.en.tasks.alerts);
    const isUnread = notChecked.alerts.includes(resource);
    if (row !== undefined) assert.equal(row.status === "notRead", isUnread && alerts === null, resource);
    const alerted = people.filter(({ alertedOf }) => alertedOf.includes(resource)).map(({ recipient }) => recipient);
    const [good, bad] = [true, false].map((isGood) =>
      (alerts?.recipients ?? [])
        .filter(({ problem }) => (problem === undefined) === isGood)
        .map(({ recipient }) => recipient)
        .sort(),
    );
    assert.deepEqual(alerted, good, resource);
    const found = findings.filter(({ place, kind }) => place === resource && kind === "alertRecipient");
    assert.deepEqual(found.flatMap(({ about }) => about).sort(), bad, resource);
    const { notified } = contacts ?? {};
    const hasContact = notified !== undefined && notified["technical-incidents"] + notified.technical > 0;
    const isNobody = notified !== undefined && !hasContact && alerted.length === 0 && !isUnread;
    assert.equal(nobody.includes(resource), isNobody, resource);
  }
}

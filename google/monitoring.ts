/**
 * The Cloud Monitoring API, v3: the alert policies and the notification channels of a project.
 *
 * Source: https://cloud.google.com/monitoring/api/ref_v3/rest
 */
import { apiBaseUrl } from "./endpoint.ts";
import { allPages, idIn, projectOf } from "./pages.ts";
import type { Transport } from "./transport.ts";

export interface AlertPolicy {
  /** `projects/ID/alertPolicies/NUMBER`. */
  readonly name: string;
  readonly displayName?: string;
  readonly enabled?: boolean;
  readonly combiner?: string;
  /** Each has its names and one part, such as `conditionMatchedLog`. */
  readonly conditions?: readonly ({
    readonly name?: string;
    readonly displayName?: string;
    readonly conditionMatchedLog?: {
      readonly filter?: string;
      readonly labelExtractors?: Readonly<Record<string, string>>;
    };
  } & Readonly<Record<string, unknown>>)[];
  readonly alertStrategy?: Readonly<Record<string, unknown>>;
  readonly documentation?: { readonly content?: string; readonly mimeType?: string } & Readonly<
    Record<string, unknown>
  >;
  readonly userLabels?: Readonly<Record<string, string>>;
  readonly severity?: string;
  /** `projects/ID/notificationChannels/NUMBER`. */
  readonly notificationChannels?: readonly string[];
}

export interface NotificationChannel {
  /** `projects/ID/notificationChannels/NUMBER`. */
  readonly name: string;
  /** Such as `email`. */
  readonly type?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly userLabels?: Readonly<Record<string, string>>;
  readonly enabled?: boolean;
  readonly verificationStatus?: string;
}

/** Whether two names of policies or channels of one project are equal. Google can name the project by its ID or its number. */
export function isSameInProject(one: string, other: string | undefined): boolean {
  return other !== undefined && idIn(one) === idIn(other);
}

export interface MonitoringApi {
  /** @param project `projects/ID`. */
  listAlertPolicies(project: string): Promise<AlertPolicy[]>;
  /** @param project `projects/ID`. */
  listNotificationChannels(project: string): Promise<NotificationChannel[]>;
}

export function monitoringApi(transport: Transport): MonitoringApi {
  const { monitoringCustomEndpoint, universeDomain } = transport.settings;
  const baseUrl = apiBaseUrl("monitoring", "v3", universeDomain, monitoringCustomEndpoint);
  const all = <Item>(project: string, collection: string) =>
    allPages<Item>(transport, { baseUrl, path: `${project}/${collection}`, project: projectOf(project) }, collection);
  return {
    listAlertPolicies: (project) => all<AlertPolicy>(project, "alertPolicies"),
    listNotificationChannels: (project) => all<NotificationChannel>(project, "notificationChannels"),
  };
}

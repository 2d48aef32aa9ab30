/** The APIs that an update calls through a quota project that has them disabled: Google rejects each of its requests. */
import { answer, isServiceDisabled, serviceUsageApi } from "../google/index.ts";
import type { Answer, Transport } from "../google/index.ts";
import { supportEvents } from "../guide/index.ts";
import type { Refused } from "./callerRefusals.ts";
import type { Wanted } from "./obstacles/needs.ts";
import type { UpdateFacts } from "./obstacles/refusals.ts";
import { emptyWanted, thingsIn } from "./wanted.ts";

/** @param project The ID, or the number as in Google's errors. */
export type IsEnabledByRun = (
  service: string,
  project: string,
) => Promise<{ readonly projectId: string; readonly isEnabled: boolean }>;

export interface ReadPlace {
  readonly wanted: Wanted;
  readonly facts: UpdateFacts;
}

/** The APIs that the update calls, and that are not enabled on the quota project. One error for each API and project. */
export async function readDisabledServices(
  places: readonly ReadPlace[],
  transport: Transport,
  quotaOf: (wanted: Wanted) => string | undefined,
  isEnabledByRun: IsEnabledByRun,
): Promise<Refused[]> {
  const read = await withServiceUsage(places, transport, quotaOf);
  const found = read.flatMap(({ wanted, facts, serviceUsage }) => {
    const { services, grants } = wanted;
    const answers = [
      {
        service: "cloudresourcemanager.googleapis.com",
        error: facts.permissions?.error,
        part: { services, grants },
      },
      { service: "serviceusage.googleapis.com", error: serviceUsage?.error, part: { services } },
      {
        service: "essentialcontacts.googleapis.com",
        error: facts.contacts?.error,
        part: { contacts: wanted.contacts },
      },
      { service: "monitoring.googleapis.com", error: facts.alertPolicies?.error, part: { alerts: wanted.alerts } },
      { service: supportEvents.service, error: facts.topic?.error, part: { topic: wanted.topic } },
      {
        service: "cloudsupport.googleapis.com",
        error: facts.subscriptions?.error,
        part: { subscription: wanted.subscription },
      },
    ];
    return answers.flatMap(({ service, error, part }) => {
      const things = thingsIn({ ...emptyWanted(wanted.resource), ...part });
      const consumer = quotaOf(wanted) ?? error?.consumer;
      return error !== undefined && isServiceDisabled(error) && consumer !== undefined && things.length > 0
        ? [{ service, consumer, things }]
        : [];
    });
  });
  const groups = Map.groupBy(found, ({ service, consumer }) => `${service} ${consumer}`);
  const refused = await Promise.all(
    [...groups.values()].map(async (all): Promise<Refused[]> => {
      const [{ service, consumer } = { service: "", consumer: "" }] = all;
      const { projectId, isEnabled } = await isEnabledByRun(service, consumer.replace("projects/", ""));
      if (isEnabled) return [];
      return [
        {
          kind: "service-disabled",
          path: [],
          resource: "",
          where: `projects/${projectId}`,
          isCertain: true,
          things: all.flatMap(({ things }) => things),
          message: `${service} is not enabled on projects/${projectId}, the quota project of this caller's requests; run gcloud services enable ${service} --project ${projectId}`,
        },
      ];
    }),
  );
  return refused.flat();
}

/** The places, each with Service Usage's answer if services are wanted there. It is asked once for each quota project. */
async function withServiceUsage(
  read: readonly ReadPlace[],
  transport: Transport,
  quotaOf: (wanted: Wanted) => string | undefined,
): Promise<(ReadPlace & { readonly serviceUsage?: Answer<unknown> | undefined })[]> {
  const asked = new Map<string | undefined, Promise<Answer<unknown>>>();
  return Promise.all(
    read.map(async (place) => {
      const { resource, services } = place.wanted;
      if (services.length === 0) return place;
      const quota = quotaOf(place.wanted);
      const project = resource.replace("projects/", "");
      const reply = asked.get(quota) ?? answer(() => serviceUsageApi(transport).enabledServices(project));
      asked.set(quota, reply);
      return { ...place, serviceUsage: await reply };
    }),
  );
}

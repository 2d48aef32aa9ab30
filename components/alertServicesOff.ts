/**
 * Whether the APIs that alerts need are enabled in their project. Google creates a policy without them, and it notifies nobody.
 * CustomerCare enables them itself.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type * as pulumi from "@pulumi/pulumi";
import { checkUpTransport, serviceUsageApi } from "../google/index.ts";
import { alertServices } from "../guide/index.ts";
import { allOf, ConfigError } from "../onboarding/index.ts";
import type { Refused } from "./callerRefusals.ts";
import { serviceType } from "./gcpTypes.ts";
import type { Caller } from "./googleSettings.ts";
import { servicesOff } from "./obstacles/goneAlerts.ts";
import { printsAdvice } from "./operation.ts";
import { valueOf } from "./outputs.ts";
import { enabledByRun } from "./propagation.ts";
import { registered } from "./resourceTree.ts";
import type { Registered } from "./resourceTree.ts";
import type { RunContext } from "./run.ts";
import type { WantedPlace } from "./wanted.ts";

/** A resource may wait for the component that is being checked. Its values are then not known in time. */
const maxWait = 1000;

/**
 * For a run that prints advice. A project whose services cannot be read is not reported.
 *
 * @param places The places with what an update would create there.
 */
export async function alertServicesOff(
  run: RunContext,
  name: string,
  component: pulumi.Resource,
  caller: Caller,
  places: readonly WantedPlace[],
): Promise<Refused[]> {
  if (!printsAdvice(run)) return [];
  const ofPlaces = places.map(async ({ wanted: { resource, alerts }, path, alertsPath }): Promise<Refused[]> => {
    const project = resource.replace("projects/", "");
    const off = alerts === undefined ? [] : await notEnabled(run, component, caller, project);
    if (off.length === 0) return [];
    const [are, them] = off.length === 1 ? ["is", "it"] : ["are", "them"];
    const problem = {
      path: [...path, ...(alertsPath ?? ["alerts", "serviceHealth"])],
      message: `${allOf(off)} ${are} not enabled on ${resource}, so nobody is notified of its incidents; enable ${them} with the component ProjectServices, or with gcloud services enable ${off.join(" ")} --project ${project}`,
    };
    return [
      {
        kind: "service-disabled",
        path: problem.path,
        resource,
        where: resource,
        isCertain: false,
        things: [],
        message: new ConfigError(name, [problem]).message,
      },
    ];
  });
  return (await Promise.all(ofPlaces)).flat();
}

async function notEnabled(run: RunContext, component: pulumi.Resource, { settings }: Caller, project: string) {
  const notByRun = async (services: readonly string[]) => {
    const byRun = await Promise.all(services.map((service) => enabledByRun(run, service, project)));
    return services.filter((_, index) => byRun[index]?.isEnabled !== true);
  };
  const others = await notByRun(alertServices);
  if (others.length === 0) return [];
  const enabled = await serviceUsageApi(checkUpTransport(settings))
    .enabledServices(project)
    .catch(() => undefined);
  const off = servicesOff(others, enabled);
  if (off.length === 0) return [];
  const plain = await plainServices(rootOf(registered(component)));
  // Check again, because the IDs of other components' projects may be known by now.
  return notByRun(off.filter((service) => !plain.some((one) => isFor(one, service, project))));
}

/** A service that the program enables without a component of this package. Values that are not known yet are undefined. */
interface PlainService {
  readonly project: string | undefined;
  readonly service: string | undefined;
}

const isFor = (one: PlainService, service: string, project: string) =>
  (one.service ?? service) === service && (one.project ?? project) === project;

function rootOf(resource: Registered): Registered {
  const { __parentResource: parent } = resource;
  return parent === undefined ? resource : rootOf(parent);
}

async function plainServices(resource: Registered): Promise<PlainService[]> {
  const found = [...(resource.__childResources ?? [])].map(async (child) => {
    const below = await plainServices(child);
    if (child.__pulumiType !== serviceType) return below;
    const { project, service } = child as unknown as Readonly<Record<"project" | "service", pulumi.Output<string>>>;
    const read = (output: pulumi.Output<string>) =>
      Promise.race([valueOf(output), sleep(maxWait)]).catch(() => undefined);
    const [ofProject, ofService] = await Promise.all([read(project), read(service)]);
    return [{ project: ofProject ?? undefined, service: ofService ?? undefined }, ...below];
  });
  return (await Promise.all(found)).flat();
}

import { minute, second } from "./clock.ts";
import { GoogleApiError, googleApiError, messageOf, rephrase, wrap } from "./googleApiError.ts";
import { lastPart } from "./names.ts";
import { waitForOperation } from "./operation.ts";
import { userProject } from "./provider.ts";
import { retry } from "./retry.ts";
import { isProperties, textOf } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { RetryPredicate } from "./retry.ts";
import type { Properties } from "./values.ts";

const servicesPerRequest = 20;

/** The enabled services of a project. Requests for the same project are batched. */
export function listEnabledServices(provider: Provider, project: string, timeout: number): Promise<Set<string>> {
  return provider.serviceUsageBatcher.send({
    key: `project/${project}/services`,
    items: [],
    description: `List Project Services ${project}`,
    send: () => listServices(provider, project, timeout),
  });
}

/** Enables a service. Requests for the same project are batched. */
export function enableService(provider: Provider, project: string, service: string, timeout: number): Promise<void> {
  return provider.serviceUsageBatcher.send({
    key: `project/${project}/services:batchEnable`,
    items: [service],
    description: `Enable Project Service ${JSON.stringify(service)} for project ${JSON.stringify(project)}`,
    send: (services) => enableServices(provider, project, services, timeout),
  });
}

/** How a service is disabled. */
export interface Disabling {
  disableDependentServices: boolean;
  checkIfServiceHasUsage: boolean;
}

/** Disables a service. */
export async function disableService(
  provider: Provider,
  project: string,
  service: string,
  how: Disabling,
  timeout: number,
): Promise<void> {
  const body: Properties = { checkIfServiceHasUsage: how.checkIfServiceHasUsage ? "CHECK" : "SKIP" };
  if (how.disableDependentServices) body["disableDependentServices"] = true;
  const disable = async (): Promise<void> => {
    const operation = await provider.apis.client({
      api: "serviceUsage",
      method: "POST",
      path: `v1/projects/${project}/services/${service}:disable`,
      body,
      userProject: userProject(provider, project),
    });
    await wait(provider, operation, project, "api to disable", timeout);
  };
  try {
    await retry(disable, { clock: provider.clock, timeout, predicates: [isBeingActivated] });
  } catch (error) {
    const words = `Error disabling service ${JSON.stringify(service)} for project ${JSON.stringify(project)}: `;
    const text = messageOf(error);
    if (!text.includes("COMMON_SU_SERVICE_HAS_USAGE")) throw rephrase(words, error);
    const flag = "check_if_service_has_usage_on_destroy=false";
    throw rephrase(words, text.replaceAll("check_if_service_has_usage=SKIP", flag));
  }
}

async function listServices(provider: Provider, project: string, timeout: number): Promise<Set<string>> {
  const list = async (): Promise<Set<string>> => {
    const services = new Set<string>();
    for (let pageToken = ""; ;) {
      const page = await provider.apis.client({
        api: "serviceUsage",
        method: "GET",
        path: `v1/projects/${project}/services`,
        query: {
          fields: "services/name,nextPageToken",
          filter: "state:ENABLED",
          pageSize: "200",
          ...(pageToken === "" ? {} : { pageToken }),
        },
        userProject: userProject(provider, project),
      });
      const { services: listed = [], nextPageToken } = page;
      for (const service of Array.isArray(listed) ? listed.filter(isProperties) : []) {
        services.add(lastPart(textOf(service["name"])));
      }
      if (typeof nextPageToken !== "string" || nextPageToken === "") return services;
      pageToken = nextPageToken;
    }
  };
  try {
    return await retry(list, { clock: provider.clock, timeout });
  } catch (error) {
    throw wrap(`Failed to list enabled services for project ${project}: `, error);
  }
}

async function enableServices(provider: Provider, project: string, services: string[], timeout: number): Promise<void> {
  for (let start = 0; start < services.length; start += servicesPerRequest) {
    await requestEnabling(provider, project, services.slice(start, start + servicesPerRequest), timeout);
  }
  await waitUntilEnabled(provider, project, services, timeout);
}

async function requestEnabling(
  provider: Provider,
  project: string,
  services: string[],
  timeout: number,
): Promise<void> {
  const { clock } = provider;
  const [service, ...others] = services;
  const request = async (): Promise<Properties> => {
    try {
      return await provider.apis.client({
        api: "serviceUsage",
        method: "POST",
        ...(others.length === 0
          ? { path: `v1/projects/${project}/services/${service}:enable`, body: {} }
          : { path: `v1/projects/${project}/services:batchEnable`, body: { serviceIds: services } }),
        userProject: userProject(provider, project),
      });
    } catch (error) {
      throw asRetryable(error);
    }
  };
  const enable = async (): Promise<void> => {
    let operation: Properties;
    try {
      operation = await retry(request, { clock, timeout, predicates: [isBeingActivated] });
    } catch (error) {
      throw wrap("failed on request preconditions: ", error);
    }
    const activity = `Enable Project ${JSON.stringify(project)} Services: [${services.join(" ")}]`;
    await wait(provider, operation, project, activity, timeout);
  };
  try {
    await retry(enable, { clock, timeout, predicates: [isInternalError160009] });
  } catch (error) {
    throw wrap("failed to enable services: ", error);
  }
}

function wait(
  provider: Provider,
  operation: Properties,
  project: string,
  activity: string,
  timeout: number,
): Promise<void> {
  const waiting = { api: "serviceUsage", userProject: userProject(provider, project), activity, timeout } as const;
  return waitForOperation(provider, operation, waiting);
}

/** Waits until the list contains the services, because enabling needs time to propagate. */
async function waitUntilEnabled(
  provider: Provider,
  project: string,
  services: string[],
  timeout: number,
): Promise<void> {
  const { clock } = provider;
  let delay = 0;
  let interval = second;
  const look = async (): Promise<void> => {
    const enabled = await listServices(provider, project, timeout);
    const missing = services.filter((service) => !enabled.has(service));
    if (missing.length === 0) return;
    await clock.sleep(delay);
    delay += interval;
    interval += delay;
    throw new StillEnabling(missing, project);
  };
  try {
    await retry(look, { clock, timeout, predicates: [(error) => error instanceof StillEnabling] });
  } catch (error) {
    throw wrap(`failed to enable some service(s) [] for project ${project}`, error);
  }
}

class StillEnabling extends Error {
  constructor(missing: string[], project: string) {
    const names = missing.map((service) => JSON.stringify(service)).join(" ");
    super(
      `googleapi: Error 503: The service(s) [${names}] are still being enabled for project ${project}. ` +
        "This isn't a real API error, this is just eventual consistency.",
    );
  }
}

/** Retries a failed precondition, because another change of the project is running. */
function asRetryable(error: unknown): unknown {
  const found = googleApiError(error);
  if (!found || (found.code !== 400 && found.code !== 412) || found.apiMessage !== "Precondition check failed.") {
    return error;
  }
  const message = 'api returned "precondition failed" while enabling service';
  return new GoogleApiError(503, JSON.stringify({ error: { code: 503, message } }));
}

const isBeingActivated: RetryPredicate = (error) =>
  error instanceof GoogleApiError &&
  error.code === 400 &&
  error.body.includes("Another activation or deactivation is in progress");

const isInternalError160009: RetryPredicate = ({ message }) =>
  ["encountered internal error", "160009", "with failed services"].every((words) => message.includes(words));

/** The timeouts of a service's operations. */
export const serviceTimeouts = { create: 20 * minute, read: 10 * minute, update: 20 * minute, delete: 20 * minute };

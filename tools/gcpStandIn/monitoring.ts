import { userProject } from "./provider.ts";
import { retry } from "./retry.ts";

import type { ApiRequest } from "./googleApis.ts";
import type { Provider } from "./provider.ts";
import type { State } from "./resourceType.ts";
import type { Properties } from "./values.ts";

/** Sends a request to Cloud Monitoring for a resource of a project. The path contains the version. */
export function sendToMonitoring(
  provider: Provider,
  project: string,
  request: Omit<ApiRequest, "api">,
  timeout: number,
): Promise<Properties> {
  const { apis, clock } = provider;
  const payer = userProject(provider, project);
  return retry(() => apis.raw({ api: "monitoring", ...request, userProject: payer }), { clock, timeout });
}

/** The state of an import, whose ID is the resource's name. */
export function monitoringImport(_provider: Provider, id: string): Promise<State | undefined> {
  const [, project] = /projects\/([^/]+)\//.exec(id) ?? [];
  return Promise.resolve(project === undefined ? undefined : { id, values: { project, name: id } });
}

import { decideDeletionPolicy, deletionPolicy, isAbandoned, readDeletionPolicy } from "./deletionPolicy.ts";
import { goneOrThrow } from "./errors.ts";
import { GoogleApiError } from "./googleApiError.ts";
import { lastPart, sameLastPart } from "./names.ts";
import { decideProject, projectField, projectOf } from "./ownProject.ts";
import { userProject } from "./provider.ts";
import { disableService, enableService, listEnabledServices, serviceTimeouts } from "./serviceUsage.ts";
import { textOf } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { ResourceType, State, Timeouts } from "./resourceType.ts";
import type { Properties } from "./values.ts";

const renamedService = "bigquery-json.googleapis.com";

/** `gcp:projects/service:Service`: a service that is enabled in a project. */
export const service: ResourceType = {
  fields: {
    service: { attribute: "service", type: "string", required: true, forceNew: true, validate: validateService },
    project: { ...projectField, suppress: sameLastPart },
    disableDependentServices: { attribute: "disable_dependent_services", type: "boolean", optional: true },
    disableOnDestroy: { attribute: "disable_on_destroy", type: "boolean", optional: true },
    checkIfServiceHasUsageOnDestroy: {
      attribute: "check_if_service_has_usage_on_destroy",
      type: "boolean",
      optional: true,
    },
    deletionPolicy,
  },
  timeouts: serviceTimeouts,
  decide: (provider, inputs, planned) => ({
    ...decideDeletionPolicy(provider, inputs),
    ...decideProject(provider, inputs, planned),
  }),
  create,
  read,
  // Only settings for the deletion can change, and they do not concern the API.
  update: () => Promise.resolve({ isRead: true }),
  delete: remove,
  import: (_provider, id) => {
    const [project, name, ...more] = id.split("/");
    if (project === undefined || name === undefined || more.length > 0) return Promise.resolve(undefined);
    return Promise.resolve({ id, values: { project, service: name } });
  },
};

function validateService(name: string): string | undefined {
  if (name === renamedService) return `expected service to not match any of [${renamedService}], got ${name}`;
  return name.includes(".") ? undefined : `expected ${name} to be a domain like serviceusage.googleapis.com`;
}

async function create(
  provider: Provider,
  planned: Properties,
  timeouts: Timeouts,
): Promise<(State & { isRead?: true }) | undefined> {
  const project = lastPart(projectOf(provider, planned));
  const name = textOf(planned["service"]);
  const state: State = { id: `${project}/${name}`, values: { ...planned, project } };
  const { read = timeouts.create } = timeouts;
  const enabled = await listEnabledServices(provider, project, read).catch((error: unknown) =>
    goneOrThrow(error, "Project Service "),
  );
  if (enabled?.has(name)) return { ...state, isRead: true };
  if (!enabled) return undefined;
  await enableService(provider, project, name, timeouts.create);
  return { ...state, values: planned };
}

async function read(provider: Provider, { id, values }: State, timeouts: Timeouts): Promise<State | undefined> {
  const project = lastPart(projectOf(provider, values));
  const name = textOf(values["service"]);
  const { read: timeout = timeouts.create } = timeouts;
  try {
    const found = await provider.apis.client({
      api: "resourceManager",
      method: "GET",
      path: `v1/projects/${encodeURIComponent(project)}`,
      userProject: userProject(provider, project),
    });
    if (found["lifecycleState"] === "DELETE_REQUESTED") {
      throw new GoogleApiError(404, '{"error":{"code":404,"message":"Project deletion was requested"}}');
    }
    const enabled = await listEnabledServices(provider, project, timeout);
    if (!enabled.has(name)) return undefined;
  } catch (error) {
    return goneOrThrow(error, `Project Service ${id}`);
  }
  return { id, values: { ...values, project, service: name, ...readDeletionPolicy(provider, values) } };
}

async function remove(provider: Provider, { id, values }: State, timeouts: Timeouts): Promise<void> {
  if (isAbandoned(values, JSON.stringify(id)) || values["disableOnDestroy"] !== true) return;
  const project = lastPart(projectOf(provider, values));
  const how = {
    disableDependentServices: values["disableDependentServices"] === true,
    checkIfServiceHasUsage: values["checkIfServiceHasUsageOnDestroy"] === true,
  };
  try {
    await disableService(provider, project, textOf(values["service"]), how, timeouts.delete);
  } catch (error) {
    goneOrThrow(error, `Project Service ${id}`);
  }
}

import { minute } from "./clock.ts";
import { isAbandoned, readDeletionPolicy } from "./deletionPolicy.ts";
import { goneOrThrow } from "./errors.ts";
import { rephrase } from "./googleApiError.ts";
import { projectOf } from "./ownProject.ts";
import { userProject } from "./provider.ts";
import { retry } from "./retry.ts";
import { textOf, withoutEmptyParts } from "./values.ts";

import type { ApiRequest } from "./googleApis.ts";
import type { Provider } from "./provider.ts";
import type { ResourceType, State } from "./resourceType.ts";
import type { Properties, Value } from "./values.ts";

/** How the resources of Cloud Monitoring differ. */
interface Kind {
  readonly name: "AlertPolicy" | "NotificationChannel";
  readonly collection: string;
  readonly bodyOf: (planned: Properties) => Properties;
  /** The rest of an update; undefined if nothing has changed. */
  readonly updateOf: (values: Properties, planned: Properties) => Pick<ApiRequest, "query"> | undefined;
  /** The rest of a deletion. */
  readonly deletionOf: (values: Properties) => Pick<ApiRequest, "query">;
  /** The values in a reply. */
  readonly read: (found: Properties, values: Properties) => Properties;
}

/** The operations on a resource of Cloud Monitoring. Its ID is the name that Google gives it. */
export function monitoringOperations({ name: kind, ...of }: Kind) {
  return {
    create: async (provider, planned, timeouts) => {
      const project = projectOf(provider, planned);
      const path = `v3/projects/${project}/${of.collection}`;
      const request = { method: "POST", path, body: of.bodyOf(planned) } as const;
      let reply: Properties;
      try {
        reply = await send(provider, project, request, timeouts.create);
      } catch (error) {
        throw rephrase(`Error creating ${kind}: `, error);
      }
      const name = textOf(reply["name"]);
      return { id: name, values: { ...planned, name } };
    },
    read: async (provider, { id, values }) => {
      const project = projectOf(provider, values);
      let found: Properties;
      try {
        found = await send(provider, project, { method: "GET", path: `v3/${id}` }, 5 * minute);
      } catch (error) {
        return goneOrThrow(error, `Monitoring${kind} ${JSON.stringify(id)}`);
      }
      const read = { ...readDeletionPolicy(provider, values), ...of.read(found, values), project };
      return { id, values: { ...values, ...read } };
    },
    update: async (provider, { id, values }, planned, timeouts) => {
      const rest = of.updateOf(values, planned);
      if (rest === undefined) return {};
      const request = { method: "PATCH", path: `v3/${id}`, ...rest, body: of.bodyOf(planned) } as const;
      try {
        await send(provider, projectOf(provider, planned), request, timeouts.update);
      } catch (error) {
        throw rephrase(`Error updating ${kind} ${JSON.stringify(id)}: `, error);
      }
      return {};
    },
    delete: async (provider, { id, values }, timeouts) => {
      if (isAbandoned(values, `Monitoring${kind}`)) return;
      try {
        const request = { method: "DELETE", path: `v3/${id}`, ...of.deletionOf(values) } as const;
        await send(provider, projectOf(provider, values), request, timeouts.delete);
      } catch (error) {
        goneOrThrow(error, kind);
      }
    },
    import: importByName,
  } satisfies Partial<ResourceType>;
}

/** A value as it is compared and sent. */
export function partOf(value: Value | undefined): Value {
  return withoutEmptyParts(value) ?? null;
}

/** Sends a request for a resource of a project. The path contains the version. */
function send(
  provider: Provider,
  project: string,
  request: Omit<ApiRequest, "api">,
  timeout: number,
): Promise<Properties> {
  const { apis, clock } = provider;
  const quotaProject = userProject(provider, project);
  return retry(() => apis.raw({ api: "monitoring", ...request, userProject: quotaProject }), { clock, timeout });
}

/** The state of an import, whose ID is the resource's name. */
function importByName(_provider: Provider, id: string): Promise<State | undefined> {
  const [, project] = /projects\/([^/]+)\//.exec(id) ?? [];
  return Promise.resolve(project === undefined ? undefined : { id, values: { project, name: id } });
}

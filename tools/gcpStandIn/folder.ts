import { minute } from "./clock.ts";
import { decideDeletionPolicy, deletionPolicy, isAbandoned, readDeletionPolicy } from "./deletionPolicy.ts";
import { goneOrThrow, StateError } from "./errors.ts";
import { messageOf, rephrase } from "./googleApiError.ts";
import { lastPart } from "./names.ts";
import { waitForOperation } from "./operation.ts";
import { retry } from "./retry.ts";
import { isProperties, textOf, withoutEmpty } from "./values.ts";

import type { ApiRequest } from "./googleApis.ts";
import type { Provider } from "./provider.ts";
import type { ResourceType, State, Timeouts } from "./resourceType.ts";
import type { Field } from "./schema.ts";
import type { Properties } from "./values.ts";

const computed = { type: "string", computed: true } as const satisfies Partial<Field>;

/** `gcp:organizations/folder:Folder`: a folder in an organization or in another folder. */
export const folder: ResourceType = {
  fields: {
    displayName: { attribute: "display_name", type: "string", required: true },
    parent: { attribute: "parent", type: "string", required: true },
    deletionProtection: { attribute: "deletion_protection", type: "boolean", optional: true, default: true },
    deletionPolicy,
    tags: { attribute: "tags", type: "map", optional: true, forceNew: true, refused: true },
    configuredCapabilities: { attribute: "configured_capabilities", type: "strings", computed: true },
    createTime: { attribute: "create_time", ...computed },
    folderId: { attribute: "folder_id", ...computed },
    lifecycleState: { attribute: "lifecycle_state", ...computed },
    managementProject: { attribute: "management_project", ...computed },
    name: { attribute: "name", ...computed },
  },
  timeouts: { create: 4 * minute, read: 4 * minute, update: 4 * minute, delete: 4 * minute },
  decide: (provider, inputs) => decideDeletionPolicy(provider, inputs),
  create,
  read,
  update: async (provider, { id, values }, planned, timeouts) => {
    const { displayName = null, parent = null } = planned;
    const name = textOf(displayName);
    if (values["displayName"] !== displayName) {
      const request = { method: "PATCH", path: `v3/${id}`, body: withoutEmpty({ displayName }) } as const;
      await send(provider, request, minute).catch((error: unknown) => {
        throw new StateError(`Error updating display_name to '${name}': ${messageOf(error)}`, { id, values });
      });
    }
    if (values["parent"] !== parent) {
      const request = { method: "POST", path: `v3/${id}:move`, body: { destinationParent: parent } } as const;
      try {
        const operation = await send(provider, request, timeouts.update);
        await wait(provider, operation, "move folder", timeouts.update);
      } catch (error) {
        const words = `Error moving folder '${name}' to '${textOf(parent)}': `;
        throw new StateError(words + messageOf(error), { id, values });
      }
    }
    return { isRead: true };
  },
  delete: remove,
  import: (_provider, id) => Promise.resolve({ id: id.startsWith("folders/") ? id : `folders/${id}`, values: {} }),
};

async function create(provider: Provider, planned: Properties, timeouts: Timeouts): Promise<State> {
  const { displayName = null, parent = null } = planned;
  const name = textOf(displayName);
  let operation: Properties;
  try {
    const body = withoutEmpty({ displayName, parent });
    operation = await send(provider, { method: "POST", path: "v3/folders", body }, timeouts.create);
    await wait(provider, operation, "creating folder", timeouts.create);
  } catch (error) {
    throw rephrase(`Error creating folder '${name}' in '${textOf(parent)}': `, error);
  }
  const done = await provider.apis
    .client({ api: "resourceManager", method: "GET", path: `v1/${textOf(operation["name"])}` })
    .catch((error: unknown) => {
      const advice = "Delete the folder manually and retry or use 'terraform import'";
      throw rephrase(`The folder '${name}' has been created but we could not retrieve its id. ${advice}: `, error);
    });
  const made = isProperties(done["response"]) ? done["response"] : {};
  return { id: textOf(made["name"]), values: planned };
}

async function read(provider: Provider, { id, values }: State, timeouts: Timeouts): Promise<State | undefined> {
  let found: Properties;
  try {
    found = await send(provider, { method: "GET", path: `v3/${id}` }, timeouts.read);
  } catch (error) {
    return goneOrThrow(error, `Folder Not Found : ${id}`);
  }
  const { deletionProtection = null } = values;
  const name = textOf(found["name"]);
  const capabilities = found["configuredCapabilities"];
  return {
    id,
    values: {
      ...values,
      ...readDeletionPolicy(provider, values),
      deletionProtection: deletionProtection ?? true,
      displayName: textOf(found["displayName"]),
      parent: textOf(found["parent"]),
      configuredCapabilities: Array.isArray(capabilities) ? capabilities : [],
      createTime: textOf(found["createTime"]),
      folderId: lastPart(name),
      lifecycleState: textOf(found["state"]),
      managementProject: textOf(found["managementProject"]),
      name,
    },
  };
}

async function remove(provider: Provider, { id, values }: State, timeouts: Timeouts): Promise<void> {
  if (values["deletionProtection"] === true) {
    throw new Error("cannot destroy folder without setting deletion_protection=false and running `terraform apply`");
  }
  if (isAbandoned(values, JSON.stringify(id))) return;
  try {
    const operation = await send(provider, { method: "DELETE", path: `v3/${id}` }, timeouts.delete);
    await wait(provider, operation, "deleting folder", timeouts.delete);
  } catch (error) {
    throw rephrase(`Error deleting folder '${textOf(values["displayName"])}': `, error);
  }
}

function send(
  { apis, clock }: Provider,
  request: Omit<ApiRequest, "api">,
  timeout: number | undefined,
): Promise<Properties> {
  return retry(() => apis.client({ api: "resourceManagerV3", ...request }), { clock, timeout });
}

/** Polls the operation with the older version of the API, like the real plugin. */
function wait(provider: Provider, operation: Properties, activity: string, timeout: number): Promise<void> {
  return waitForOperation(provider, operation, { api: "resourceManager", activity, timeout });
}

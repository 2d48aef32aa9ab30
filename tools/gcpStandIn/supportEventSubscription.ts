import { minute } from "./clock.ts";
import { deletionPolicy, isAbandoned, readDeletionPolicy } from "./deletionPolicy.ts";
import { goneOrThrow } from "./errors.ts";
import { rephrase } from "./googleApiError.ts";
import { lastPart } from "./names.ts";
import { retry } from "./retry.ts";
import { textOf, withoutEmpty } from "./values.ts";

import type { ApiRequest } from "./googleApis.ts";
import type { Provider } from "./provider.ts";
import type { ResourceType, State } from "./resourceType.ts";
import type { Properties } from "./values.ts";

const computed = { type: "string", computed: true } as const;
const answered = ["createTime", "deleteTime", "failureReason", "pubSubTopic", "purgeTime", "state", "updateTime"];

/** `gcp:cloudsupport/supportEventSubscription:SupportEventSubscription`: the events of an organization's cases, in a topic. */
export const supportEventSubscription: ResourceType = {
  fields: {
    organization: { attribute: "organization", type: "string", required: true, forceNew: true },
    pubSubTopic: { attribute: "pub_sub_topic", type: "string", required: true },
    deletionPolicy,
    createTime: { attribute: "create_time", ...computed },
    deleteTime: { attribute: "delete_time", ...computed },
    failureReason: { attribute: "failure_reason", ...computed },
    name: { attribute: "name", ...computed },
    purgeTime: { attribute: "purge_time", ...computed },
    state: { attribute: "state", ...computed },
    updateTime: { attribute: "update_time", ...computed },
  },
  timeouts: { create: 20 * minute, update: 20 * minute, delete: 20 * minute },
  create: async (provider, planned, timeouts) => {
    const body = withoutEmpty({ pubSubTopic: planned["pubSubTopic"] });
    let made: Properties;
    try {
      made = await send(provider, { method: "POST", path: collection(planned), body }, timeouts.create);
    } catch (error) {
      throw rephrase("Error creating SupportEventSubscription: ", error);
    }
    const values = { ...planned, name: lastPart(textOf(made["name"])) };
    return { id: pathOf(values), values };
  },
  read,
  update: async (provider, { id, values }, planned, timeouts) => {
    const { pubSubTopic } = planned;
    if (values["pubSubTopic"] === pubSubTopic) return {};
    const request = { method: "PATCH", path: pathOf(values), query: { updateMask: "pubSubTopic" } } as const;
    try {
      await send(provider, { ...request, body: withoutEmpty({ pubSubTopic }) }, timeouts.update);
    } catch (error) {
      throw rephrase(`Error updating SupportEventSubscription ${JSON.stringify(id)}: `, error);
    }
    return {};
  },
  delete: async (provider, { values }, timeouts) => {
    if (isAbandoned(values, "CloudSupportSupportEventSubscription")) return;
    try {
      await send(provider, { method: "DELETE", path: pathOf(values) }, timeouts.delete);
    } catch (error) {
      goneOrThrow(error, "SupportEventSubscription");
    }
  },
  import: (_provider, id) => {
    const [, organization = "", name] =
      /^organizations\/([^/]+)\/supportEventSubscriptions\/([^/]+)$/.exec(id) ??
      /^(?:([^/]+)\/)?([^/]+)$/.exec(id) ??
      [];
    if (name === undefined) return Promise.resolve(undefined);
    const values = { organization, name };
    return Promise.resolve({ id: pathOf(values), values });
  },
};

async function read(provider: Provider, { id, values }: State): Promise<State | undefined> {
  let found: Properties;
  try {
    found = await send(provider, { method: "GET", path: pathOf(values) }, 5 * minute);
  } catch (error) {
    return goneOrThrow(error, `CloudSupportSupportEventSubscription ${JSON.stringify(id)}`);
  }
  return {
    id,
    values: {
      ...values,
      ...readDeletionPolicy(provider, values),
      ...Object.fromEntries(answered.map((name) => [name, textOf(found[name])])),
      name: lastPart(textOf(found["name"])),
    },
  };
}

function collection({ organization }: Properties): string {
  return `organizations/${textOf(organization)}/supportEventSubscriptions`;
}

function pathOf(values: Properties): string {
  return `${collection(values)}/${textOf(values["name"])}`;
}

function send(
  { apis, clock, configuration }: Provider,
  request: Omit<ApiRequest, "api">,
  timeout: number,
): Promise<Properties> {
  const userProject = configuration.userProjectOverride ? configuration.billingProject : undefined;
  return retry(() => apis.raw({ api: "cloudSupport", ...request, userProject }), { clock, timeout });
}

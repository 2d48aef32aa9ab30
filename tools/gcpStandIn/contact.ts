import { minute } from "./clock.ts";
import { deletionPolicy, isAbandoned, readDeletionPolicy } from "./deletionPolicy.ts";
import { goneOrThrow } from "./errors.ts";
import { rephrase } from "./googleApiError.ts";
import { retry } from "./retry.ts";
import { same, textOf, withoutEmpty } from "./values.ts";

import type { Provider } from "./provider.ts";
import type { ResourceType, State } from "./resourceType.ts";
import type { GoogleRequest } from "./transport.ts";
import type { Properties } from "./values.ts";

/** `gcp:essentialcontacts/contact:Contact`: an address that Google notifies about a resource. */
export const contact: ResourceType = {
  fields: {
    email: { attribute: "email", type: "string", required: true, forceNew: true },
    languageTag: { attribute: "language_tag", type: "string", required: true },
    notificationCategorySubscriptions: {
      attribute: "notification_category_subscriptions",
      type: "strings",
      required: true,
    },
    parent: { attribute: "parent", type: "string", required: true, forceNew: true },
    name: { attribute: "name", type: "string", computed: true },
    deletionPolicy,
  },
  timeouts: { create: 20 * minute, update: 20 * minute, delete: 20 * minute },
  create: async (provider, planned, timeouts) => {
    const { email, notificationCategorySubscriptions, languageTag } = planned;
    const body = withoutEmpty({ email, notificationCategorySubscriptions, languageTag });
    let made: Properties;
    try {
      const path = `${textOf(planned["parent"])}/contacts`;
      made = await send(provider, { method: "POST", path, body }, timeouts.create);
    } catch (error) {
      throw rephrase("Error creating Contact: ", error);
    }
    const name = textOf(made["name"]);
    return { id: name, values: { ...planned, name } };
  },
  read,
  update: async (provider, { id, values }, planned, timeouts) => {
    const { notificationCategorySubscriptions, languageTag } = planned;
    const mask = ["notificationCategorySubscriptions", "languageTag"].filter(
      (name) => !same(values[name] ?? null, planned[name] ?? null),
    );
    if (mask.length === 0) return {};
    const body = withoutEmpty({ notificationCategorySubscriptions, languageTag });
    const request = {
      method: "PATCH",
      path: textOf(values["name"]),
      query: { updateMask: mask.join(",") },
      body,
    } as const;
    try {
      await send(provider, request, timeouts.update);
    } catch (error) {
      throw rephrase(`Error updating Contact ${JSON.stringify(id)}: `, error);
    }
    return {};
  },
  delete: async (provider, { values }, timeouts) => {
    if (isAbandoned(values, "EssentialContactsContact")) return;
    try {
      await send(provider, { method: "DELETE", path: textOf(values["name"]) }, timeouts.delete);
    } catch (error) {
      goneOrThrow(error, "Contact");
    }
  },
  import: (_provider, id) => {
    const [kind, parent] = id.split("/");
    if (kind === undefined || parent === undefined) return Promise.resolve(undefined);
    return Promise.resolve({ id, values: { name: id, parent: `${kind}/${parent}` } });
  },
};

async function read(provider: Provider, { id, values }: State): Promise<State | undefined> {
  let found: Properties;
  try {
    found = await send(provider, { method: "GET", path: textOf(values["name"]) }, 5 * minute);
  } catch (error) {
    return goneOrThrow(error, `EssentialContactsContact ${JSON.stringify(id)}`);
  }
  const categories = found["notificationCategorySubscriptions"];
  return {
    id,
    values: {
      ...values,
      ...readDeletionPolicy(provider, values),
      name: textOf(found["name"]),
      email: textOf(found["email"]),
      notificationCategorySubscriptions: Array.isArray(categories) ? categories : [],
      languageTag: textOf(found["languageTag"]),
    },
  };
}

function send(
  { apis, clock, configuration }: Provider,
  request: Omit<GoogleRequest, "url"> & { path: string },
  timeout: number,
): Promise<Properties> {
  // Send only a configured quota project, because the parent of a contact need not be a project.
  const userProject = configuration.userProjectOverride ? configuration.billingProject : undefined;
  const attempt = (): Promise<Properties> => apis.raw({ api: "essentialContacts", ...request, userProject });
  return retry(attempt, { clock, timeout });
}

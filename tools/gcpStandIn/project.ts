import { minute } from "./clock.ts";
import { decideDeletionPolicy, deletionPolicy, readDeletionPolicy } from "./deletionPolicy.ts";
import { goneOrThrow, StateError } from "./errors.ts";
import { messageOf, rephrase } from "./googleApiError.ts";
import { decideLabels, labelFields, readLabels } from "./labels.ts";
import { lastPart } from "./names.ts";
import { waitForOperation } from "./operation.ts";
import { BillingError, checkBillingPermission, setBillingAccount } from "./projectBilling.ts";
import type { Provider } from "./provider.ts";
import { fetchProject, readBillingAccount, readParent, readProject } from "./readProject.ts";
import type { ResourceType, State, Timeouts } from "./resourceType.ts";
import { retry } from "./retry.ts";
import type { Fields } from "./schema.ts";
import { same, textOf, unknownValue, withoutEmpty } from "./values.ts";
import type { Properties } from "./values.ts";

const policies = ["PREVENT", "ABANDON", "DELETE"];
const name = { type: "string", required: true, autonamed: true } as const;

/** The fields of a project. The stand-in supports no tags. */
const projectFields: Fields = {
  projectId: { attribute: "project_id", ...name, forceNew: true, validate: validateId },
  name: { attribute: "name", ...name, validate: validateName },
  folderId: {
    attribute: "folder_id",
    type: "string",
    optional: true,
    conflictsWith: "orgId",
    normalize: (folder) => folder.replace(/^folders\//, ""),
  },
  orgId: { attribute: "org_id", type: "string", optional: true, conflictsWith: "folderId" },
  billingAccount: { attribute: "billing_account", type: "string", optional: true },
  autoCreateNetwork: {
    attribute: "auto_create_network",
    type: "boolean",
    optional: true,
    default: true,
    // Without it, the real plugin deletes the network after it creates the project.
    refused: (value) => value !== true && value !== "true" && value !== unknownValue,
  },
  deletionPolicy: { ...deletionPolicy, validate: validatePolicy },
  tags: { attribute: "tags", type: "map", optional: true, forceNew: true, refused: true },
  number: { attribute: "number", type: "string", computed: true },
  ...labelFields,
};

const ownPolicy = "PREVENT";
const timeouts = { create: 10 * minute, read: 10 * minute, update: 10 * minute, delete: 10 * minute };

/** `gcp:organizations/project:Project`: a project in a folder or in an organization. */
export const project: ResourceType = {
  fields: projectFields,
  schemaVersion: "1",
  timeouts,
  deleteBeforeReplace: true,
  decide: (provider, inputs, planned) => ({
    ...decideDeletionPolicy(provider, inputs, ownPolicy),
    ...decideLabels(provider, inputs, planned),
  }),
  create,
  read,
  update,
  delete: remove,
  import: (_provider, id) => {
    const projectId = lastPart(id);
    if (/^\d+$/.test(projectId)) return Promise.resolve(undefined);
    return Promise.resolve({ id: `projects/${projectId}`, values: { autoCreateNetwork: true } });
  },
};

async function create(provider: Provider, planned: Properties, timeouts: Timeouts): Promise<State> {
  const { apis, clock } = provider;
  const { projectId = null, name = null, effectiveLabels = null } = planned;
  const account = textOf(planned["billingAccount"]);
  if (account !== "") await checkBillingPermission(provider, account);
  const body = withoutEmpty({ projectId, name, parent: parentOf(planned), labels: effectiveLabels });
  const request = { api: "resourceManager", method: "POST", path: "v1/projects", body } as const;
  const operation = await retry(() => apis.client(request), { clock, timeout: timeouts.create }).catch(
    (error: unknown) => {
      const advice =
        "If you received a 403 error, make sure you have the `roles/resourcemanager.projectCreator` permission";
      const words = `error creating project ${textOf(projectId)} (${textOf(name)})`;
      throw new Error(`${words}: ${messageOf(error)}. ${advice}`);
    },
  );
  const waiting = { api: "resourceManager", activity: "creating folder", timeout: timeouts.create } as const;
  await waitForOperation(provider, operation, waiting);
  const state: State = { id: `projects/${textOf(projectId)}`, values: planned };
  // The real plugin then waits 15 s for the billing to propagate, which is immediate in the local cloud.
  if (account === "") return state;
  try {
    await setBillingAccount(provider, textOf(projectId), account, timeouts);
  } catch (error) {
    const left = error instanceof BillingError ? { ...planned, billingAccount: "" } : planned;
    throw new StateError(messageOf(error), { ...state, values: { ...left, id: state.id } });
  }
  return state;
}

async function read(provider: Provider, { id, values }: State, { read = timeouts.read }: Timeouts) {
  const projectId = lastPart(id);
  const found = await readProject(provider, projectId, read);
  if (found?.["lifecycleState"] !== "ACTIVE") return undefined;
  const billingAccount = await readBillingAccount(provider, projectId, read);
  return {
    id,
    values: {
      ...values,
      ...readDeletionPolicy(provider, values, ownPolicy),
      ...readLabels(values, found["labels"]),
      ...readParent(found["parent"]),
      ...(billingAccount === undefined ? {} : { billingAccount }),
      projectId,
      name: textOf(found["name"]),
      number: textOf(found["projectNumber"] ?? 0),
    },
  };
}

async function update(provider: Provider, prior: State, planned: Properties, timeouts: Timeouts): Promise<object> {
  const { apis, clock } = provider;
  const projectId = lastPart(prior.id);
  const name = textOf(planned["name"]);
  const changes = (property: string): boolean => textOf(prior.values[property]) !== textOf(planned[property]);
  const found = await fetchProject(provider, projectId, timeouts.read ?? timeouts.update).catch((error: unknown) => {
    throw rephrase(`Error checking project ${JSON.stringify(projectId)}: `, error);
  });
  let body = found;
  const send = async (change: Properties): Promise<void> => {
    body = { ...body, ...change };
    const request = { api: "resourceManager", method: "PUT", path: `v1/projects/${projectId}`, body } as const;
    body = await retry(() => apis.client(request), { clock, timeout: timeouts.update }).catch((error: unknown) => {
      throw rephrase(`Error updating project ${JSON.stringify(name)}: `, error);
    });
  };
  try {
    if (changes("name")) await send({ name });
    if (changes("orgId") || changes("folderId")) await send({ parent: parentOf(planned) ?? body["parent"] ?? null });
    if (changes("billingAccount"))
      await setBillingAccount(provider, projectId, textOf(planned["billingAccount"]), timeouts);
    const { effectiveLabels = null } = planned;
    if (!same(prior.values["effectiveLabels"] ?? null, effectiveLabels)) await send({ labels: effectiveLabels });
  } catch (error) {
    throw new StateError(messageOf(error), prior);
  }
  return {};
}

async function remove({ apis, clock }: Provider, { id, values }: State, timeouts: Timeouts): Promise<void> {
  const policy = values["deletionPolicy"];
  if (policy === "PREVENT") throw new Error("Cannot destroy project as deletion_policy is set to PREVENT.");
  if (policy === "ABANDON") return;
  const request = { api: "resourceManager", method: "DELETE", path: `v1/projects/${lastPart(id)}` } as const;
  try {
    await retry(() => apis.client(request), { clock, timeout: timeouts.delete });
  } catch (error) {
    goneOrThrow(error, `Project ${lastPart(id)}`);
  }
}

/** The parent in a request; null if the program sets none. */
function parentOf({ orgId = null, folderId = null }: Properties): Properties | null {
  if (textOf(orgId) !== "") return { type: "organization", id: orgId };
  return textOf(folderId) === "" ? null : { type: "folder", id: folderId };
}

function validateId(id: string): string | undefined {
  if (/^([-a-z0-9.]{1,63}:)?(\d{1,19}|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)$/.test(id)) return undefined;
  return (
    `${JSON.stringify(id)} project_id must be 6 to 30 with lowercase letters, digits, hyphens and start with a letter. ` +
    "Trailing hyphens are prohibited."
  );
}

function validateName(name: string): string | undefined {
  if (/^[a-zA-Z0-9'"\s!-]{4,30}$/.test(name)) return undefined;
  return (
    `${JSON.stringify(name)} name must be 4 to 30 characters with lowercase and uppercase letters, numbers, hyphen, ` +
    "single-quote, double-quote, space, and exclamation point."
  );
}

function validatePolicy(policy: string): string | undefined {
  if (policies.includes(policy)) return undefined;
  return `expected deletion_policy to be one of [${policies.map((known) => `"${known}"`).join(" ")}], got ${policy}`;
}

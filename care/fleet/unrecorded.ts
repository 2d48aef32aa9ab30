/**
 * Contacts and alerts that an engine created just before it was killed, and did not record. Google refuses a second contact, and
 * the program a second channel or policy. The state still contains the pending creation, so they are added to it. `pulumi import`
 * would write their project by its number, and so replace them; `pulumi refresh --import-pending-creates` of 3.259 drops them.
 */
import { z } from "zod";
import {
  alertPolicyType,
  alertUnrecorded,
  channelType,
  contactType,
  createdBefore,
  secondContactRefused,
  unrecordedCreations,
  withAddress,
} from "../../components/internal.ts";
import { createTransport, essentialContactsApi, monitoringApi, readGoogleSettings } from "../../google/index.ts";
import type { Transport } from "../../google/index.ts";

const properties = z.record(z.string(), z.unknown()).catch({});

const exportSchema = z.looseObject({
  deployment: z.looseObject({
    resources: z.array(z.looseObject({ urn: z.string(), type: z.string(), outputs: properties })).nullish(),
    pending_operations: z
      .array(
        z.looseObject({
          type: z.string(),
          resource: z.looseObject({
            urn: z.string(),
            type: z.string(),
            inputs: properties,
          }),
        }),
      )
      .nullish(),
  }),
});

type Inputs = z.infer<typeof properties>;

/**
 * Google's message for a contact that exists already, and the program's own messages before it asks Google. Source of the first: as
 * recorded by GoogleCloudPlatform/k8s-config-connector
 */
const refusals = ["There is already a contact with the given email address", secondContactRefused, alertUnrecorded];

export function isUnrecorded(errors: readonly string[]): boolean {
  return errors.some((error) => refusals.some((refusal) => error.includes(refusal)));
}

/**
 * By type, what a creation with the inputs has left in Google Cloud. With the names that the state has of the type, because two
 * channels can be equal.
 */
const finders: Readonly<
  Record<
    string,
    (
      inputs: Inputs,
      recorded: readonly unknown[],
      transport: Transport,
    ) => Promise<{ readonly name: string } | undefined>
  >
> = {
  [contactType]: async ({ parent, email }, _recorded, transport) =>
    withAddress(String(email), await essentialContactsApi(transport).listContacts(String(parent))),
  [channelType]: async (inputs, recorded, transport) =>
    createdBefore(inputs, await monitoringApi(transport).listNotificationChannels(projectOf(inputs)), recorded),
  [alertPolicyType]: async (inputs, recorded, transport) =>
    createdBefore(inputs, await monitoringApi(transport).listAlertPolicies(projectOf(inputs)), recorded),
};

const projectOf = ({ project }: Inputs) => `projects/${String(project)}`;

/**
 * @param exported The output of `pulumi stack export`.
 * @param setting The value of a config key such as `gcp:billingProject`.
 * @returns How many were found, and the input for `pulumi stack import`.
 */
export async function withUnrecorded(
  exported: unknown,
  setting: (key: string) => string | undefined,
): Promise<{ readonly count: number; readonly state: unknown }> {
  const state = exportSchema.parse(exported);
  const { pending_operations: pending } = state.deployment;
  const resources = state.deployment.resources ?? [];
  const begun = new Map(
    unrecordedCreations(resources, pending ?? []).map((resource) => [resource.urn, resource] as const),
  );
  const transport = createTransport(readGoogleSettings(setting));
  const found = await Promise.all(
    [...begun.values()].map(async (resource) => {
      const names = resources.flatMap(({ type, outputs }) => (type === resource.type ? [outputs["name"]] : []));
      const made = await finders[resource.type]?.(resource.inputs, names, transport);
      const outputs = { ...(withoutDefaults(resource.inputs) as Inputs), name: made?.name };
      return made === undefined ? [] : [{ ...resource, custom: true, id: made.name, outputs }];
    }),
  );
  const added = found.flat();
  return {
    count: added.length,
    state: {
      ...state,
      deployment: { ...state.deployment, resources: [...resources, ...added], pending_operations: [] },
    },
  };
}

/** Without the provider's notes on which inputs are defaults, at any depth. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (key === "__defaults" ? [] : [[key, withoutDefaults(one)]])),
  );
}

/**
 * Contacts that an engine created just before it was killed, and did not record. Google refuses a second one. The state still
 * contains the pending creation, which proves that they are this stack's, so they are added to it. `pulumi import` would write
 * their project by its number, and so replace them; `pulumi refresh --import-pending-creates` of 3.259 drops them.
 */
import { z } from "zod";
import { contactType, secondContactRefused } from "../../components/internal.ts";
import { createTransport, essentialContactsApi, readGoogleSettings } from "../../google/index.ts";

const text = z.string().catch("");

const exportSchema = z.looseObject({
  deployment: z.looseObject({
    resources: z.array(z.looseObject({ urn: z.string() })).nullish(),
    pending_operations: z
      .array(
        z.looseObject({
          type: z.string(),
          resource: z.looseObject({
            urn: z.string(),
            type: z.string(),
            inputs: z.looseObject({ parent: text, email: text }).catch({ parent: "", email: "" }),
          }),
        }),
      )
      .nullish(),
  }),
});

/**
 * Google's message for a contact that exists already, and the program's own message before it asks Google. Source of the first: as
 * recorded by GoogleCloudPlatform/k8s-config-connector
 */
const refusals = ["There is already a contact with the given email address", secondContactRefused];

export function isRefusedAsSecond(errors: readonly string[]): boolean {
  return errors.some((error) => refusals.some((refusal) => error.includes(refusal)));
}

/**
 * @param exported The output of `pulumi stack export`.
 * @param setting The value of a config key such as `gcp:billingProject`.
 * @returns How many were found, and the input for `pulumi stack import`.
 */
export async function withUnrecordedContacts(
  exported: unknown,
  setting: (key: string) => string | undefined,
): Promise<{ readonly count: number; readonly state: unknown }> {
  const state = exportSchema.parse(exported);
  const { resources, pending_operations: pending } = state.deployment;
  const recorded = new Set(resources?.map(({ urn }) => urn));
  const begun = new Map(
    (pending ?? [])
      .filter(({ type, resource }) => type === "creating" && resource.type === contactType)
      .filter(({ resource: { urn } }) => !recorded.has(urn))
      .map(({ resource }) => [resource.urn, resource] as const),
  );
  const api = essentialContactsApi(createTransport(readGoogleSettings(setting)));
  const found = await Promise.all(
    [...begun.values()].map(async (resource) => {
      const { __defaults: _, ...inputs } = resource.inputs;
      const contacts = await api.listContacts(inputs.parent);
      const made = contacts.find(({ email }) => email.toLowerCase() === inputs.email.toLowerCase());
      return made === undefined
        ? []
        : [{ ...resource, custom: true, id: made.name, outputs: { ...inputs, name: made.name } }];
    }),
  );
  const added = found.flat();
  return {
    count: added.length,
    state: {
      ...state,
      deployment: { ...state.deployment, resources: [...(resources ?? []), ...added], pending_operations: [] },
    },
  };
}

/**
 * Contacts that an engine made and was killed before it had recorded them: Google refuses a second one. The state still says
 * that their making had begun, which shows that they are this stack's. They are taken into it, by Pulumi's own means.
 */
import { z } from "zod";
import { createTransport, essentialContactsApi, readGoogleSettings } from "../../google/index.ts";

const text = z.string().catch("");

const deployment = z.object({
  deployment: z.object({
    pending_operations: z
      .array(
        z.object({
          type: z.string(),
          resource: z.object({ urn: z.string(), type: z.string(), inputs: z.object({ parent: text, email: text }) }),
        }),
      )
      .nullish(),
  }),
});

/** What Google says of a contact that is there already. Source: googleapis, as recorded by GoogleCloudPlatform/k8s-config-connector */
export function isRefusedAsSecond(errors: readonly string[]): boolean {
  return errors.some((error) => error.includes("There is already a contact with the given email address"));
}

/**
 * @param exported What `pulumi stack export` answers.
 * @param setting The value of a config key such as `gcp:billingProject`.
 * @returns Pairs of a URN and the contact's name, for `pulumi refresh --import-pending-creates`.
 */
export async function unrecordedContacts(
  exported: unknown,
  setting: (key: string) => string | undefined,
): Promise<(readonly [urn: string, name: string])[]> {
  const { pending_operations: pending } = deployment.parse(exported).deployment;
  const begun = (pending ?? []).filter(
    ({ type, resource }) => type === "creating" && resource.type === "gcp:essentialcontacts/contact:Contact",
  );
  const api = essentialContactsApi(createTransport(readGoogleSettings(setting)));
  const found = await Promise.all(
    begun.map(async ({ resource: { urn, inputs } }) => {
      const contacts = await api.listContacts(inputs.parent);
      const made = contacts.find(({ email }) => email.toLowerCase() === inputs.email.toLowerCase());
      return made === undefined ? [] : [[urn, made.name] as const];
    }),
  );
  return found.flat();
}

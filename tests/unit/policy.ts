/** Resources as the engine hands them to a policy pack, for the tests of single policies. */
import * as policy from "@pulumi/policy";
import type { Resource } from "../../policy/resource.ts";

/** What the engine writes in place of a text that only the update will know. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The package's own guard of unknown values, which it keeps out of its types. */
const { unknownCheckingProxy } = policy as unknown as {
  unknownCheckingProxy: (props: Record<string, unknown>) => Record<string, unknown>;
};

/** @param type Such as `gcp:projects/service:Service`. */
export function resourceOf(type: string, props: Record<string, unknown>, stack = "dev"): Resource {
  return {
    type,
    name: "one",
    urn: `urn:pulumi:${stack}::customer-care::customer-care:index:CustomerCare$${type}::one`,
    props: unknownCheckingProxy(props),
  };
}

/** What the policy itself reports of the resource, as the engine runs it. */
export async function reportedBy(
  { validateResource }: policy.ResourceValidationPolicy,
  resource: Resource,
  config: object = {},
): Promise<string[]> {
  const messages: string[] = [];
  const args = { ...resource, getConfig: () => config } as unknown as policy.ResourceValidationArgs;
  for (const validate of [validateResource ?? []].flat()) await validate(args, (message) => messages.push(message));
  return messages;
}

/** The settings with which a component's requests reach Google: those of its own gcp provider, or else of the stack. */
import * as pulumi from "@pulumi/pulumi";
import { readGoogleSettings } from "../google/index.ts";
import type { GoogleSettings } from "../google/index.ts";
import type { Outputs } from "./formerState.ts";
import { valueOf } from "./outputs.ts";

/** Any type of the gcp provider, for which a component can have a provider of its own. */
const gcpMember = "gcp:index:any";

/** The gcp provider that the component's resources have in place of the stack's. */
export function ownProvider(component: pulumi.Resource): pulumi.ProviderResource | undefined {
  return component.getProvider(gcpMember);
}

/** The stack's `gcp:` config. */
export function stackSettings(): GoogleSettings {
  const config = pulumi.runtime.allConfig();
  return readGoogleSettings((key) => config[key]);
}

/** Undefined if the settings of the component's own provider are not known yet. */
export async function settingsOf(component: pulumi.Resource): Promise<GoogleSettings | undefined> {
  const provider = ownProvider(component);
  if (provider === undefined) return stackSettings();
  const urn = await valueOf(provider.urn);
  const { state } = (await pulumi.runtime.invoke("pulumi:pulumi:getResource", { urn })) as { readonly state: Outputs };
  if (pulumi.containsUnknowns(state)) return undefined;
  // The settings of a provider are strings, also those that are lists or booleans.
  return readGoogleSettings((key) => {
    const value = state[key.replace(/^gcp:/, "")];
    return value === undefined || value === null || typeof value === "string"
      ? (value ?? undefined)
      : JSON.stringify(value);
  });
}

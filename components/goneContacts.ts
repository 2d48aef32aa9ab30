/**
 * Contacts of the state that somebody has deleted outside of Pulumi. A change of one fails in an update, so the preview and
 * `care doctor` report it.
 */
import * as pulumi from "@pulumi/pulumi";
import { checkUpTransport, essentialContactsApi, GoogleError, readGoogleSettings } from "../google/index.ts";
import type { GoogleSettings } from "../google/index.ts";
import { goneContactRemedy } from "./obstacles/refusals.ts";
import { contactThing } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { valueOf } from "./outputs.ts";

/** Any type of the gcp provider, for which a component can have a provider of its own. */
export const gcpMember = "gcp:index:any";

/**
 * @param component The one that has the contact. Its credentials are used.
 * @param recorded The contact in the state.
 * @returns The error; undefined if the contact exists, or if that cannot be read.
 */
export async function goneContact(component: pulumi.Resource, recorded: Outputs): Promise<string | undefined> {
  const { name, email, parent } = recorded;
  if (typeof name !== "string") return undefined;
  try {
    const settings = await settingsOf(component);
    if (settings === undefined) return undefined;
    await essentialContactsApi(checkUpTransport(settings)).getContact(name);
    return undefined;
  } catch (error) {
    if (!(error instanceof GoogleError) || error.status !== 404) return undefined;
    return `${contactThing(String(email), String(parent))} was deleted outside of Pulumi; ${goneContactRemedy}`;
  }
}

/** The settings of the component's own provider, or else of the stack; undefined if they are not known yet. */
async function settingsOf(component: pulumi.Resource): Promise<GoogleSettings | undefined> {
  const provider = component.getProvider(gcpMember);
  if (provider === undefined) {
    const config = pulumi.runtime.allConfig();
    return readGoogleSettings((key) => config[key]);
  }
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

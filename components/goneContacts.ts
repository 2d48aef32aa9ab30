/**
 * Contacts of the state that were deleted outside of Pulumi. An update that changes one fails, so the preview and `care doctor`
 * report it.
 */
import type * as pulumi from "@pulumi/pulumi";
import { checkUpTransport, essentialContactsApi, GoogleError } from "../google/index.ts";
import { goneContactRemedy } from "./obstacles/refusals.ts";
import { contactThing } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { callerOf } from "./googleSettings.ts";

/**
 * @param component The component of the contact. Its credentials are used.
 * @param recorded The contact in the state.
 * @returns The error; undefined if the contact exists, or if that cannot be read.
 */
export async function goneContact(component: pulumi.Resource, recorded: Outputs): Promise<string | undefined> {
  const { name, email, parent } = recorded;
  if (typeof name !== "string") return undefined;
  try {
    const caller = await callerOf(component);
    if (caller === undefined) return undefined;
    await essentialContactsApi(checkUpTransport(caller.settings)).getContact(name);
    return undefined;
  } catch (error) {
    if (!(error instanceof GoogleError) || error.status !== 404) return undefined;
    return `${contactThing(String(email), String(parent))} was deleted outside of Pulumi; ${goneContactRemedy}`;
  }
}

/**
 * Contacts of the state that were deleted outside of Pulumi. An update that changes one fails, so the preview and `care doctor`
 * report it.
 */
import type * as pulumi from "@pulumi/pulumi";
import { answer, checkUpTransport, essentialContactsApi, GoogleError } from "../google/index.ts";
import { adoptCommands } from "./careCommands.ts";
import { goneContactRemedy, withAddress } from "./obstacles/refusals.ts";
import { contactThing } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { callerOf } from "./googleSettings.ts";

/**
 * @param component The component of the contact. Its credentials are used.
 * @param recorded The contact in the state.
 * @returns The error; undefined if the contact exists, or if that cannot be read.
 */
export async function goneContact(component: pulumi.Resource, recorded: Outputs): Promise<string | undefined> {
  const gone = await readGone(component, recorded);
  return gone && `${thingOf(recorded)} was deleted outside of Pulumi${gone.again ?? `; ${goneContactRemedy}`}`;
}

/** The same for a contact that an update creates again: Google refuses it if somebody else has done that already. */
export async function recreatedContact(component: pulumi.Resource, recorded: Outputs): Promise<string | undefined> {
  const again = (await readGone(component, recorded))?.again;
  return again && `${thingOf(recorded)} was deleted outside of Pulumi${again}`;
}

const thingOf = ({ email, parent }: Outputs) => contactThing(String(email), String(parent));

/** Undefined if the contact exists, or if that cannot be read. `again`: somebody has created another one with its address. */
async function readGone(
  component: pulumi.Resource,
  { name, email, parent }: Outputs,
): Promise<{ readonly again: string | undefined } | undefined> {
  if (typeof name !== "string") return undefined;
  try {
    const caller = await callerOf(component);
    if (caller === undefined) return undefined;
    const api = essentialContactsApi(checkUpTransport(caller.settings));
    const { error } = await answer(() => api.getContact(name));
    if (error?.status !== 404) return undefined;
    const { value: found } = await answer(() => api.listContacts(String(parent)));
    const again = withAddress(String(email), found);
    return {
      again:
        again &&
        ` and created again as ${again.name}; run pulumi refresh, then ${adoptCommands() ?? "delete that one with gcloud essential-contacts delete, and run pulumi up"}`,
    };
  } catch (error) {
    if (error instanceof GoogleError) return undefined;
    throw error;
  }
}

/**
 * Subscriptions to support events in the state that somebody has deleted outside of Pulumi. A change or a deletion of one fails in
 * an update, so the preview reports it. A topic is not looked up, because the config can only replace it.
 */
import type * as pulumi from "@pulumi/pulumi";
import { answer, checkUpTransport, supportEventsApi } from "../google/index.ts";
import { currentOutputs, formerState, isFromPackage, subscriptionThing } from "./formerState.ts";
import type { Outputs } from "./formerState.ts";
import { subscriptionType } from "./gcpTypes.ts";
import { callerOf, knownCallerOfKey, stackCaller } from "./googleSettings.ts";
import { goneSubscriptionRemedy } from "./obstacles/refusals.ts";
import type { RunContext } from "./run.ts";
import { providersInState } from "./stateProviders.ts";

/**
 * @param component The one that has the subscription. Its credentials are used.
 * @param recorded The subscription in the state.
 * @returns The error; undefined if the subscription exists, or if that cannot be read.
 */
export async function goneSubscription(component: pulumi.Resource, recorded: Outputs): Promise<string | undefined> {
  const { name, organization: number, pubSubTopic } = recorded;
  if (typeof name !== "string" || typeof number !== "string") return undefined;
  const organization = `organizations/${number}`;
  const caller = await callerOf(component);
  if (caller === undefined) return undefined;
  const api = supportEventsApi(checkUpTransport(caller.settings));
  const { value: found } = await answer(() => api.listSubscriptions(organization));
  if (found === undefined || found.some((one) => idOf(one.name) === idOf(name))) return undefined;
  return `${subscriptionThing(organization, String(pubSubTopic))} was deleted outside of Pulumi; ${goneSubscriptionRemedy(organization, name)}`;
}

/** A resource of the state that this update deletes, and whose deletion fails. */
interface FailingDeletion {
  readonly message: string;
  readonly deleted: pulumi.URN;
}

/**
 * Google refuses to delete a deleted subscription. For the end of the program, when the deletions are known.
 *
 * @param isKept Whether a resource of this run has the thing, possibly under another name.
 */
export async function failingDeletions(
  run: RunContext,
  isKept: (thing: string) => boolean,
): Promise<FailingDeletion[]> {
  const state = await formerState(run);
  const own = Object.entries(state.resources).filter(
    ([urn, one]) => one.type === subscriptionType && isFromPackage(urn),
  );
  const found = own.map(async ([urn, { outputs }]): Promise<FailingDeletion[]> => {
    const { name, organization: number, pubSubTopic } = outputs;
    if (typeof name !== "string" || typeof number !== "string" || isKept(state.thingOf(urn) ?? "")) return [];
    if ((await currentOutputs(urn)) !== undefined) return [];
    const organization = `organizations/${number}`;
    const key = await providersInState(run).then(
      (providerOf) => providerOf(urn) ?? stackCaller,
      () => undefined,
    );
    const caller = key === undefined ? undefined : await knownCallerOfKey(run, key);
    if (caller === undefined) return [];
    const api = supportEventsApi(checkUpTransport(caller.settings));
    const { value } = await answer(() =>
      api.getSubscription(`${organization}/supportEventSubscriptions/${idOf(name)}`),
    );
    // The provider accepts that one is gone which Google has purged.
    if (value?.state !== "DELETED") return [];
    const thing = subscriptionThing(organization, String(pubSubTopic));
    return [
      {
        message: `${thing} was deleted outside of Pulumi, and Google refuses to delete it again. Run: pulumi state remove '${urn}'`,
        deleted: urn,
      },
    ];
  });
  return (await Promise.all(found)).flat();
}

/** The provider has the ID alone as the name. */
const idOf = (name: string) => name.split("/").at(-1) ?? name;

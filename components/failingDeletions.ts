/**
 * Resources of the state whose deletion Google refuses because of a change outside of Pulumi: a subscription that is already
 * deleted, and a channel that somebody else's alert policy uses.
 */
import type * as pulumi from "@pulumi/pulumi";
import { answer, checkUpTransport, idIn, isSameInProject, monitoringApi, supportEventsApi } from "../google/index.ts";
import type { AlertPolicy, Transport } from "../google/index.ts";
import { allOf } from "../onboarding/index.ts";
import { currentOutputs, formerState, isFromPackage, placeOf, subscriptionThing } from "./formerState.ts";
import type { FormerState, Outputs } from "./formerState.ts";
import { alertPolicyType, channelType, subscriptionType } from "./gcpTypes.ts";
import { knownCallerOfKey, stackCaller } from "./googleSettings.ts";
import { operationOf } from "./operation.ts";
import type { RunContext } from "./run.ts";
import { providersInState } from "./stateProviders.ts";

/** A resource of the state that this update deletes, and whose deletion fails. */
interface FailingDeletion {
  readonly message: string;
  readonly deleted: pulumi.URN;
}

/** A resource that this update deletes. */
interface Deleted {
  readonly urn: pulumi.URN;
  readonly thing: string;
  readonly outputs: Outputs;
}

/**
 * For the end of the program, when the deletions are known.
 *
 * @param isKept Whether a resource of this run has the thing, maybe under another name.
 */
export async function failingDeletions(
  run: RunContext,
  isKept: (thing: string) => boolean,
): Promise<FailingDeletion[]> {
  const state = await formerState(run);
  const deletedOf = async (type: string): Promise<Deleted[]> => {
    const all = Object.entries(state.resources).map(async ([urn, one]) => {
      if (one.type !== type || !isFromPackage(urn)) return [];
      const thing = state.thingOf(urn);
      if (thing === undefined) return [];
      const isGone = operationOf(run) === "destroy" || (!isKept(thing) && (await isDeleted(urn, one.outputs)));
      return isGone ? [{ urn, thing, outputs: one.outputs }] : [];
    });
    return (await Promise.all(all)).flat();
  };
  const found = await Promise.all([
    deletedOf(subscriptionType).then((all) => Promise.all(all.map((one) => deletedAlready(run, one)))),
    deletedOf(channelType).then((all) => usedChannels(run, state, all)),
  ]);
  return found.flat(2);
}

/** Whether the resource is deleted: the program no longer has it, or has it at another place, which replaces it. */
async function isDeleted(urn: pulumi.URN, outputs: Outputs): Promise<boolean> {
  const current = await currentOutputs(urn);
  if (current === undefined) return true;
  const place = placeOf(current);
  return place !== undefined && place !== placeOf(outputs);
}

/** Google refuses to delete a deleted subscription. */
async function deletedAlready(run: RunContext, { urn, outputs }: Deleted): Promise<FailingDeletion[]> {
  const { name, organization: number, pubSubTopic } = outputs;
  if (typeof name !== "string" || typeof number !== "string") return [];
  const organization = `organizations/${number}`;
  const transport = await transportOf(run, urn);
  if (transport === undefined) return [];
  const full = `${organization}/supportEventSubscriptions/${idIn(name)}`;
  const { value } = await answer(() => supportEventsApi(transport).getSubscription(full));
  // Once Google has purged the subscription, the provider's deletion succeeds.
  if (value?.state !== "DELETED") return [];
  const thing = subscriptionThing(organization, String(pubSubTopic));
  const message = `${thing} was deleted outside of Pulumi, and Google refuses to delete it again. Run: pulumi state remove '${urn}'`;
  return [{ message, deleted: urn }];
}

/** Google refuses to delete a channel that a policy uses. Reads the policies of each project once. */
async function usedChannels(
  run: RunContext,
  state: FormerState,
  deleted: readonly Deleted[],
): Promise<FailingDeletion[]> {
  const own = policiesIn(state);
  const verb = operationOf(run) === "destroy" ? "destroy" : "up";
  const found = [...Map.groupBy(deleted, ({ outputs }) => placeOf(outputs))].map(async ([where, channels]) => {
    const [first] = channels;
    if (where === undefined || first === undefined) return [];
    const transport = await transportOf(run, first.urn);
    if (transport === undefined) return [];
    const { value: policies = [] } = await answer(() => monitoringApi(transport).listAlertPolicies(where));
    const others = policies.filter(({ name }) => !own.some((one) => one.name === name));
    return channels.flatMap((channel) => {
      const users = others.filter((policy) => usesChannel(policy, channel.outputs));
      if (users.length === 0) return [];
      const dependents = own.filter((policy) => usesChannel(policy, channel.outputs));
      return [{ message: usedChannelMessage(channel, users, dependents, verb), deleted: channel.urn }];
    });
  });
  return (await Promise.all(found)).flat();
}

interface OwnPolicy {
  readonly urn: pulumi.URN;
  readonly name: unknown;
  readonly notificationChannels: readonly string[];
}

/** The stack's own policies. Pulumi updates or deletes them before their channels. */
const policiesIn = ({ resources }: FormerState): OwnPolicy[] =>
  Object.entries(resources).flatMap(
    ([
      urn,
      {
        type,
        outputs: { name, notificationChannels },
      },
    ]) =>
      type === alertPolicyType
        ? [{ urn, name, notificationChannels: Array.isArray(notificationChannels) ? notificationChannels : [] }]
        : [],
  );

const usesChannel = (
  { notificationChannels = [] }: Pick<AlertPolicy, "notificationChannels">,
  { name }: Outputs,
): boolean => typeof name === "string" && notificationChannels.some((one) => isSameInProject(one, name));

/**
 * @param dependents The stack's own policies. Pulumi does not remove a channel from the state while they depend on it.
 * @param verb The command of Pulumi that changes or deletes the dependents.
 */
function usedChannelMessage(
  { urn, thing }: Deleted,
  users: readonly AlertPolicy[],
  dependents: readonly OwnPolicy[],
  verb: "destroy" | "up",
): string {
  const policies = allOf(users.map(({ name, displayName }) => `${JSON.stringify(displayName ?? "")} (${name})`));
  const [are, use] = users.length === 1 ? ["the alert policy", "uses"] : ["the alert policies", "use"];
  const first = dependents.map((one) => ` --target '${one.urn}'`).join("");
  return `${are} ${policies}, which this stack does not have, ${use} ${thing}, and Google refuses to delete a channel that is used. Remove the channel from ${users.length === 1 ? "that policy" : "those policies"}, or, to leave the channel there, run: ${first === "" ? "" : `pulumi ${verb}${first}, then `}pulumi state remove '${urn}'`;
}

/** Undefined if the credentials that delete the resource are not known. */
async function transportOf(run: RunContext, urn: pulumi.URN): Promise<Transport | undefined> {
  const key = await providersInState(run).then(
    (providerOf) => providerOf(urn) ?? stackCaller,
    () => undefined,
  );
  const caller = key === undefined ? undefined : await knownCallerOfKey(run, key);
  return caller && checkUpTransport(caller.settings);
}

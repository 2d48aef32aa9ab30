/**
 * Resources of the state whose deletion Google refuses: a subscription that is already
 * deleted, and a channel that an alert policy still uses.
 */
import type * as pulumi from "@pulumi/pulumi";
import { answer, checkUpTransport, idIn, monitoringApi, supportEventsApi } from "../google/index.ts";
import type { Transport } from "../google/index.ts";
import { currentOutputs, emailOf, formerState, isFromPackage, placeOf, subscriptionThing } from "./formerState.ts";
import type { FormerState, Outputs } from "./formerState.ts";
import { alertPolicyType, channelType, subscriptionType } from "./gcpTypes.ts";
import { alertProblem } from "./goneAlerts.ts";
import { knownCallerOfKey, stackCaller } from "./googleSettings.ts";
import { urnsOfRun } from "./names.ts";
import { deletedAlready, deletionMessage, usedChannel, usesChannel } from "./obstacles/deletions.ts";
import { mayDelete, operationOf } from "./operation.ts";
import { plainUrns } from "./plainResources.ts";
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
 * @param root The stack's resource, if this process has it.
 */
export async function failingDeletions(
  run: RunContext,
  isKept: (thing: string) => boolean,
  root: pulumi.Resource | undefined,
): Promise<FailingDeletion[]> {
  const state = await formerState(run);
  const deletedOf = async (type: string, isGone: (one: Deleted) => boolean | Promise<boolean>): Promise<Deleted[]> => {
    const all = Object.entries(state.resources).map(async ([urn, one]) => {
      const thing = one.type === type && isFromPackage(urn) ? state.thingOf(urn) : undefined;
      if (thing === undefined) return [];
      const deleted = { urn, thing, outputs: one.outputs };
      return operationOf(run) === "destroy" || (await isGone(deleted)) ? [deleted] : [];
    });
    return (await Promise.all(all)).flat();
  };
  const channels = new Set((await currentOf(run, state, channelType, root)).map(({ outputs }) => outputs?.["name"]));
  const found = await Promise.all([
    deletedOf(
      subscriptionType,
      async ({ urn, thing, outputs }) => !isKept(thing) && (await isDeleted(urn, outputs)),
    ).then((all) => Promise.all(all.map((one) => deletedSubscription(run, one)))),
    // Another channel for the same address is a replacement.
    deletedOf(channelType, ({ outputs: { name } }) => !channels.has(name)).then((all) =>
      usedChannels(run, state, all, root),
    ),
  ]);
  return found.flat(2);
}

interface Current {
  readonly urn: pulumi.URN;
  /** Undefined if this run does not have the resource. */
  readonly outputs: Outputs | undefined;
}

/** The resources of a type in the state and in this run, each as it is in this run. */
async function currentOf(
  run: RunContext,
  { resources }: FormerState,
  type: string,
  root: pulumi.Resource | undefined,
): Promise<Current[]> {
  const former = Object.entries(resources).flatMap(([urn, one]) => (one.type === type ? [urn] : []));
  const plain = root === undefined ? [] : await plainUrns(root, type);
  const urns = new Set([...former, ...plain, ...(await urnsOfRun(run, type))]);
  return Promise.all([...urns].map(async (urn) => ({ urn, outputs: await currentOutputs(urn) })));
}

/** Whether the resource is deleted: the program no longer has it, or has it at another place, which replaces it. */
export async function isDeleted(urn: pulumi.URN, outputs: Outputs): Promise<boolean> {
  const current = await currentOutputs(urn);
  if (current === undefined) return true;
  const place = placeOf(current);
  return place !== undefined && place !== placeOf(outputs);
}

/** Google refuses to delete a deleted subscription. */
async function deletedSubscription(run: RunContext, { urn, outputs }: Deleted): Promise<FailingDeletion[]> {
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
  return [{ message: deletionMessage(deletedAlready(urn, thing)), deleted: urn }];
}

/** Google refuses to delete a channel that a policy uses. Reads the policies of each project once. */
async function usedChannels(
  run: RunContext,
  state: FormerState,
  deleted: readonly Deleted[],
  root: pulumi.Resource | undefined,
): Promise<FailingDeletion[]> {
  if (deleted.length === 0) return [];
  const verb = operationOf(run) === "destroy" ? "destroy" : "up";
  const own = (await currentOf(run, state, alertPolicyType, root)).map(({ urn, outputs }) => ({
    urn,
    former: state.resources[urn]?.outputs,
    current: verb === "destroy" ? undefined : outputs,
  }));
  const found = [...Map.groupBy(deleted, ({ outputs }) => placeOf(outputs))].map(async ([where, channels]) => {
    const [first] = channels;
    if (where === undefined || first === undefined) return [];
    const transport = await transportOf(run, first.urn);
    const { value: policies = [] } =
      transport === undefined ? {} : await answer(() => monitoringApi(transport).listAlertPolicies(where));
    const ownNames = own.flatMap(({ current, former }) => [current?.["name"], former?.["name"]]);
    const others = policies.filter(({ name }) => !ownNames.includes(name));
    return channels.flatMap((channel) => {
      // Pulumi changes or deletes the others before it deletes the channel.
      const kept = own.filter(({ urn, current, former }) =>
        current === undefined
          ? !mayDelete(run, urn, state.has) && hasChannel(former, channel)
          : hasChannel(current, channel),
      );
      const users = others.filter((policy) => usesChannel(policy, channel.outputs["name"]));
      const dependents = own.filter(({ former }) => hasChannel(former, channel));
      return [
        ...kept.map((policy) => keptChannelMessage(run, where, channel, policy)),
        ...(users.length === 0 ? [] : [deletionMessage(usedChannel(channel, users, dependents, verb))]),
      ].map((message) => ({ message, deleted: channel.urn }));
    });
  });
  return (await Promise.all(found)).flat();
}

interface OwnPolicy {
  readonly urn: pulumi.URN;
  /** In the state. */
  readonly former: Outputs | undefined;
  /** In this run. */
  readonly current: Outputs | undefined;
}

/** Whether an own policy of the channel's place uses the channel. */
function hasChannel(policy: Outputs | undefined, channel: Deleted): boolean {
  return (
    policy !== undefined && placeOf(policy) === placeOf(channel.outputs) && usesChannel(policy, channel.outputs["name"])
  );
}

/** A policy of this stack uses the channel, and this update does not change that. */
function keptChannelMessage(
  run: RunContext,
  where: string,
  { thing, outputs }: Deleted,
  { urn, current }: OwnPolicy,
): string {
  const [name, email] = [String(outputs["name"]), emailOf(outputs)];
  const refused = "and Google refuses to delete a channel that is used";
  return current !== undefined && isFromPackage(urn)
    ? alertProblem(
        run,
        where,
        `this stack has created ${name}, and would delete it if it used it as an existing channel, ${refused}; write ${email}`,
      )
    : `this update would delete ${thing}, which the alert policy ${urn} uses, ${refused}. Keep ${email} in notify, or remove ${name} from that policy`;
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

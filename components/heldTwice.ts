/**
 * Resources that both a component and the program itself create. Google refuses a second contact or topic. It allows several alerts
 * and subscriptions, so those only get a warning.
 */
import * as pulumi from "@pulumi/pulumi";
import { warn } from "./acknowledge.ts";
import { currentOutputs, currentThing, formerState, inProject, isFromPackage } from "./formerState.ts";
import { alertPolicyType, contactType, subscriptionType, topicType } from "./gcpTypes.ts";
import { valueOf } from "./outputs.ts";
import { plainResources } from "./plainResources.ts";
import { projectIdOf } from "./propagation.ts";
import type { RunContext } from "./run.ts";

/** A resource of a component. */
export interface Holder {
  readonly name: string;
  readonly type: string;
  readonly parent: pulumi.Resource | undefined;
  /** Its thing in Google Cloud, as formerState.ts describes it; undefined if it is not known yet. */
  readonly thing: Promise<string | undefined>;
  /** The same, without secrets, for error messages. */
  readonly shown: Promise<string>;
}

const isUnique = (type: string) => type === contactType || type === topicType;

/**
 * @param root The stack's resource, if this process has it.
 * @returns Errors, each with the URN of the component's resource as what the update would create.
 */
export async function heldTwice(
  run: RunContext,
  root: pulumi.Resource | undefined,
  holders: readonly Holder[],
): Promise<{ readonly message: string; readonly deleted: pulumi.URN }[]> {
  const plain = root === undefined ? [] : plainResources(root).filter(({ type }) => isUnique(type));
  if (plain.length === 0) return [];
  const state = await formerState(run);
  const names = new Map<string, { readonly name: string; readonly isInState: boolean }>();
  for (const { name, urn, things, aliases } of plain) {
    const former = [await valueOf(urn), ...(await aliases())].map((one) => state.thingOf(one ?? ""));
    for (const thing of await things())
      names.set(await withProjectId(run, thing), { name, isInState: former.includes(thing) });
  }
  const found = holders.map(async ({ name, type, parent, thing, shown }) => {
    const known = isUnique(type) ? await thing.catch(() => undefined) : undefined;
    const other = known === undefined ? undefined : names.get(await withProjectId(run, known));
    if (known === undefined || other === undefined) return [];
    // If the state has both, as after an import, the update creates neither.
    if (other.isInState && state.urnsOf(known).some(isFromPackage)) return [];
    const own = (await valueOf(pulumi.createUrn(name, type, parent))) ?? "";
    const now = (await currentThing(own))?.thing;
    // A transform of the program can have moved it elsewhere.
    if (now !== undefined && now !== known) return [];
    const message = `${name} and ${other.name} both have ${await shown}, and Google refuses a second one. Remove it from one of the two`;
    return [{ message, deleted: own }];
  });
  return (await Promise.all(found)).flat();
}

/** By type, the consequence of two resources that Google allows. */
const consequences: Readonly<Record<string, string>> = {
  [alertPolicyType]: "people on both are notified of each incident twice",
  [subscriptionType]: "each event is published twice",
};

/** Warns of alerts and subscriptions that a component and a plain resource both have. */
export async function warnOfDuplicates(run: RunContext, root: pulumi.Resource | undefined, holders: readonly Holder[]) {
  const isMeant = (type: string) => Object.hasOwn(consequences, type);
  const plain = root === undefined ? [] : plainResources(root, isMeant);
  for (const { name, urn, type, things } of plain) {
    const all = await things();
    const known = await Promise.all(all.map((thing) => withProjectId(run, thing)));
    const isSilent = type === alertPolicyType && !(await mayNotify(urn));
    for (const holder of isSilent ? [] : holders.filter((one) => one.type === type)) {
      const thing = await holder.thing.catch(() => undefined);
      if (thing === undefined || holder.parent === undefined || !known.includes(await withProjectId(run, thing)))
        continue;
      const where = /(?:projects|organizations)\/[^/ ]+$/.exec(thing)?.[0] ?? "";
      const text = `${holder.name} and ${name} both have ${await holder.shown}: ${consequences[type] ?? ""}; remove it from one of the two`;
      await warn(run, holder.parent, { id: "claimed-twice", where }, text);
    }
  }
}

/** Whether a policy notifies somebody, as far as its values are known. */
async function mayNotify(urn: pulumi.Output<pulumi.URN>): Promise<boolean> {
  const outputs = await currentOutputs((await valueOf(urn).catch(() => undefined)) ?? "");
  if (outputs === undefined) return true;
  const channels = outputs["notificationChannels"] ?? [];
  return outputs["enabled"] !== false && !(Array.isArray(channels) && channels.length === 0);
}

/** For a project, its number and its ID are equivalent. */
async function withProjectId(run: RunContext, thing: string): Promise<string> {
  const { words, project, isNumber } = inProject(thing);
  const id = isNumber ? await projectIdOf(run, project) : undefined;
  return id === undefined ? thing : `${words}projects/${id}`;
}

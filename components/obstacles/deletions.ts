/** Deletions that Google refuses, and what to do. The program's preview and `care doctor` share these texts. */
import { isSameInProject } from "../../google/index.ts";
import type { AlertPolicy } from "../../google/index.ts";
import { allOf } from "../../onboarding/index.ts";
import { capitalized } from "../../text/index.ts";
import {
  alertPolicyType,
  channelType,
  contactType,
  grantTypeOf,
  subscriptionType,
  topicGrantType,
  topicType,
} from "../gcpTypes.ts";

/** Why Google refuses a deletion, and what to do: two parts of a sentence. */
export interface DeletionProblem {
  readonly what: string;
  readonly remedy: string;
}

/** @param effect The effect on the update. @default none */
export const deletionMessage = ({ what, remedy }: DeletionProblem, effect = "") =>
  `${what}${effect}. ${capitalized(remedy)}`;

interface Deletion {
  readonly urn: string;
  readonly type: string;
}

/** Types in the order in which they can be removed from the state. Grants of other types, on which these depend, are last. */
const ordered = [contactType, alertPolicyType, channelType, subscriptionType, topicGrantType, topicType];

/** Whether a deletion of the type calls Google. A deleted service stays enabled. */
export const isRemovable = (type: string) => ordered.includes(type) || grantTypeOf(type) !== undefined;

export const inOrderOfRemoval = <One extends Deletion>(deletions: readonly One[]): One[] =>
  deletions.toSorted((one, other) => orderOf(one) - orderOf(other));

const orderOf = ({ type }: Deletion) => (ordered.includes(type) ? ordered.indexOf(type) : ordered.length);

/** @param deletions In the order of removal. */
export function atAbsentPlace(
  where: string,
  kind: "absent" | "unseen",
  deletions: readonly Deletion[],
): DeletionProblem {
  const all = (flag: string) => deletions.map(({ urn }) => ` ${flag}'${urn}'`).join("");
  // What depends on a grant, such as a test case, leaves the state first.
  const hasDependents = deletions.some(({ type }) => grantTypeOf(type) !== undefined || type === topicGrantType);
  const command = `${hasDependents ? `pulumi up${all("--exclude ")}, then ` : ""}pulumi state remove${all("")}`;
  return kind === "absent"
    ? { what: `${where} does not exist any more, and Google denies each deletion there`, remedy: `run: ${command}` }
    : {
        what: `${where} does not exist any more, or this caller has no role on it, and Google denies each deletion there`,
        remedy: `grant the caller a role there that allows these deletions, or, if ${where} was deleted, run: ${command}`,
      };
}

/** @param thing The subscription, as errors describe it. */
export const deletedAlready = (urn: string, thing: string): DeletionProblem => ({
  what: `${thing} was deleted outside of Pulumi, and Google refuses to delete it again`,
  remedy: `run: pulumi state remove '${urn}'`,
});

export function usesChannel(
  { notificationChannels }: { readonly notificationChannels?: unknown },
  channel: unknown,
): boolean {
  const channels: unknown[] = Array.isArray(notificationChannels) ? notificationChannels : [];
  return (
    typeof channel === "string" && channels.some((one) => typeof one === "string" && isSameInProject(one, channel))
  );
}

/**
 * @param channel With its description in errors.
 * @param users The alert policies that use it and that the stack does not have.
 * @param dependents The stack's own policies. Pulumi does not remove a channel from the state while they depend on it.
 * @param verb The command of Pulumi that changes or deletes the dependents.
 */
export function usedChannel(
  { urn, thing }: { readonly urn: string; readonly thing: string },
  users: readonly AlertPolicy[],
  dependents: readonly { readonly urn: string }[],
  verb: "destroy" | "up",
): DeletionProblem {
  const policies = allOf(users.map(({ name, displayName }) => `${JSON.stringify(displayName ?? "")} (${name})`));
  const [are, use] = users.length === 1 ? ["the alert policy", "uses"] : ["the alert policies", "use"];
  const first = dependents.map((one) => ` --target '${one.urn}'`).join("");
  const command = `${first === "" ? "" : `pulumi ${verb}${first}, then `}pulumi state remove '${urn}'`;
  return {
    what: `${are} ${policies}, which this stack does not have, ${use} ${thing}, and Google refuses to delete a channel that is used`,
    remedy: `remove the channel from ${users.length === 1 ? "that policy" : "those policies"}, or, to leave the channel there, run: ${command}`,
  };
}

/**
 * Warns if two resources of a run manage the same thing in Google Cloud, as two instances in one program can. For the engine
 * they are two resources. If it deletes one, the other silently loses the thing.
 */
import * as pulumi from "@pulumi/pulumi";
import { isAcknowledged, warn } from "./acknowledge.ts";
import type { RunContext } from "./run.ts";

const sharedDeletion =
  "if Pulumi deletes one of the two, the other loses it; remove it from one of them, and if both are already in the state, first run pulumi state remove for that one";

/** By kind, the consequence of two claims, and what to do. */
const consequences = {
  grant: sharedDeletion,
  contact: `Google refuses a second one, and ${sharedDeletion}`,
  alerts: "people on both are notified of each incident twice; remove it from one of them",
  adoptedCase: "each of them updates and closes it as its own; remove it from one of them",
  topic: `Google refuses a second one, and ${sharedDeletion}`,
  subscription: "each event is published twice; remove it from one of them",
  markedCase: "each of them can take over or close the other's case; give one of them another name",
} as const;

/** A resource that may not be created yet. */
interface Claimant {
  readonly name: string;
  readonly parent: pulumi.Resource;
}

interface Claim {
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly parentUrn: pulumi.URN;
}

/** By the claimed thing. */
const newClaims = () => new Map<string, Claim>();

/**
 * Warns if another resource of this run claims the same thing, with any provider. Outputs are compared once they are known.
 *
 * @param what A description such as `the contact ops@example.com of projects/shop-dev`. Equal descriptions mean the same thing.
 * @param where The place or the case.
 */
export function claim(
  run: RunContext,
  { name, parent }: Claimant,
  kind: keyof typeof consequences,
  what: pulumi.Output<string>,
  where: pulumi.Output<string>,
): void {
  const claims = run.shared(newClaims);
  pulumi.all([what, parent.urn, where]).apply(async ([description, parentUrn, place]) => {
    const other = claims.get(description);
    if (other === undefined) claims.set(description, { name, parent, parentUrn });
    if (other === undefined || (other.name === name && other.parentUrn === parentUrn)) return;
    const advice = { id: "claimed-twice", where: place } as const;
    if (isAcknowledged(run, other.parent, advice)) return;
    const both = [other, { name, parentUrn }]
      .map((one) => (other.name === name ? `${one.name} (of ${one.parentUrn})` : one.name))
      .sort();
    const shown = (await pulumi.isSecret(what)) ? "the same resource (its name is a secret)" : description;
    // Log on the parent, because the resource itself has no URN yet.
    await warn(run, parent, advice, `${both.join(" and ")} both claim ${shown}: ${consequences[kind]}`);
  });
}

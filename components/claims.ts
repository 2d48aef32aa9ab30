/**
 * What the resources of one run claim in Google Cloud. Two that claim the same, as two instances in one program can, are told:
 * the engine takes them for two things, and the deletion of one would take it from the other without a word.
 */
import * as pulumi from "@pulumi/pulumi";
import { logWarning } from "./log.ts";
import type { RunContext } from "./run.ts";

const takenAway =
  "the first of the two to be deleted takes it from the other; leave it out of one, and if both are in the state already, take that one out of the state first (pulumi state remove)";

/** Each with what comes of two that claim it, and what to do instead. */
const kinds = {
  grant: takenAway,
  contact: `Google refuses a second one, and ${takenAway}`,
  adoptedCase: "each changes it, and closes it, as its own; leave it out of one",
  markedCase: "each may go on with the other's case, or close it; give one of the two another name",
} as const;

/** A resource, which may not be made yet. */
interface Claimant {
  readonly name: string;
  readonly parent: pulumi.Resource;
}

interface Claim {
  readonly name: string;
  readonly parentUrn: pulumi.URN;
}

/** By what is claimed. */
const noClaims = () => new Map<string, Claim>();

/**
 * Warns where another resource of this run claims the same, whatever providers the two have. What is known only later is
 * compared then.
 *
 * @param what Such as `the contact ops@example.com of projects/shop-dev`: what has the same words is the same.
 */
export function claim(
  run: RunContext,
  { name, parent }: Claimant,
  kind: keyof typeof kinds,
  what: pulumi.Output<string>,
): void {
  const claims = run.the(noClaims);
  pulumi.all([what, parent.urn]).apply(async ([words, parentUrn]) => {
    const other = claims.get(words);
    if (other === undefined) claims.set(words, { name, parentUrn });
    if (other === undefined || (other.name === name && other.parentUrn === parentUrn)) return;
    const both = [other, { name, parentUrn }]
      .map((one) => (other.name === name ? `${one.name} (of ${one.parentUrn})` : one.name))
      .sort();
    const shown = (await pulumi.isSecret(what)) ? "the same, which is a secret" : words;
    // Of the parent: that of a resource comes only once it is made.
    await logWarning(`${both.join(" and ")} both claim ${shown}: ${kinds[kind]}`, parent);
  });
}

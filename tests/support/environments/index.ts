/**
 * The four stacks as this repository ships them, whose names are those of the local cloud's seed. They are a copy: into the files of
 * the root an adopter writes other names, and `pulumi config set` what leads elsewhere.
 */
import { join } from "node:path";

export const shippedStacks = ["org", "dev", "staging", "prod"] as const;
export type ShippedStack = (typeof shippedStacks)[number];

/** Into Pulumi.yaml too an adopter writes another. */
export const shippedPlan = "enhanced";

export const shippedFile = (stack: ShippedStack) => join(import.meta.dirname, `Pulumi.${stack}.yaml`);

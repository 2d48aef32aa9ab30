/** The schema of the config's keys for fleets: the number of stacks, and the part of one stack. */
import { z } from "zod";
import { show } from "./problems.ts";
import { mapOf } from "./values.ts";

const count = (what: string, least: number, most: number) => {
  const isMeant = (input: unknown): input is string =>
    typeof input === "string" && /^[0-9]+$/.test(input) && Number(input) >= least && Number(input) <= most;
  const error = ({ input }: { readonly input?: unknown }) =>
    `${input === undefined ? "is missing" : `${show(input)} is not ${what}`}; write ${isMeant(input) ? `${input}, unquoted` : `a whole number from ${String(least)} to ${String(most)}`}`;
  return z.int({ error }).min(least, { error }).max(most, { error }).meta({ title: "whole number" });
};

/** The maximum number of stacks in a fleet. More make a backend's list too long. */
const maxShards = 1000;

export const fleet = mapOf(
  "a fleet",
  {
    shards: count("a number of shards", 1, maxShards).describe(
      "The number of stacks that the projects are divided among. To change it, see docs/how-to/fleet.md#change-the-number-of-shards.",
    ),
  },
  "{shards: 16}",
  (input) => (typeof input === "number" && Number.isInteger(input) ? `{shards: ${String(input)}}` : undefined),
).meta({ id: "fleet" });

export const shard = mapOf(
  "a shard",
  {
    number: count("the number of a shard", 0, maxShards - 1).describe("The index of this stack in the fleet, from 0."),
    of: count("a number of shards", 1, maxShards).describe("The number of stacks in the fleet."),
  },
  "{number: 0, of: 16}",
).meta({ id: "shard" });

/** Which stack of a fleet holds a project: told by the project's ID alone, so that another project moves none. */
import { createHash } from "node:crypto";

/**
 * A jump consistent hash: each shard gets the same share, and one more shard only takes from the others.
 *
 * Source: Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", https://arxiv.org/abs/1406.2294
 *
 * @param of How many shards there are.
 * @returns From 0 to one less than `of`.
 */
export function shardOf(projectId: string, of: number): number {
  return jumpHash(createHash("sha256").update(projectId).digest().readBigUInt64BE(), of);
}

/** @param key 64 bits. */
export function jumpHash(key: bigint, buckets: number): number {
  let bucket = -1;
  for (let next = 0; next < buckets;) {
    bucket = next;
    key = BigInt.asUintN(64, key * 2862933555777941757n + 1n);
    next = Math.floor((bucket + 1) * (2 ** 31 / (Number(key >> 33n) + 1)));
  }
  return bucket;
}

/** The shard of a project depends only on the project's ID, so that a new project moves no other one. */
import { createHash } from "node:crypto";

/**
 * A jump consistent hash: shards get equal shares, and a new shard only takes projects from the others.
 *
 * Source: Lamping and Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", https://arxiv.org/abs/1406.2294
 *
 * @param of The number of shards.
 * @returns A number from 0 to `of` - 1.
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

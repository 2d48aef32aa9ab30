/**
 * The keys that an error says to write. A program in TypeScript has the config's; one in another language has more, where
 * its types cannot say one thing or another under one key: ../plugin tells which.
 */
import { keysOfFleets } from "../onboarding/index.ts";
import { roleNames } from "../guide/index.ts";
import type { RoleName } from "../guide/index.ts";

type KeyOfNamed = (role: RoleName) => string;

let keyOfNamed: KeyOfNamed = (role) => role;

/** The key under which members of a role stand under names of their own. */
export const namedMembersKey: KeyOfNamed = (role) => keyOfNamed(role);

/** For ../plugin alone: from now on, the key is that one. */
export function useNamedMembersKey(other: KeyOfNamed): void {
  keyOfNamed = other;
}

/** The keys of a map of the config, as args have them. */
export function writtenKeys(keys: readonly string[]): string[] {
  return keys
    .filter((key) => !keysOfFleets.includes(key))
    .flatMap((key) => {
      const role = roleNames.find((name) => name === key);
      return role === undefined ? [key] : [...new Set([key, namedMembersKey(role)])];
    });
}

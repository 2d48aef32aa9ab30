/** What a policy grants, as far as the program is concerned: a grant under a condition is another one. */
import { normalizeMember } from "../../onboarding/index.ts";
import type { Policy } from "../../google/index.ts";

/** Those who have the role, without a condition. */
export function membersOf(policy: Policy | undefined, role: string): string[] {
  return (policy?.bindings ?? []).flatMap((binding) =>
    binding.role === role && binding.condition === undefined ? (binding.members ?? []) : [],
  );
}

export function isGranted(policy: Policy | undefined, role: string, member: string): boolean {
  return membersOf(policy, role).some((other) => normalizeMember(other) === normalizeMember(member));
}

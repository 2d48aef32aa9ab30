/** Grants that an organization policy refuses, or may refuse, and those that do not fit into the IAM policy. */
import { resourceFlag } from "../../shell.ts";
import type { Finding } from "../finding.ts";
import { refusalsHere } from "../readings.ts";
import type { Readings } from "../readings.ts";

export function memberFindings(readings: Readings): Finding[] {
  return readings.google.places.flatMap((at) => {
    const { resource } = at.place;
    return refusalsHere(at, readings).flatMap((refusal): Finding[] => {
      if (refusal.kind === "member-restricted") {
        const { constraint, level } = refusal;
        const names = refusal.members.join(", ");
        return [
          {
            id: "member-restricted",
            level,
            where: resource,
            what:
              level === "error"
                ? `The policy ${constraint} does not allow grants to ${names}. An Organization Policy Administrator must allow them, or the config must leave them out.`
                : `The policy ${constraint} only allows grants to members of certain organizations, and the caller cannot see whether ${names} belongs to one. If not, pulumi up fails.`,
            remedy: `gcloud org-policies describe ${constraint} --effective ${resourceFlag(resource)}`,
          },
        ];
      }
      if (refusal.kind !== "policy-full") return [];
      const { what, count, most, added, level } = refusal;
      return [
        {
          id: "policy-full",
          level,
          where: resource,
          what: `With ${String(added)} more, the policy has ${String(count)} ${what}, and Google allows ${String(most)}. A member with several roles counts several times.`,
          remedy:
            what === "groups"
              ? "grant the roles to fewer groups"
              : "grant the roles to groups instead of their members",
        },
      ];
    });
  });
}

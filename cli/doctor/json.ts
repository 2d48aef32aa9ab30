/** The examination for another program. docs/doctor.md tells its shape. */
import type { Examination } from "./examine.ts";

export function jsonOf({ stack, project, caller, findings }: Examination) {
  return {
    version: 1,
    stack,
    project,
    caller: caller?.principal ?? null,
    quotaProject: caller?.quotaProject ?? null,
    findings: findings.map(({ id, level, where, what, remedy }) => ({ id, level, where, what, remedy })),
  };
}

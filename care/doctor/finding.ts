/** A finding: a problem that blocks `pulumi up`, or that its caller should know first. */

import type { FindingId } from "../../onboarding/index.ts";

/** `error`: `pulumi up` fails; `warning`: it works, or may work, but something is wrong; `note`: nothing is wrong. */
export const findingLevels = ["error", "warning", "note"] as const;

export type FindingLevel = (typeof findingLevels)[number];

export interface Finding {
  readonly id: FindingId;
  readonly level: FindingLevel;
  /** `organizations/NUMBER`, `folders/NUMBER`, `projects/ID`, the name of a case, the config's key, a tool or the stack. */
  readonly where: string;
  /** In sentences. */
  readonly what: string;
  /** A command, a link, or a sentence with the fix. */
  readonly remedy: string;
  /** What the command is for, if `pulumi up` works without it. */
  readonly purpose?: string;
  /** The reason in the config, if it acknowledges the warning or note. */
  readonly acknowledged?: string;
}

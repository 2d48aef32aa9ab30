/** What the doctor says: one thing that stands in the way of `pulumi up`, or that its caller must know before. */

import type { FindingId } from "../../onboarding/index.ts";

/** `error`: `pulumi up` fails; `warning`: it works, or may, and something is wrong; `information`: good to know. */
export const findingLevels = ["error", "warning", "information"] as const;

export type FindingLevel = (typeof findingLevels)[number];

export interface Finding {
  readonly id: FindingId;
  readonly level: FindingLevel;
  /** `organizations/NUMBER`, `folders/NUMBER`, `projects/ID`, or the config's key. */
  readonly where: string;
  /** One sentence. */
  readonly what: string;
  /** A command, a link, or a sentence that says what to do. */
  readonly remedy: string;
  /** The reason in the config by which a warning or a note is acknowledged. */
  readonly acknowledged?: string;
}

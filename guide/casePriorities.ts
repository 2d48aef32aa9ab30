/**
 * Case priorities that a customer may choose (guide row G4). The API's enum also has P0, which customers are not
 * offered.
 *
 * Sources: https://cloud.google.com/terms/tssg section 3.3; google.cloud.support.v2.Case.Priority
 */
export const casePriorities = {
  P1: { displayName: "P1: critical impact, service unusable in production" },
  P2: { displayName: "P2: high impact, service use severely impaired" },
  P3: { displayName: "P3: medium impact, service use partially impaired" },
  P4: { displayName: "P4: low impact, service fully usable" },
} as const;

export type CasePriority = keyof typeof casePriorities;

export const casePriorityNames = Object.keys(casePriorities) as CasePriority[];

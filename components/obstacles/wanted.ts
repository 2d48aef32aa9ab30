/** What an update would create at a place, as far as it is known before it runs. */
import type { Level, ResourceName } from "../../guide/index.ts";

export interface WantedCase {
  readonly adopt?: string | undefined;
  readonly escalation?: unknown;
}

export interface Wanted {
  readonly level: Level;
  readonly resource: ResourceName;
  readonly services: readonly string[];
  readonly grants: readonly WantedGrant[];
  readonly contacts: readonly { readonly email: string }[];
  /** The test case, where it is made for this place. */
  readonly testCase?: WantedCase | undefined;
  /** What each project below it takes, where those are looked up. */
  readonly everyProject?: unknown;
}

export interface WantedGrant {
  readonly role: string;
  readonly member: string;
}

/** Whether an update would create anything there. */
export function isAnything({ services, grants, contacts, testCase }: Wanted): boolean {
  return services.length + grants.length + contacts.length > 0 || testCase !== undefined;
}

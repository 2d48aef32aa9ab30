/** The permissions that a part of the config needs, and the role that contains them. */
import type { RolePermissions } from "../../guide/index.ts";

export interface Need extends RolePermissions {
  /** What the permissions are for, as shown to the user. */
  readonly purpose: string;
  /** The permissions that only later updates or a destroy need. */
  readonly later?: readonly string[];
  /** The part of the config that needs the permissions. */
  readonly part: Part;
}

export type Part = "services" | "grants" | "contacts" | "alerts" | "case" | "topic" | "subscription" | "listing";

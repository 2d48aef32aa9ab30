import { roles } from "../guide/index.ts";

/** The services whose roles the guide grants: `roles/cloudsupport.` and `roles/essentialcontacts.`. */
const prefixes = new Set(Object.values(roles).map(({ role }) => role.slice(0, role.indexOf(".") + 1)));

/** Whether it is a role for support or contacts, be it one that the guide grants or another of the same service. */
export function isSupportRole(role: unknown): role is string {
  return typeof role === "string" && [...prefixes].some((prefix) => role.startsWith(prefix));
}

/** The resources of the gcp provider that grant roles at an organization, a folder or a project. */
import { grantModuleOf, grantTypeOf } from "../components/internal.ts";
import type { GrantType } from "../components/internal.ts";
import { roles } from "../guide/index.ts";
import { known } from "./resource.ts";
import type { Resource } from "./resource.ts";

export interface IamResource extends Pick<GrantType, "kind" | "level"> {
  /** Such as `projects/shop-dev`. Absent as long as it is unknown. */
  readonly place: string | undefined;
}

/** What the resource is if it is one of them, else nothing. */
export function iamResource({ type, props }: Resource): IamResource | undefined {
  const granting = grantTypeOf(type);
  if (granting === undefined) return undefined;
  const { kind, level, property } = granting;
  const id = known(() => props[property]);
  return {
    kind,
    level,
    // A folder may be written with or without what it is before its number.
    place: typeof id === "string" ? `${level}s/${id.replace(/^[a-z]+\//, "")}` : undefined,
  };
}

/** The resource's place, for a message. */
export function placeIn({ level, place }: IamResource): string {
  return place ?? `its ${level}`;
}

/** The resource of the same level that takes no grant away, such as `gcp.projects.IAMMember`. */
export function additiveKind({ level }: IamResource): string {
  return `gcp.${grantModuleOf(level)}.IAMMember`;
}

/** The services whose roles the guide grants: `roles/cloudsupport.` and `roles/essentialcontacts.`. */
const prefixes = new Set(Object.values(roles).map(({ role }) => role.slice(0, role.indexOf(".") + 1)));

/** Whether it is a role for support or contacts, be it one that the guide grants or another of the same service. */
export function isSupportRole(role: unknown): role is string {
  return typeof role === "string" && [...prefixes].some((prefix) => role.startsWith(prefix));
}

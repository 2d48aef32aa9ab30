/** The gcp provider's resources that grant roles on an organization, a folder or a project. */
import { grantModuleOf, grantTypeOf } from "../components/internal.ts";
import type { GrantType } from "../components/internal.ts";
import { roles } from "../guide/index.ts";
import { known } from "./resource.ts";
import type { Resource } from "./resource.ts";

export interface IamResource extends Pick<GrantType, "kind" | "level"> {
  /** Such as `projects/shop-dev`; undefined if it is not known yet. */
  readonly place: string | undefined;
}

/** Undefined for other types of resources. */
export function iamResource({ type, props }: Resource): IamResource | undefined {
  const granting = grantTypeOf(type);
  if (granting === undefined) return undefined;
  const { kind, level, property } = granting;
  const id = known(() => props[property]);
  return {
    kind,
    level,
    // A folder can be `folders/NUMBER` or only its number.
    place: typeof id === "string" ? `${level}s/${id.replace(/^[a-z]+\//, "")}` : undefined,
  };
}

/** The resource's place, for a message. */
export function placeIn({ level, place }: IamResource): string {
  return place ?? `its ${level}`;
}

/** The additive resource of the same level, such as `gcp.projects.IAMMember`. */
export function additiveKind({ level }: IamResource): string {
  return `gcp.${grantModuleOf(level)}.IAMMember`;
}

/** The services whose roles the guide grants: `roles/cloudsupport.` and `roles/essentialcontacts.`. */
const prefixes = new Set(Object.values(roles).map(({ role }) => role.slice(0, role.indexOf(".") + 1)));

/** Whether it is a support or contact role, from the guide or from the same service. */
export function isSupportRole(role: unknown): role is string {
  return typeof role === "string" && [...prefixes].some((prefix) => role.startsWith(prefix));
}

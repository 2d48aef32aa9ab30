/** The resources of the gcp provider that grant roles at an organization, a folder or a project. */
import type { Level } from "../guide/index.ts";
import { known } from "./known.ts";
import type { Resource } from "./resource.ts";

export interface IamResource {
  /** Whether it grants to one member, sets all members of a role, or sets all roles. */
  readonly kind: "Member" | "Binding" | "Policy";
  readonly level: Level;
  /** Such as `projects/shop-dev`. Absent as long as it is unknown. */
  readonly place: string | undefined;
}

const modules = {
  organizations: { level: "organization", property: "orgId" },
  folder: { level: "folder", property: "folder" },
  projects: { level: "project", property: "project" },
} as const;

const token = /^gcp:(organizations|folder|projects)\/iAM(Member|Binding|Policy):IAM\2$/;

/** What the resource is if it is one of them, else nothing. */
export function iamResource({ type, props }: Resource): IamResource | undefined {
  const [, module, kind] = token.exec(type) ?? [];
  if (module === undefined) return undefined;
  const { level, property } = modules[module as keyof typeof modules];
  const id = known(() => props[property]);
  return {
    kind: kind as IamResource["kind"],
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
  const [module] = Object.entries(modules).find(([, one]) => one.level === level) ?? [];
  return `gcp.${module ?? ""}.IAMMember`;
}

/**
 * The types of the gcp provider's resources that the program makes, and those that grant roles at an organization, a folder or a
 * project, as states and previews have them.
 *
 * Source: https://www.pulumi.com/registry/packages/gcp/ (essentialcontacts.Contact, projects.Service; organizations, folder and
 * projects: IAMMember, IAMBinding, IAMPolicy)
 */
import type { Level } from "../guide/index.ts";

export const contactType = "gcp:essentialcontacts/contact:Contact";

export const serviceType = "gcp:projects/service:Service";

export interface GrantType {
  /** Whether it grants to one member, sets all members of a role, or sets all roles. */
  readonly kind: "Member" | "Binding" | "Policy";
  readonly level: Level;
  /** The property that says where. */
  readonly property: string;
}

const grantModules = {
  organizations: { level: "organization", property: "orgId" },
  folder: { level: "folder", property: "folder" },
  projects: { level: "project", property: "project" },
} as const;

/** The provider's module for a level, such as `projects`. */
export function grantModuleOf(level: Level): string {
  const [module = ""] = Object.entries(grantModules).find(([, one]) => one.level === level) ?? [];
  return module;
}

const token = /^gcp:(organizations|folder|projects)\/iAM(Member|Binding|Policy):IAM\2$/;

/** Nothing of any other type. */
export function grantTypeOf(type: string): GrantType | undefined {
  const [, module, kind] = token.exec(type) ?? [];
  if (module === undefined) return undefined;
  return { kind: kind as GrantType["kind"], ...grantModules[module as keyof typeof grantModules] };
}

/** A place in the resource hierarchy that a component works on: an organization, a folder or a project. */
import * as pulumi from "@pulumi/pulumi";
import type { Level } from "../guide/index.ts";
import { checkedId, known } from "../onboarding/index.ts";
import type { ScopeArgs } from "../onboarding/index.ts";

export interface Scope {
  readonly level: Level;
  readonly id: pulumi.Output<string>;
  /** `organizations/NUMBER`, `folders/NUMBER` or `projects/ID`. */
  readonly resourceName: pulumi.Output<string>;
}

/** The options of a resource below a component. */
export type ChildOptions = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** The args of a component but those that say where. */
export function withoutScope<Args extends ScopeArgs>(args: Args): Omit<Args, keyof ScopeArgs> {
  const { organizationId: _organizationId, folderId: _folderId, projectId: _projectId, ...rest } = args;
  return rest;
}

export function scopeOf(component: string, args: ScopeArgs | undefined): Scope {
  const { organizationId, folderId, projectId } = known(args);
  const given = (
    [
      ["organization", organizationId],
      ["folder", folderId],
      ["project", projectId],
    ] as const
  ).flatMap(([level, id]) => (id === undefined ? [] : [{ level, id }]));
  const [only] = given;
  if (only === undefined || given.length > 1)
    throw new pulumi.RunError(
      `${component}: ${only === undefined ? "none is" : `${given.map(({ level }) => `${level}Id`).join(" and ")} are`} set; write one of organizationId, folderId and projectId`,
    );
  return scopeAt(only.level, checkedId(component, `${only.level}Id`, only.id));
}

export function scopeAt(level: Level, id: pulumi.Input<string>): Scope {
  return { level, id: pulumi.output(id), resourceName: pulumi.interpolate`${level}s/${id}` };
}

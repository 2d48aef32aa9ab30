import { normalizeMember } from "./member.ts";
import { isProperties, textOf } from "./values.ts";

import type { Properties, Value } from "./values.ts";

/** The policy version that supports conditions. */
export const conditionalVersion = 3;

/** The condition of a binding; the empty one for none. */
export interface Condition {
  title: string;
  description: string;
  expression: string;
}

/** The members of a role, with a condition. */
export interface Binding {
  role: string;
  members: string[];
  condition: Condition;
}

/** The parts of an IAM policy that this provider writes back. */
export interface Policy {
  bindings: Binding[];
  etag: string;
  version: number;
  auditConfigs: Value[];
}

/** Whether a condition is empty. */
export function isEmpty({ title, description, expression }: Condition): boolean {
  return title === "" && description === "" && expression === "";
}

/** Whether two conditions are the same. */
export function sameCondition(a: Condition, b: Condition): boolean {
  return a.title === b.title && a.description === b.description && a.expression === b.expression;
}

/** A condition as a suffix of a resource's ID. */
export function conditionId({ title, description, expression }: Condition): string {
  return `${title}/${description}/${expression}`;
}

/** Reads the condition of a binding or of a resource. */
export function readCondition(value: Value | undefined): Condition {
  const given = isProperties(value) ? value : {};
  const { title, description, expression } = given;
  return { title: textOf(title), description: textOf(description), expression: textOf(expression) };
}

/** Reads a policy from the API's reply. */
export function readPolicy(reply: Properties): Policy {
  const { bindings, etag, version, auditConfigs } = reply;
  return {
    bindings: (Array.isArray(bindings) ? bindings : []).filter(isProperties).map((binding) => ({
      role: textOf(binding["role"]),
      members: Array.isArray(binding["members"]) ? binding["members"].map(String) : [],
      condition: readCondition(binding["condition"]),
    })),
    etag: textOf(etag),
    version: typeof version === "number" ? version : 0,
    auditConfigs: Array.isArray(auditConfigs) ? auditConfigs : [],
  };
}

/** Writes a policy like Google's Go client: without empty values. */
export function writePolicy({ bindings, etag, version, auditConfigs }: Policy): Properties {
  return {
    ...(auditConfigs.length > 0 ? { auditConfigs } : {}),
    ...(bindings.length > 0 ? { bindings: bindings.map(writeBinding) } : {}),
    ...(etag === "" ? {} : { etag }),
    ...(version === 0 ? {} : { version }),
  };
}

/** Adds a binding's members to a policy. */
export function addBinding(policy: Policy, added: Binding): void {
  policy.bindings = mergeBindings([...policy.bindings, added]);
  policy.version = conditionalVersion;
}

/** Removes a binding's members from a policy. */
export function removeBinding(policy: Policy, removed: Binding): void {
  const members = new Set(removed.members.map(normalizeMember));
  policy.bindings = mergeBindings(policy.bindings)
    .map((binding) =>
      isSameGrant(binding, removed)
        ? { ...binding, members: binding.members.filter((member) => !members.has(member)) }
        : binding,
    )
    .filter((binding) => binding.members.length > 0);
}

/** One binding for each role and condition, sorted, with sorted and normalized members. */
function mergeBindings(bindings: Binding[]): Binding[] {
  const merged = new Map<string, Binding>();
  for (const { role, condition, members } of bindings) {
    const key = JSON.stringify([role, condition.title, condition.description, condition.expression]);
    const all = [...(merged.get(key)?.members ?? []), ...members.map(normalizeMember)];
    if (all.length > 0) merged.set(key, { role, condition, members: [...new Set(all)].sort() });
  }
  const order = ({ role, condition }: Binding): string => role + conditionId(condition);
  return [...merged.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function isSameGrant(a: Binding, b: Binding): boolean {
  return a.role === b.role && sameCondition(a.condition, b.condition);
}

function writeBinding({ role, members, condition }: Binding): Properties {
  const { title, description, expression } = condition;
  const written: Properties = {};
  if (!isEmpty(condition)) {
    written["condition"] = {
      ...(description === "" ? {} : { description }),
      ...(expression === "" ? {} : { expression }),
      ...(title === "" ? {} : { title }),
    };
  }
  return { ...written, members, role };
}

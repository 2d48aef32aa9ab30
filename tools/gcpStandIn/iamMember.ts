import { goneOrThrow } from "./errors.ts";
import { addBinding, conditionId, isEmpty, readCondition, removeBinding, sameCondition } from "./iamPolicy.ts";
import { normalizeMember, sameMember, validateMember } from "./member.ts";
import { PolicyUpdater } from "./policyUpdater.ts";
import { textOf } from "./values.ts";

import type { Binding, Condition, Policy } from "./iamPolicy.ts";
import type { IamTarget } from "./iamTarget.ts";
import type { Provider } from "./provider.ts";
import type { ResourceType, State } from "./resourceType.ts";
import type { Fields } from "./schema.ts";
import type { Properties } from "./values.ts";

const conditionFields: Fields = {
  expression: { attribute: "expression", type: "string", required: true, forceNew: true },
  title: { attribute: "title", type: "string", required: true, forceNew: true },
  description: { attribute: "description", type: "string", optional: true, forceNew: true },
};

/** An `IAMMember`: grants one role on a resource to one member, without changes to other members. */
export function iamMember(target: IamTarget): ResourceType {
  const updater = (provider: Provider, values: Properties): PolicyUpdater =>
    new PolicyUpdater(provider, target, values);
  return {
    fields: {
      ...target.fields,
      role: { attribute: "role", type: "string", required: true, forceNew: true },
      member: {
        attribute: "member",
        type: "string",
        required: true,
        forceNew: true,
        suppress: sameMember,
        validate: validateMember,
      },
      condition: { attribute: "condition", type: "block", optional: true, forceNew: true, fields: conditionFields },
      etag: { attribute: "etag", type: "string", computed: true },
    },
    create: async (provider, planned) => {
      const policy = updater(provider, planned);
      const grant = readGrant(planned);
      const words = `Create IAM Members ${grant.role} ${grant.member} for ${policy.description}`;
      await policy.change((p) => addBinding(p, bindingOf(grant)), words);
      return { id: idOf(policy, grant), values: { ...planned, ...policy.named } };
    },
    read: (provider, state) => read(updater(provider, state.values), state),
    delete: async (provider, { values }) => {
      const policy = updater(provider, values);
      const grant = readGrant(values);
      const words = `Delete IAM Members ${grant.role} ${grant.member} for ${JSON.stringify(policy.description)}`;
      try {
        await policy.change((p) => removeBinding(p, bindingOf(grant)), words);
      } catch (error) {
        // The real plugin's message also swaps the role and the member.
        const who = `role ${JSON.stringify(grant.member)}, ${JSON.stringify(grant.role)}`;
        goneOrThrow(error, `Resource ${policy.id} for IAM Member (${who})`);
        return;
      }
      await read(policy, { id: "", values });
    },
    import: (provider, id) => readImport(provider, target, id),
  };
}

interface Grant {
  role: string;
  member: string;
  condition: Condition;
}

function readGrant({ role, member, condition }: Properties): Grant {
  return { role: textOf(role), member: textOf(member), condition: readCondition(condition) };
}

function bindingOf({ role, member, condition }: Grant): Binding {
  return { role, members: [member], condition };
}

function idOf(policy: PolicyUpdater, { role, member, condition }: Grant): string {
  const id = `${policy.id}/${role}/${normalizeMember(member)}`;
  return isEmpty(condition) ? id : `${id}/${conditionId(condition)}`;
}

async function read(updater: PolicyUpdater, { id, values }: State): Promise<State | undefined> {
  const grant = readGrant(values);
  let policy: Policy;
  try {
    policy = await updater.read();
  } catch (error) {
    const who = `Role ${JSON.stringify(grant.role)} Member ${JSON.stringify(grant.member)}`;
    return goneOrThrow(error, `Resource ${JSON.stringify(updater.description)} with IAM Member: ${who}`);
  }
  const binding = policy.bindings.find((b) => b.role === grant.role && sameCondition(b.condition, grant.condition));
  const member = binding?.members.findLast((m) => m.toLowerCase() === grant.member.toLowerCase());
  if (!binding || member === undefined) return undefined;
  const { condition } = binding;
  return {
    id,
    values: {
      ...values,
      ...updater.named,
      etag: policy.etag,
      member,
      role: binding.role,
      condition: isEmpty(condition) ? null : { ...condition },
    },
  };
}

/** Parses an import ID: the resource, the role, the member and optionally the condition's title, separated by spaces. */
async function readImport(provider: Provider, target: IamTarget, id: string): Promise<State | undefined> {
  const [part, role, given, ...title] = id.split(/\s+/).filter((word) => word !== "");
  if (part === undefined || role === undefined || given === undefined) return undefined;
  const named = target.import(part, provider);
  const member = normalizeMember(given);
  const updater = new PolicyUpdater(provider, target, named);
  const policy = await updater.read();
  const matching = policy.bindings.filter(
    (b) =>
      b.role === role &&
      b.condition.title === title.join(" ") &&
      b.members.some((m) => m.toLowerCase() === member.toLowerCase()),
  );
  const [binding] = matching;
  if (!binding || matching.length > 1) return undefined;
  const { condition } = binding;
  return {
    id: idOf(updater, { role, member, condition }),
    values: { ...named, role, member, condition: isEmpty(condition) ? null : { ...condition } },
  };
}

/**
 * IAM policies: google.iam.v1.Policy as getIamPolicy and setIamPolicy read and write it.
 *
 * Sources: https://cloud.google.com/iam/docs/policies, google/iam/v1/{policy,iam_policy}.proto.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { checkBindings, normalizeMember } from "./bindingChecks.ts";
import { ApiError, concurrentPolicyChanges, invalidArgument } from "./errors.ts";
import { conditionMark } from "./knownRoles.ts";
import { parseMessage } from "./message.ts";
import { updateMask } from "./fieldMask.ts";
import { checkMembers } from "./memberConstraints.ts";
import { nextNumber } from "./state.ts";
import type { Binding, Condition, Policy, Resource, State } from "./state.ts";

/** The etag of a policy that was never set. */
const initialEtag = "ACAB";

/** A policy in a request or in the seed. */
export interface PolicyInput {
  readonly bindings: readonly Binding[];
  readonly auditConfigs?: readonly unknown[];
}

export const bindingSchema = z.strictObject({
  role: z.string(),
  members: z.array(z.string()).default([]),
  condition: z
    .strictObject({
      expression: z.string(),
      title: z.string().optional(),
      description: z.string().optional(),
      location: z.string().optional(),
    })
    .optional(),
});

const setRequest = z.object({
  policy: z
    .object({
      version: z.number().int().default(0),
      bindings: z.array(bindingSchema).default([]),
      etag: z.string().default(""),
      auditConfigs: z.array(z.unknown()).default([]),
    })
    .prefault({}),
  updateMask: z.string().default(""),
});

const getRequest = z.object({
  options: z.object({ requestedPolicyVersion: z.number().int().default(0) }).prefault({}),
});

/** A policy from the seed, whose grants are in effect. */
export function seedPolicy(input: PolicyInput): Policy {
  const policy: Policy = { etag: initialEtag, bindings: [], auditConfigs: [], grantTimes: new Map() };
  if (input.bindings.length > 0) write(policy, input, 0, 0);
  return policy;
}

/** The key of one grant in `grantTimes`. */
export function grantKey(role: string, member: string, condition: Condition | undefined): string {
  return `${role} ${member}${condition === undefined ? "" : ` ${JSON.stringify(condition)}`}`;
}

/** Implements getIamPolicy. */
export function getIamPolicy(policy: Policy, body: unknown): object {
  const { options } = parseMessage(getRequest, body);
  const version = options.requestedPolicyVersion;
  if (version !== 0 && version !== 1 && version !== 3)
    throw invalidArgument("options.requested_policy_version", "must be 0, 1 or 3");
  return policyMessage(policy, version);
}

/** Implements setIamPolicy: checks and writes the policy, and returns it. */
export function setIamPolicy(state: State, resource: Resource, body: unknown, now: number): object {
  const { policy: requested, updateMask: mask } = parseMessage(setRequest, body);
  const paths = mask === "" ? ["bindings", "etag"] : updateMask(mask, ["bindings", "etag", "auditConfigs", "version"]);
  const { policy } = resource;
  checkVersion(requested.version, requested.bindings);
  if (requested.etag !== "") checkUnchanged(requested, policy);
  checkBindings(state, resource, requested.bindings);
  if (paths.includes("bindings")) checkMembers(state, resource, addedMembers(policy, requested.bindings));

  write(
    policy,
    {
      bindings: paths.includes("bindings") ? requested.bindings : policy.bindings,
      auditConfigs: paths.includes("auditConfigs") ? requested.auditConfigs : policy.auditConfigs,
    },
    now,
    nextNumber(state, "policies"),
  );
  return policyMessage(policy, 3);
}

/**
 * The checks for a write with an etag. A write without one overwrites the policy, also its conditions (google/iam/v1/policy.proto).
 * Google's message: vault-plugin-secrets-gcp#88.
 */
function checkUnchanged(requested: { readonly etag: string; readonly version: number }, policy: Policy): void {
  if (requested.etag !== policy.etag) throw concurrentPolicyChanges(requested.etag, policy.etag);
  if (requested.version < 3 && isConditional(policy))
    throw new ApiError(
      "INVALID_ARGUMENT",
      `Specified policy version (${requested.version}) cannot be less than the existing policy version (3). For more information, please refer to https://cloud.google.com/iam/docs/policies#versions`,
    );
}

function isConditional({ bindings }: Policy): boolean {
  return bindings.some(({ condition }) => condition !== undefined);
}

/** The members that get a new role. */
function addedMembers({ grantTimes }: Policy, bindings: readonly Binding[]): string[] {
  return bindings.flatMap(({ role, members, condition }) =>
    members.map(normalizeMember).filter((member) => !grantTimes.has(grantKey(role, member, condition))),
  );
}

function write(policy: Policy, input: PolicyInput, now: number, sequence: number): void {
  const bindings = normalize(input.bindings);
  const grants = bindings.flatMap(({ role, members, condition }) =>
    members.map((member) => grantKey(role, member, condition)),
  );
  policy.grantTimes = new Map(grants.map((key) => [key, policy.grantTimes.get(key) ?? now]));
  policy.bindings = bindings;
  policy.auditConfigs = [...(input.auditConfigs ?? [])];
  policy.etag = etag(sequence, bindings);
}

/** Twelve base64 characters that differ for each write, like Google's. */
function etag(sequence: number, bindings: readonly Binding[]): string {
  const digest = createHash("sha256")
    .update(`${sequence} ${JSON.stringify(bindings)}`)
    .digest();
  return Buffer.concat([Buffer.from([7]), digest.subarray(0, 8)]).toString("base64");
}

/** One non-empty binding for each role and condition, with sorted, distinct members and addresses in lower case. */
function normalize(bindings: readonly Binding[]): Binding[] {
  const merged = new Map<string, Binding>();
  for (const { role, members, condition } of bindings) {
    const key = grantKey(role, "", condition);
    const binding = merged.get(key) ?? { role, members: [], ...(condition === undefined ? {} : { condition }) };
    binding.members = [...new Set([...binding.members, ...members.map(normalizeMember)])].sort();
    merged.set(key, binding);
  }
  return [...merged.entries()]
    .filter(([, { members }]) => members.length > 0)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, binding]) => binding);
}

function policyMessage(policy: Policy, requestedVersion: number): object {
  const version = policy.bindings.length === 0 ? 0 : isConditional(policy) && requestedVersion === 3 ? 3 : 1;
  return {
    version,
    bindings: version === 3 ? policy.bindings : policy.bindings.map(withoutCondition),
    auditConfigs: policy.auditConfigs,
    etag: policy.etag,
  };
}

/** A conditional binding in a policy of version 1: without the condition, and with a marked role name. */
function withoutCondition({ role, members, condition }: Binding): Binding {
  if (condition === undefined) return { role, members };
  const hash = createHash("sha256").update(JSON.stringify(condition)).digest("hex").slice(0, 20);
  return { role: `${role}${conditionMark}${hash}`, members };
}

function checkVersion(version: number, bindings: readonly Binding[]): void {
  if (![0, 1, 3].includes(version)) throw invalidArgument("policy.version", "must be 0, 1 or 3");
  if (version !== 3 && bindings.some(({ condition }) => condition !== undefined))
    throw invalidArgument("policy.version", "conditional role bindings need version 3");
}

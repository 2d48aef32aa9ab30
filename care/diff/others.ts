/** Resources outside of the guide, such as the rest of a landing zone: listed by type and name, without a sentence. */
import { serviceType } from "../../components/internal.ts";
import { privilegeOf } from "../../guide/index.ts";
import { kindsOf, withOrigin } from "./change.ts";
import type { Change } from "./change.ts";
import { grantOf } from "./grants.ts";
import type { ChangeKindName } from "./kinds.ts";
import { externalKinds, hasDomain, anyLeaves, memberLeaves } from "./organization.ts";
import type { Domains } from "./organization.ts";
import { code, listed, own, compose } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import type { Step } from "./preview.ts";
import { addsOwnLabel, becomes, labelled, propertyChanges, unexplained, withUnknown } from "./properties.ts";
import { unlistedServiceChanges } from "./services.ts";
import { valueOf } from "./values.ts";

const words: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  import: "imported",
};

/**
 * @param steps The steps of no other group.
 * @param domains The domains that may be the organization's.
 */
export function otherChanges(steps: readonly Step[], domains: Domains): Change[] {
  const providers = steps.filter(isProviderChange).map(providerChange);
  const together = Map.groupBy(steps.filter(isCloudResource), (step) =>
    isShownAlone(step)
      ? step
      : JSON.stringify([step.type, step.op, step.isPendingDeletion, kindsOfOther(step, domains)]),
  );
  const named = [...together.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const sorted = [...same].sort((one, other) => (one.urn < other.urn ? -1 : 1));
    const counted = `${String(same.length)} ${words[first.op] ?? "changed"}`;
    const names = listed(sorted.map(({ name }) => code(name)));
    return [
      {
        group: "other" as const,
        operation: first.op,
        ...kindsOfOther(first, domains),
        place: undefined,
        urns: sorted.map(({ urn }) => urn),
        sentence: withOrigin(
          compose`${code(first.type)}: ${own(counted)}: ${names}${isShownAlone(first) ? details(first) : []}.`,
          first,
        ),
      },
    ];
  });
  return [...providers, ...named];
}

/** The type identifies a grant and a service in any program. */
function isUnderstood(step: Step): boolean {
  if (step.op === "update" && propertyChanges(step).length === 0) return addsOwnLabel(step);
  if (step.type === serviceType) return unlistedServiceChanges(step).length === 0;
  return grantOf(step, step.after ?? step.before) !== undefined;
}

/** Whether its properties are shown. */
function isShownAlone(step: Step): boolean {
  return (
    ["update", "replace"].includes(step.op) || (!isUnderstood(step) && (step.type === serviceType || givesAccess(step)))
  );
}

function details(step: Step): Phrase {
  const changes = propertyChanges(step);
  const access = !isUnderstood(step) && givesAccess(step) ? own(", which may change who has access") : [];
  const how =
    changes.length === 0
      ? step.op === "update"
        ? compose` ${addsOwnLabel(step) ? labelled : unexplained}`
        : []
      : compose` (${listed(changes.map(becomes))})`;
  return [...how, ...access];
}

function kindsOfOther(step: Step, domains: Domains): Record<"kinds" | "perhaps", ChangeKindName[]> {
  const kinds = kindsOf(step);
  if (isUnderstood(step)) return { kinds, perhaps: [] };
  if (step.op === "delete") return { kinds: withUnknown(kinds), perhaps: [] };
  const texts = [...textsIn(step.after?.inputs)];
  const members = texts.filter(isMember).map(({ text }) => text);
  // An import adds nobody.
  const external = externalKinds(
    step.op === "import" ? "no" : anyLeaves(members.map((member) => memberLeaves(member, domains))),
  );
  const isPrivileged = texts.some(({ key, text }) => isRole.test(key) && privilegeOf(text) !== undefined);
  const found: ChangeKindName[] = [
    ...external.kinds,
    ...(isPrivileged ? (["privileged-grant"] as const) : []),
    ...kinds,
  ];
  return { kinds: withUnknown(found), perhaps: external.perhaps };
}

/**
 * A type that gives or removes access, by its name in any package: grants, members of groups, access lists, roles,
 * organization and deny policies, keys, and pools of identities.
 */
const accessType =
  /iam|acl|access|member|polic|role|grant|permission|binding|auth|identit|credential|token|secret|key|pool|collaborator|perimeter|defaultServiceAccount/i;

/** A property that names who gets something, or what. */
const accessProperty = /^(members?|entity|entities|principals?|roles?|bindings|policyData|permissions|access(es)?)$/i;

const isRole = /^roles?$/i;

function givesAccess({ type, before, after }: Step): boolean {
  const [, ...name] = type.split(":");
  const properties = Object.keys({ ...before?.inputs, ...after?.inputs });
  return accessType.test(name.join(":")) || properties.some((property) => accessProperty.test(property));
}

interface Text {
  /** The property that contains it. */
  readonly key: string;
  readonly text: string;
}

/** Each text in a value, also within a JSON document such as a policy. */
function* textsIn(value: unknown, key = ""): Generator<Text> {
  if (typeof value === "string") {
    const inner = /^\s*[[{]/.test(value) ? parsed(value) : undefined;
    if (inner !== undefined) yield* textsIn(inner, key);
    else if (valueOf(value).kind === "known") yield { key, text: value };
  } else if (Array.isArray(value)) for (const element of value) yield* textsIn(element, key);
  else if (typeof value === "object" && value !== null)
    for (const [name, child] of Object.entries(value)) yield* textsIn(child, name === "id" ? key : name);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A member of a domain in IAM's form, or an address in a property for addresses. */
function isMember({ key, text }: Text): boolean {
  return (
    hasDomain(text) || (/member|entity|principal|email|user|group|owner|domain/i.test(key) && isAddress.test(text))
  );
}

const isAddress = /^[^\s@]+@[^\s@]+$/;

/** Components and providers do not exist in the cloud. */
function isCloudResource({ custom, type }: Step): boolean {
  return custom && !type.startsWith("pulumi:providers:");
}

/** A provider does not exist in the cloud, but its config decides on the credentials and the project for its resources. */
function isProviderChange(step: Step): boolean {
  if (!step.type.startsWith("pulumi:providers:")) return false;
  return ["update", "replace"].includes(step.op) || (step.op === "create" && configOf(step).length > 0);
}

function configOf(step: Step) {
  return propertyChanges(step).filter(({ name }) => name !== "version");
}

function providerChange(step: Step): Change {
  const changes = configOf(step);
  const how = changes.length === 0 ? own("its version") : listed(changes.map(becomes));
  return {
    group: "other",
    operation: step.op,
    kinds: changes.length === 0 ? [] : withUnknown([]),
    place: undefined,
    urns: [step.urn],
    sentence: compose`The provider ${code(step.name)} ${own(step.op === "create" ? "is created" : "changes")}: ${how}.`,
  };
}

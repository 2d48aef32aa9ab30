/** What the guide does not speak of, such as the rest of a landing zone: counted by type, without words of its own. */
import { kindsOf } from "./change.ts";
import type { Change } from "./change.ts";
import type { ChangeKindName } from "./kinds.ts";
import { code, listed, own, say } from "./phrases.ts";
import type { Step } from "./preview.ts";
import { becomes, propertyChanges, withUnknown } from "./properties.ts";

const words: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  import: "imported",
};

/**
 * Resources by which someone gets or loses access in a way that no sentence describes: custom roles, deny policies, keys of
 * service accounts, privileged access, and `IamMemberRemove`.
 */
const accessType =
  /^gcp:(iam|privilegedaccessmanager)\/|^gcp:serviceaccount\/key:|^gcp:\w+\/(iamMemberRemove|iAMCustomRole):/i;

/** @param steps Those that no other group took. */
export function otherChanges(steps: readonly Step[]): Change[] {
  const providers = steps.filter(isProviderChange).map(providerChange);
  const together = Map.groupBy(steps.filter(isThing), (step) => JSON.stringify([step.type, step.op, kindsOf(step)]));
  const counted = [...together.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      {
        group: "other" as const,
        operation: first.op,
        kinds: kindsOfOther(first),
        place: undefined,
        urns: same.map(({ urn }) => urn).sort(),
        sentence: say`${code(first.type)}: ${own(`${String(same.length)} ${words[first.op] ?? "changed"}`)}.`,
      },
    ];
  });
  return [...providers, ...counted];
}

function kindsOfOther(step: Step): ChangeKindName[] {
  return accessType.test(step.type) ? withUnknown(kindsOf(step)) : kindsOf(step);
}

/** Components and providers are nothing in the cloud by themselves. */
function isThing({ custom, type }: Step): boolean {
  return custom && !type.startsWith("pulumi:providers:");
}

/** A provider is nothing in the cloud, but its config decides as whom and for which project its resources are changed. */
function isProviderChange(step: Step): boolean {
  return step.type.startsWith("pulumi:providers:") && ["update", "replace"].includes(step.op);
}

function providerChange(step: Step): Change {
  const changes = propertyChanges(step).filter(({ name }) => name !== "version");
  const how = changes.length === 0 ? own("its version") : listed(changes.map(becomes));
  return {
    group: "other",
    operation: step.op,
    kinds: changes.length === 0 ? [] : withUnknown([]),
    place: undefined,
    urns: [step.urn],
    sentence: say`The provider ${code(step.name)} changes: ${how}.`,
  };
}

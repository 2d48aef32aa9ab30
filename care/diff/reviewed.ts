/** What a preview plans and a reviewed one does not: compares each planned value of each step, also those that no sentence shows. */
import { signature } from "../../components/internal.ts";
import { code, listed, own, compose, shown } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { changingSteps } from "./preview.ts";
import type { Preview, State, Step } from "./preview.ts";
import { masked } from "./values.ts";

/** A step that was not reviewed. */
export interface UnreviewedStep {
  readonly urn: string;
  /** Whether the resource has a reviewed step with other values. */
  readonly isPlanned: boolean;
  /** The differences from the reviewed step of the same resource. */
  readonly sentence: Phrase;
}

/** The planned values of each resource's steps: several reviewed previews may contain the same resource. */
export type ReviewedSteps = ReadonlyMap<string, readonly Plan[]>;

/** Each planned value by its path, such as `inputs.attachments[0].sha256`. */
type Plan = ReadonlyMap<string, unknown>;

export function reviewedSteps(previews: readonly Preview[]): ReviewedSteps {
  const steps = Map.groupBy(previews.flatMap(changingSteps), ({ urn }) => urn);
  return new Map([...steps].map(([urn, same]) => [urn, same.map(planOf)]));
}

/** A reviewed step that is missing in the preview is already done, and no difference. */
export function unreviewedSteps(preview: Preview, reviewed: ReviewedSteps): UnreviewedStep[] {
  return changingSteps(preview).flatMap((step) => {
    const plan = planOf(step);
    const found = (reviewed.get(step.urn) ?? []).map((before) => differences(before, plan));
    if (found.some(({ length }) => length === 0)) return [];
    const [fewest] = found.sort((one, other) => one.length - other.length);
    const what = compose`${own(step.op)} of ${code(step.type)} ${code(step.name)}`;
    const sentence = fewest === undefined ? what : compose`${what}: ${listed(fewest)}`;
    return [{ urn: step.urn, isPlanned: fewest !== undefined, sentence }];
  });
}

function differences(reviewed: Plan, fresh: Plan): Phrase[] {
  return [...new Set([...reviewed.keys(), ...fresh.keys()])]
    .filter((path) => reviewed.get(path) !== fresh.get(path))
    .sort()
    .map((path) => compose`${code(path)} is ${valueAt(fresh, path)}, and was ${valueAt(reviewed, path)} in the review`);
}

function valueAt(plan: Plan, path: string): Phrase {
  return plan.has(path) ? shown(plan.get(path), "its value") : own("absent");
}

/**
 * All planned values of a step, except those that differ between two previews of the same program and state: the ID of a provider, which is
 * unknown until the provider exists, the ciphertext of a secret, and the path of an asset whose hash is known.
 */
function planOf({ op, before, after, replaceReasons, detailedDiff }: Step): Plan {
  const plan = new Map<string, unknown>();
  const planned = {
    operation: op,
    replaceReasons: [...replaceReasons].sort(),
    diff: detailedDiff,
    old: before && plannedOf(before),
    ...(after && plannedOf(after)),
  };
  collect(plan, "", planned);
  return plan;
}

function plannedOf({ id, inputs, provider, retainOnDelete }: State) {
  return { id, inputs, provider: provider?.replace(/::[^:]*$/, ""), retainOnDelete };
}

function collect(plan: Map<string, unknown>, path: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (typeof value !== "object") {
    plan.set(path, value);
    return;
  }
  const { [signature.key]: kind, ...properties } = value as Record<string, unknown>;
  if (kind === signature.secret) {
    plan.set(path, masked);
    return;
  }
  if (kind !== undefined && properties["hash"]) delete properties["path"];
  const children = kind === undefined ? Object.entries(value) : Object.entries({ kind, ...properties });
  // An empty list is not the same as none.
  plan.set(path, Array.isArray(value) ? `${String(value.length)} elements` : "properties");
  for (const [key, child] of children) collect(plan, pathTo(path, key, Array.isArray(value)), child);
}

function pathTo(path: string, key: string, isIndex: boolean): string {
  if (isIndex) return `${path}[${key}]`;
  if (!/^\w+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

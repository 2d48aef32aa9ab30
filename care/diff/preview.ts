/** A preview of one stack, in one shape whichever way the engine wrote it. */
import { parseUrn } from "./urn.ts";

export interface State {
  /** The ID of the thing at the provider: what is imported, changed or deleted. */
  readonly id: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The URN and the ID of the provider. */
  readonly provider: string | undefined;
  /** The URN of the parent. */
  readonly parent: string | undefined;
  /** Whether what is deleted from the state stays in the cloud. */
  readonly retainOnDelete: boolean;
  /** The URN of the resource whose deletion deletes this one too. */
  readonly deletedWith: string | undefined;
}

export interface Step {
  /** The engine's word for it, such as `create`, `same` or `refresh`. */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Whether it is a thing of a provider, rather than a component. */
  readonly custom: boolean;
  readonly before: State | undefined;
  readonly after: State | undefined;
  /** The properties for which it is replaced. */
  readonly replaceReasons: readonly string[];
  /** How each property changes, by its path, as the provider says it. */
  readonly detailedDiff: Readonly<Record<string, string>>;
  /** Whether others changed it since the last update: the preview refreshed it first. */
  readonly drifted: boolean;
}

export interface Preview {
  readonly stack: string | undefined;
  readonly project: string | undefined;
  /** The stack's config, each value as text. */
  readonly config: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  /** How many resources each op touches, whether its steps are among those told or not. */
  readonly changeSummary: Readonly<Record<string, number>>;
  readonly failed: boolean;
  /** What the engine said of the failure. */
  readonly errors: readonly string[];
  /** What the engine, a provider or the program warns of, each once. */
  readonly warnings: readonly string[];
  /** The cases that an interrupted update left open and that this update closes, by their names. */
  readonly leftCases: readonly string[];
}

/** The steps that make the change, once for each resource. */
export function changingSteps({ steps }: Pick<Preview, "steps">): Step[] {
  return steps.filter(({ op }) => isChanging(op));
}

/** The steps, with what others did: what a preview with --refresh found otherwise than the state has it. */
export function withDrift(steps: readonly Step[]): Step[] {
  const refreshed = new Map(steps.filter(({ op }) => op === "refresh").map((step) => [step.urn, step]));
  return steps.map((step) => {
    const recorded = refreshed.get(step.urn);
    if (recorded === undefined || step === recorded) return step;
    const differs = JSON.stringify(step.before?.inputs) !== JSON.stringify(recorded.before?.inputs);
    return { ...step, drifted: step.op === "create" || (step.op === "update" && differs) };
  });
}

/** The stack and the project, as the URNs name them. */
export function stackOf(steps: readonly Step[]): { readonly stack?: string; readonly project?: string } {
  const { stack, project } = parseUrn(steps[0]?.urn ?? "");
  return stack ? { stack, ...(project ? { project } : {}) } : {};
}

/** The engine's words for what changes something, with the states that it writes. */
const changingOps = {
  create: ["newState"],
  import: ["newState"],
  update: ["oldState", "newState"],
  replace: ["oldState", "newState"],
  delete: ["oldState"],
} as const;

/**
 * Those that change nothing by themselves: a replacement is told as `replace`, beside its parts.
 * Source: pkg/resource/deploy/step.go of github.com/pulumi/pulumi v3.259.0.
 */
const otherOps = [
  "same",
  "read",
  "refresh",
  "diff",
  "discard",
  "create-replacement",
  "delete-replaced",
  "read-replacement",
  "import-replacement",
  "discard-replaced",
  "remove-pending-replace",
  "extend-parameterize",
];

function isChanging(op: string): op is keyof typeof changingOps {
  return Object.hasOwn(changingOps, op);
}

/**
 * What is wrong, and what to do about it; undefined where the step is understood. A step that is not understood must not
 * pass a gate as if it were not there.
 */
export function notUnderstood({ op, urn, before, after }: Step, howTo: string): string | undefined {
  if (!isChanging(op))
    return otherOps.includes(op)
      ? undefined
      : `the operation ${JSON.stringify(op)} of ${JSON.stringify(urn)} is not understood, and may be one of a newer Pulumi; update customer-care, and until then judge the preview by \`pulumi preview --diff\``;
  const states = { oldState: before, newState: after };
  const missing = changingOps[op].find((name) => states[name] === undefined);
  return (
    missing && `is no preview as Pulumi writes it (the "${op}" of ${JSON.stringify(urn)} has no ${missing}); ${howTo}`
  );
}

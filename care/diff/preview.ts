/** A preview of one stack, in one shape for both of the engine's formats. */
import { parseUrn } from "./urn.ts";

export interface State {
  /** The ID at the provider of the resource that is imported, changed or deleted. */
  readonly id: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The URN and the ID of the provider. */
  readonly provider: string | undefined;
  /** The URN of the parent. */
  readonly parent: string | undefined;
  /** Whether it stays in the cloud when it is deleted from the state. */
  readonly retainOnDelete: boolean;
  /** The URN of the resource whose deletion deletes this one too. */
  readonly deletedWith: string | undefined;
}

export interface Step {
  /** The engine's operation, such as `create`, `same` or `refresh`. */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Whether a provider manages it, unlike a component. */
  readonly custom: boolean;
  readonly before: State | undefined;
  readonly after: State | undefined;
  /** The properties for which it is replaced. */
  readonly replaceReasons: readonly string[];
  /** How each property changes, by its path, according to the provider. */
  readonly detailedDiff: Readonly<Record<string, string>>;
  /** Whether it was changed outside of Pulumi since the last update: the preview refreshed it first. */
  readonly drifted: boolean;
  /** Whether it deletes what an interrupted update has replaced and not deleted. Its URN can have another step. */
  readonly isPendingDeletion: boolean;
}

export interface Preview {
  readonly stack: string | undefined;
  readonly project: string | undefined;
  /** The stack's config, each value as text. */
  readonly config: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  /** The number of resources for each op, including those without a listed step. */
  readonly changeSummary: Readonly<Record<string, number>>;
  readonly failed: boolean;
  /** The engine's errors. */
  readonly errors: readonly string[];
  /** The warnings of the engine, the providers and the program, each once. */
  readonly warnings: readonly string[];
  /** The cases that an interrupted update left open and that this update closes, by their names. */
  readonly leftCases: readonly string[];
}

/** The steps that make the change: once for each resource, and once for each pending deletion. */
export function changingSteps({ steps }: Pick<Preview, "steps">): Step[] {
  return steps.filter(({ op }) => isChanging(op));
}

/** The steps, with the drift that a preview with --refresh found. */
export function withDrift(steps: readonly Step[]): Step[] {
  const refreshed = new Map(steps.filter(({ op }) => op === "refresh").map((step) => [step.urn, step]));
  return steps.map((step) => {
    const recorded = refreshed.get(step.urn);
    if (recorded === undefined || step === recorded) return step;
    const differs = JSON.stringify(step.before?.inputs) !== JSON.stringify(recorded.before?.inputs);
    return { ...step, drifted: step.op === "create" || (step.op === "update" && differs) };
  });
}

/** The steps, with each deletion that is not part of a replacement in this preview as `delete`. Only a stream lists them. */
export function withPendingDeletions(steps: readonly Step[]): Step[] {
  const pending = new Set<Step>();
  const parts = steps.filter(({ op }) => op === "replace" || op === "delete-replaced");
  for (const ofOne of Map.groupBy(parts, ({ urn }) => urn).values()) {
    const deletions = ofOne.filter(({ op }) => op === "delete-replaced");
    for (const replaced of ofOne.filter(({ op }) => op === "replace").map(identityOf)) {
      const index = deletions.findIndex((deletion) => identityOf(deletion) === replaced);
      deletions.splice(Math.max(index, 0), 1);
    }
    for (const deletion of deletions) pending.add(deletion);
  }
  return steps.map((step) => (pending.has(step) ? { ...step, op: "delete", isPendingDeletion: true } : step));
}

/** Two resources of one URN differ in the ID or the inputs. */
function identityOf({ before }: Step): string {
  return JSON.stringify([before?.id, before?.inputs]);
}

/** The stack and the project, as the URNs name them. */
export function stackOf(steps: readonly Step[]): { readonly stack?: string; readonly project?: string } {
  const { stack, project } = parseUrn(steps[0]?.urn ?? "");
  return stack ? { stack, ...(project ? { project } : {}) } : {};
}

/** The engine's operations that change something, with the states that it writes for them. */
const changingOps = {
  create: ["newState"],
  import: ["newState"],
  update: ["oldState", "newState"],
  replace: ["oldState", "newState"],
  delete: ["oldState"],
} as const;

/**
 * The operations that change nothing by themselves: a replacement is listed as `replace`, in addition to its parts. A `delete-replaced`
 * that is not such a part has become a `delete` (`withPendingDeletions`).
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
 * The problem and its fix; undefined if the step is supported. An unsupported step must not
 * pass a gate as if it were not there.
 */
export function stepProblem({ op, urn, before, after }: Step, howTo: string): string | undefined {
  if (!isChanging(op))
    return otherOps.includes(op)
      ? undefined
      : `the operation ${JSON.stringify(op)} of ${JSON.stringify(urn)} is not supported: it may be new in Pulumi; update customer-care, and until then review the preview with \`pulumi preview --diff\``;
  const states = { oldState: before, newState: after };
  const missing = changingOps[op].find((name) => states[name] === undefined);
  return (
    missing && `is not a preview in Pulumi's format (the "${op}" of ${JSON.stringify(urn)} has no ${missing}); ${howTo}`
  );
}

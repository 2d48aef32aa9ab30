/** Whether a step is one whose meaning is known: what is not understood must not pass a gate as if nothing were there. */
import type { Step } from "./preview.ts";

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

export function isChanging(op: string): op is keyof typeof changingOps {
  return Object.hasOwn(changingOps, op);
}

/** What is wrong, and what to do about it. Nothing where the step is understood. */
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

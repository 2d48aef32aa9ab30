/** The cases of a stack's state, and what the state tells of where others of the stack may be. */
import { z } from "zod";
import { isSupportCaseType, readMarker } from "../../components/internal.ts";
import type { StackCase } from "./stackCase.ts";

/** A secret's value is no text. */
const text = z.string().optional().catch(undefined);

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.object({ parent: text, marker: text }).optional(),
});

type Resource = z.output<typeof resource>;

const deploymentSchema = z.object({
  resources: z.array(resource).nullish(),
  /** What the engine had begun when it was stopped. */
  pending_operations: z.array(z.object({ resource })).nullish(),
});

export interface StateCases {
  readonly cases: readonly StackCase[];
  /** Where cases of the stack are or may be: `projects/P`, `organizations/O`. */
  readonly parents: readonly string[];
  /** The full names by which the cases' markers call the stack. */
  readonly stacks: readonly string[];
}

/** @param deployment What `pulumi stack export` answers. */
export function casesOfState(deployment: unknown): StateCases {
  const { resources, pending_operations: pending } = deploymentSchema.parse(deployment ?? {});
  const made = (resources ?? []).filter(isCase);
  const begun = (pending ?? []).map((operation) => operation.resource).filter(isCase);
  const inputs = [...made, ...begun].map((one) => one.inputs ?? {});
  return {
    cases: made.flatMap(({ urn, id }) =>
      id === undefined ? [] : [{ resource: nameOf(urn), name: id, leftBehind: false }],
    ),
    parents: unique(inputs.map(({ parent }) => parent)),
    stacks: unique(inputs.map(({ marker = "" }) => readMarker(marker)?.stack)),
  };
}

const isCase = ({ type }: Resource) => isSupportCaseType(type);

/** The last part of `urn:pulumi:STACK::PROJECT::TYPE::NAME`, which may have colons of its own. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

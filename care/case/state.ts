/** The cases of a stack's state, and what the state tells of where others of the stack may be. */
import { z } from "zod";
import { isLifeOfCase, isSupportCaseType, readMarker } from "../../components/internal.ts";
import type { StackCase } from "./stackCase.ts";

/** A secret's value is no text. */
const text = z.string().optional().catch(undefined);

const place = z.object({ place: text });

/** Of a Stash: the life of a test case, with its place since 0.1.0, and the lives before it. Other values are none of that. */
const life = z.object({ output: place.extend({ former: z.array(place).optional().catch(undefined) }) });

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z
    .object({ parent: text, marker: text, adopt: text, keepOpen: z.boolean().optional().catch(undefined) })
    .optional(),
  outputs: z.unknown().optional(),
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
  /** What those names end with, `PROJECT/STACK`, where the state has the life of a case. */
  readonly stackEnds: readonly string[];
}

/** @param deployment What `pulumi stack export` answers. */
export function casesOfState(deployment: unknown): StateCases {
  const { resources, pending_operations: pending } = deploymentSchema.parse(deployment ?? {});
  const made = (resources ?? []).filter(isCase);
  const begun = (pending ?? []).map((operation) => operation.resource).filter(isCase);
  const inputs = [...made, ...begun].map((one) => one.inputs ?? {});
  // A case that is not in the state is at a place of a life.
  const lives = (resources ?? []).filter(({ urn }) => isLifeOfCase(urn));
  return {
    cases: made.flatMap(({ urn, id, inputs }) =>
      id === undefined ? [] : [{ resource: nameOf(urn), name: id, leftBehind: false, ...whyOpen(inputs) }],
    ),
    parents: unique([...inputs.map(({ parent }) => parent), ...lives.flatMap(placesOf)]),
    stacks: unique(inputs.map(({ marker = "" }) => readMarker(marker)?.stack)),
    stackEnds: unique(lives.map(({ urn }) => stackIn(urn))),
  };
}

const isCase = ({ type }: Resource) => isSupportCaseType(type);

function whyOpen({ adopt = "", keepOpen }: Resource["inputs"] = {}): Pick<StackCase, "staysOpen"> {
  if (adopt !== "") return { staysOpen: "adopted" };
  return keepOpen === true ? { staysOpen: "keepOpen" } : {};
}

function placesOf({ outputs }: Resource): (string | undefined)[] {
  const { data } = life.safeParse(outputs);
  return data === undefined ? [] : [data.output, ...(data.output.former ?? [])].map((one) => one.place);
}

function stackIn(urn: string): string {
  const [, project = ""] = urn.split("::");
  return `${project}/${urn.split("::", 1)[0]?.replace("urn:pulumi:", "") ?? ""}`;
}

/** The last part of `urn:pulumi:STACK::PROJECT::TYPE::NAME`, which may have colons of its own. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

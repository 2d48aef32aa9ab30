/** The cases in a stack's state, and the places where other cases of the stack may be. */
import { z } from "zod";
import {
  isLifeOfCase,
  isSupportCaseType,
  livesWithoutCase,
  readMarker,
  recordedAt,
  signature,
} from "../../components/internal.ts";
import type { FormerLife, Form, LifeValue, SupportCaseInputs, SupportCaseOutputs } from "../../components/internal.ts";
import { nameIn } from "../stack/managed.ts";
import type { StackCase } from "./stackCase.ts";

/** Absent for a secret, whose value is not a text. */
const text = z.string().optional().catch(undefined);

/** Of a life: its record of its case and, since 0.1.0, its place. */
const life = z.object({ id: z.string(), place: text, kind: text, classification: text, words: text });

/** The value of a Stash, if that is the life of a test case; in states of 0.1.0 only the id. */
const lifeValue = z.union([z.string(), life.extend({ former: z.array(life).optional().catch(undefined) })]);

/** The inputs of a case. The decision needs these as text; the rest is passed on. */
const form = z.looseObject({
  marker: z.string(),
  parent: z.string(),
  classification: z.string(),
  testCase: z.boolean(),
});

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  delete: z.boolean().optional().catch(undefined),
  inputs: z
    .looseObject({
      parent: text,
      marker: text,
      adopt: text,
      keepOpen: z.boolean().optional().catch(undefined),
      ignoreCases: z.array(z.string()).optional().catch(undefined),
    })
    .optional(),
  outputs: z.unknown().optional(),
});

type Resource = z.output<typeof resource>;

const deploymentSchema = z.object({
  resources: z.array(resource).nullish(),
  /** The operations that were running when the engine was stopped. */
  pending_operations: z.array(z.object({ resource })).nullish(),
});

/** A life of a test case in the state. */
export interface StateLife extends Omit<FormerLife, "marker" | "parent"> {
  readonly id: string;
  /** The resource's name in the stack. */
  readonly resource: string;
  /** Where its case is; undefined in states of 0.1.0. */
  readonly place?: string | undefined;
  /** Whether the state has no case of it: a killed update may have left one. */
  readonly isWithoutCase: boolean;
}

export interface StateCases {
  readonly cases: readonly StackCase[];
  /** Where cases of the stack are or may be: `projects/P`, `organizations/O`. */
  readonly parents: readonly string[];
  /** The stack's full names in the cases' markers. */
  readonly stacks: readonly string[];
  /** The end of those names, `PROJECT/STACK`, if the state has the life of a case. */
  readonly stackEnds: readonly string[];
  readonly lives: readonly StateLife[];
  /** The inputs of cases that were created, or whose creation began. */
  readonly forms: readonly Form[];
  /** The cases that the last update was configured to ignore. */
  readonly ignored: readonly string[];
}

/** @param deployment The deployment of `pulumi stack export`. */
export function casesOfState(deployment: unknown): StateCases {
  const { resources, pending_operations: pending } = deploymentSchema.parse(deployment ?? {});
  const made = (resources ?? []).filter(isCase);
  const begun = (pending ?? []).map((operation) => operation.resource).filter(isCase);
  const inputs = [...made, ...begun].map((one) => one.inputs ?? {});
  // A case that is not in the state is at the place of a life.
  const lives = livesOf((resources ?? []).filter((one) => one.delete !== true));
  const stashes = (resources ?? []).filter(({ urn }) => isLifeOfCase(urn));
  return {
    cases: made.flatMap(({ urn, id, inputs }) =>
      id === undefined ? [] : [{ resource: nameIn(urn), name: id, leftBehind: false, ...whyOpen(inputs) }],
    ),
    parents: unique([...inputs.map(({ parent }) => parent), ...lives.map(({ place }) => place)]),
    stacks: unique(inputs.map(({ marker = "" }) => readMarker(marker)?.stack)),
    stackEnds: unique(stashes.map(({ urn }) => stackIn(urn))),
    lives,
    forms: inputs.flatMap((one) => formIn(one) ?? []),
    ignored: unique(inputs.flatMap(({ ignoreCases }) => ignoreCases ?? [])),
  };
}

/** A case with the inputs and outputs of the last update. */
export interface RecordedCase {
  readonly inputs: SupportCaseInputs;
  readonly outputs: SupportCaseOutputs;
}

/** Undefined also for a secret, which is encrypted here. */
export function recordedCase(deployment: unknown, name: string): RecordedCase | undefined {
  const { resources } = deploymentSchema.parse(deployment ?? {});
  const found = resources?.find((one) => isCase(one) && one.delete !== true && nameIn(one.urn) === name);
  if (found?.inputs === undefined || found.outputs === undefined) return undefined;
  const { inputs, outputs } = found;
  return JSON.stringify([inputs, outputs]).includes(signature.key)
    ? undefined
    : { inputs: inputs as unknown as SupportCaseInputs, outputs: outputs as SupportCaseOutputs };
}

function livesOf(resources: readonly Resource[]): StateLife[] {
  const recorded = Object.fromEntries(
    resources.map(({ urn, outputs }) => [urn, { outputs: (outputs ?? {}) as Readonly<Record<string, unknown>> }]),
  );
  return Object.keys(recorded)
    .filter(isLifeOfCase)
    .flatMap((urn): StateLife[] => {
      const { value, ofCase } = recordedAt(urn, recorded);
      const { data } = lifeValue.safeParse(value);
      if (data === undefined) return [];
      const { former = [], ...today } = typeof data === "string" ? { id: data, place: undefined } : data;
      const without = livesWithoutCase({ value: data as LifeValue, ofCase }, undefined).map(({ id }) => id);
      return [today, ...former].map((one) => ({
        ...(one as typeof today & Omit<FormerLife, "marker" | "parent">),
        resource: nameIn(urn),
        isWithoutCase: without.includes(one.id),
      }));
    });
}

/** An adopted case has none. */
function formIn(inputs: NonNullable<Resource["inputs"]>): Form | undefined {
  return (inputs.adopt ?? "") === "" ? (form.safeParse(inputs).data as Form | undefined) : undefined;
}

const isCase = ({ type }: Resource) => isSupportCaseType(type);

function whyOpen({ adopt = "", keepOpen }: Resource["inputs"] = {}): Pick<StackCase, "staysOpen"> {
  if (adopt !== "") return { staysOpen: "adopted" };
  return keepOpen === true ? { staysOpen: "keepOpen" } : {};
}

function stackIn(urn: string): string {
  const [, project = ""] = urn.split("::");
  return `${project}/${urn.split("::", 1)[0]?.replace("urn:pulumi:", "") ?? ""}`;
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

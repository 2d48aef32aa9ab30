/** The cases of a stack's state, and what the state tells of where others of the stack may be. */
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
import type { StackCase } from "./stackCase.ts";

/** A secret's value is no text. */
const text = z.string().optional().catch(undefined);

/** Of a life: what it remembers of its case, and its place since 0.1.0. */
const life = z.object({ id: z.string(), place: text, kind: text, classification: text, words: text });

/** What a Stash holds, if that is the life of a test case; in states of 0.1.0 the id alone. */
const lifeValue = z.union([z.string(), life.extend({ former: z.array(life).optional().catch(undefined) })]);

/** What a case is made of, as far as the decision needs it as text; the rest stays as it is. */
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
  /** What the engine had begun when it was stopped. */
  pending_operations: z.array(z.object({ resource })).nullish(),
});

/** A life of a test case that the state has. */
export interface StateLife extends Omit<FormerLife, "marker" | "parent"> {
  readonly id: string;
  /** The resource's name in the stack. */
  readonly resource: string;
  /** Where its case is; undefined in states of 0.1.0. */
  readonly place?: string | undefined;
  /** Whether the state has no case of it: an update that was killed may have left one. */
  readonly isWithoutCase: boolean;
}

export interface StateCases {
  readonly cases: readonly StackCase[];
  /** Where cases of the stack are or may be: `projects/P`, `organizations/O`. */
  readonly parents: readonly string[];
  /** The full names by which the cases' markers call the stack. */
  readonly stacks: readonly string[];
  /** What those names end with, `PROJECT/STACK`, where the state has the life of a case. */
  readonly stackEnds: readonly string[];
  readonly lives: readonly StateLife[];
  /** What the cases that were made, or begun, were asked to be. */
  readonly forms: readonly Form[];
  /** The cases that the last update was asked to leave alone. */
  readonly ignored: readonly string[];
}

/** @param deployment What `pulumi stack export` answers. */
export function casesOfState(deployment: unknown): StateCases {
  const { resources, pending_operations: pending } = deploymentSchema.parse(deployment ?? {});
  const made = (resources ?? []).filter(isCase);
  const begun = (pending ?? []).map((operation) => operation.resource).filter(isCase);
  const inputs = [...made, ...begun].map((one) => one.inputs ?? {});
  // A case that is not in the state is at a place of a life.
  const lives = livesOf((resources ?? []).filter((one) => one.delete !== true));
  const stashes = (resources ?? []).filter(({ urn }) => isLifeOfCase(urn));
  return {
    cases: made.flatMap(({ urn, id, inputs }) =>
      id === undefined ? [] : [{ resource: nameOf(urn), name: id, leftBehind: false, ...whyOpen(inputs) }],
    ),
    parents: unique([...inputs.map(({ parent }) => parent), ...lives.map(({ place }) => place)]),
    stacks: unique(inputs.map(({ marker = "" }) => readMarker(marker)?.stack)),
    stackEnds: unique(stashes.map(({ urn }) => stackIn(urn))),
    lives,
    forms: inputs.flatMap((one) => formIn(one) ?? []),
    ignored: unique(inputs.flatMap(({ ignoreCases }) => ignoreCases ?? [])),
  };
}

/** A case with what the last update asked for and what it found. */
export interface RecordedCase {
  readonly inputs: SupportCaseInputs;
  readonly outputs: SupportCaseOutputs;
}

/** Undefined also if a value is a secret, which is encrypted here. */
export function recordedCase(deployment: unknown, name: string): RecordedCase | undefined {
  const { resources } = deploymentSchema.parse(deployment ?? {});
  const found = resources?.find((one) => isCase(one) && one.delete !== true && nameOf(one.urn) === name);
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
        resource: nameOf(urn),
        isWithoutCase: without.includes(one.id),
      }));
    });
}

/** Of an adopted case there is none. */
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

/** The last part of `urn:pulumi:STACK::PROJECT::TYPE::NAME`, which may have colons of its own. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function unique(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

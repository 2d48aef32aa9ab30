/** Creates a row. A row with a finding is always open. */
import { guideTasks, taskIn } from "../../../guide/index.ts";
import type { ResourceName, TaskName } from "../../../guide/index.ts";
import { rowStatuses } from "../report.ts";
import type { Finding, FindingKind, OpenStatus, Row, RowStatus } from "../report.ts";
import type { ReportContext } from "../context.ts";

/** A finding, before its row and its place are known. */
export interface Fault {
  readonly status: OpenStatus;
  readonly kind: FindingKind;
  /** @default nothing */
  readonly about?: readonly string[];
  readonly details: string;
  readonly next?: string;
  readonly commands?: readonly string[];
}

interface WithoutFaults {
  readonly status: Exclude<RowStatus, OpenStatus>;
  readonly details: string;
  readonly next?: string;
}

interface WithFaults {
  /** At least one. */
  readonly faults: readonly [Fault, ...Fault[]];
  /** Details to show before them. */
  readonly details?: string;
}

export type Outcome = WithoutFaults | WithFaults;

/** A row with the findings that decide on its status. */
export interface RowWithFaults extends Row {
  readonly faults: readonly Fault[];
}

/**
 * @param place Empty for a row of no single place.
 * @param link @default the page on which a person does the task
 */
export function row(
  { words }: Pick<ReportContext, "words">,
  name: TaskName,
  place: ResourceName,
  outcome: Outcome,
  link: string = guideTasks[name].link(place),
): RowWithFaults {
  const faults: readonly Fault[] = "faults" in outcome ? outcome.faults : [];
  const status = "faults" in outcome ? mostUrgent(outcome.faults) : outcome.status;
  const details = sentences(outcome.details, ...faults.map((fault) => fault.details));
  const nexts = "faults" in outcome ? outcome.faults.map(({ next }) => next) : [outcome.next];
  const next = sentences(...new Set(nexts));
  const commands = [...new Set(faults.flatMap((fault) => fault.commands ?? []))];
  return {
    row: guideTasks[name].row,
    task: taskIn(words, name),
    status,
    details,
    ...(next === "" ? {} : { next }),
    ...(commands.length === 0 ? {} : { commands }),
    link,
    faults,
  };
}

/** The faults, or the other outcome if there are none. */
export function outcomeOf(faults: readonly Fault[], otherwise: Outcome): Outcome {
  const [first, ...others] = faults;
  return first === undefined ? otherwise : { faults: [first, ...others] };
}

/** A fault about some things; none without any. */
export function faultAbout(
  kind: Fault["kind"],
  about: readonly string[],
  rest: () => Pick<Fault, "details" | "next" | "commands">,
): Fault[] {
  return about.length === 0 ? [] : [{ status: "notDone", kind, about, ...rest() }];
}

/** At a place that the stack does not own, a gap is another stack's task. Unreadable rows stay open. */
export function asNotOwned(
  withFaults: RowWithFaults,
  { words: { details } }: Pick<ReportContext, "words">,
): RowWithFaults {
  const { faults, next: _next, commands: _commands, ...rest } = withFaults;
  if (faults.length === 0 || faults.some(({ kind }) => kind === "notRead")) return withFaults;
  return { ...rest, status: "notOwned", details: sentences(withFaults.details, details.notOwned), faults: [] };
}

export function rowOf({ faults: _, ...rest }: RowWithFaults): Row {
  return rest;
}

export function findingsOf({ row: name, task, faults }: RowWithFaults, place: Finding["place"]): Finding[] {
  return faults.map(({ status, kind, about = [], details }) => ({
    place,
    row: name,
    task,
    status,
    kind,
    about,
    details,
  }));
}

function mostUrgent([first, ...others]: readonly [Fault, ...Fault[]]): OpenStatus {
  const rank = ({ status }: Fault) => rowStatuses.indexOf(status);
  return others.reduce((urgent, other) => (rank(other) < rank(urgent) ? other : urgent), first).status;
}

/** One after the other. The last one can be a list, without a period. */
function sentences(...parts: readonly (string | undefined)[]): string {
  const written = parts.filter((part): part is string => part !== undefined && part !== "");
  return written
    .map((part, index) => (index === written.length - 1 || /[.!?…]$/.test(part) ? part : `${part}.`))
    .join(" ");
}

/** How a row is made. A row with a finding is always open. */
import { guideTasks, taskIn } from "../../../guide/index.ts";
import type { ResourceName, TaskName } from "../../../guide/index.ts";
import { rowStatuses } from "../report.ts";
import type { Finding, FindingKind, OpenStatus, Row, RowStatus } from "../report.ts";
import type { Scene } from "../scene.ts";

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

interface Settled {
  readonly status: Exclude<RowStatus, OpenStatus>;
  readonly details: string;
  readonly next?: string;
}

interface Open {
  /** At least one. */
  readonly faults: readonly [Fault, ...Fault[]];
  /** What there is to say before them. */
  readonly details?: string;
}

export type Standing = Settled | Open;

/** A row with the findings that make its status. */
export interface MadeRow extends Row {
  readonly faults: readonly Fault[];
}

/**
 * @param place Empty for what concerns no single place.
 * @param link @default where a person does the task at the place
 */
export function row(
  { words }: Pick<Scene, "words">,
  name: TaskName,
  place: ResourceName,
  standing: Standing,
  link: string = guideTasks[name].link(place),
): MadeRow {
  const faults: readonly Fault[] = "faults" in standing ? standing.faults : [];
  const status = "faults" in standing ? mostUrgent(standing.faults) : standing.status;
  const details = sentences(standing.details, ...faults.map((fault) => fault.details));
  const nexts = "faults" in standing ? standing.faults.map(({ next }) => next) : [standing.next];
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

/** A row that is open where there is a fault, and settled where there is none. */
export function standingOf(faults: readonly Fault[], otherwise: Settled): Standing {
  const [first, ...others] = faults;
  return first === undefined ? otherwise : { faults: [first, ...others] };
}

/** At a place that the stack does not own, a gap is another stack's task. What could not be read stays open. */
export function ofOwner(made: MadeRow, { words: { details } }: Pick<Scene, "words">): MadeRow {
  const { faults, next: _next, commands: _commands, ...rest } = made;
  if (faults.length === 0 || faults.some(({ kind }) => kind === "notRead")) return made;
  return { ...rest, status: "notOwned", details: sentences(made.details, details.notOwned), faults: [] };
}

export function rowOf({ faults: _, ...made }: MadeRow): Row {
  return made;
}

export function findingsOf({ row: name, task, faults }: MadeRow, place: Finding["place"]): Finding[] {
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

/** Sentences, one after the other. */
export function sentences(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}

/** The previews of a text, with their shape checked. */
import { stripVTControlCharacters } from "node:util";
import type { z } from "zod";
import { leftCasesIn } from "../../components/internal.ts";
import { UsageError } from "../userError.ts";
import { notUnderstood, stackOf, withDrift } from "./preview.ts";
import type { Preview, State, Step } from "./preview.ts";
import { readPreviewText } from "./previewText.ts";
import { digest, event } from "./shapes.ts";
import type { Digest, Event, WrittenDiff, WrittenState } from "./shapes.ts";
import { parseUrn } from "./urn.ts";

/** What the command line refuses by itself, such as a stack that there is not, it tells on standard error alone. */
const nothingWritten: Preview = {
  stack: undefined,
  project: undefined,
  config: {},
  steps: [],
  changeSummary: {},
  failed: true,
  errors: ["pulumi preview wrote nothing; what it wrote on standard error says why"],
  warnings: [],
  leftCases: [],
};

const howTo = "write the whole output of `pulumi preview --json` into it";

/**
 * @param place Names the text in errors, such as `dev.json`.
 * @returns for an empty text, a preview that failed
 * @throws UsageError where there is no preview, or one that is cut off or not understood
 */
export function readPreviews(text: string, place: string): Preview[] {
  if (text.trim() === "") return [nothingWritten];
  const { digests, events, brokenAt } = readPreviewText(text);
  if (brokenAt !== undefined)
    throw new UsageError(`${place}: the preview that begins in line ${String(brokenAt)} is cut off; ${howTo}`);
  const previews = [
    ...digests.map((document) => judged(ofDigest(parsed(digest, document, place)), place)),
    ...streams(events.map((document) => parsed(event, document, place))).map((stream) => ofEvents(stream, place)),
  ];
  if (previews.length === 0) throw new UsageError(`${place}: has no preview in it; ${howTo}`);
  return previews;
}

/** @throws UsageError where a step is not understood, or tells what would change in the state rather than in the cloud */
function judged(preview: Preview, place: string, results: readonly StepResult[] = []): Preview {
  const { steps, failed } = preview;
  // A preview with --refresh that failed early has come no further than this.
  const isNoFurther = failed && steps.every(({ op }) => op === "refresh");
  if (isRefresh(steps, results) && !isNoFurther)
    throw new UsageError(
      `${place}: is a refresh, which tells what would change in the state, not in the cloud; run \`pulumi preview --refresh --json\` instead, and write its whole output into it`,
    );
  for (const step of steps) {
    const problem = notUnderstood(step, howTo);
    if (problem !== undefined) throw new UsageError(`${place}: ${problem}`);
  }
  return preview;
}

function parsed<Shape extends z.ZodType>(shape: Shape, document: unknown, place: string): z.infer<Shape> {
  const { data, error } = shape.safeParse(document);
  if (error === undefined) return data;
  const [{ path = [], message = "" } = {}] = error.issues;
  throw new UsageError(`${place}: is no preview as Pulumi writes it (${path.join(".")}: ${message}); ${howTo}`);
}

/** The engine counts the events of each stream from 0 on, and ends it with its summary, or with an error alone. */
function streams(events: readonly Event[]): Event[][] {
  const all: Event[][] = [];
  for (const one of events) {
    if (one.sequence === 0 || all.length === 0) all.push([]);
    all.at(-1)?.push(one);
  }
  return all;
}

function ofDigest({ config, steps, diagnostics, changeSummary }: Digest): Preview {
  const told = (severity: string) =>
    (diagnostics ?? []).filter((one) => one.severity === severity).map(({ message }) => message ?? "");
  const errors = told("error");
  const all = (steps ?? []).map(({ op, urn, oldState, newState, replaceReasons, detailedDiff }) =>
    stepOf(op, urn, oldState, newState, replaceReasons, detailedDiff),
  );
  const notes = (diagnostics ?? []).map(({ message }) => message ?? "");
  const failed = errors.length > 0;
  return previewOf({ config, steps: all, changeSummary, failed, errors, warnings: told("warning"), notes });
}

function ofEvents(events: readonly Event[], place: string): Preview {
  const errors = events.flatMap(({ diagnosticEvent, policyEvent }) => {
    if (diagnosticEvent?.severity === "error") return [diagnosticEvent.message];
    return policyEvent?.enforcementLevel === "mandatory" ? [policyEvent.message] : [];
  });
  const warnings = events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "warning" ? [diagnosticEvent.message] : [],
  );
  const summary = events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent;
  if (summary?.isPreview === false) throw new UsageError(`${place}: is an update that was carried out; ${howTo}`);
  if (summary === undefined && errors.length === 0)
    throw new UsageError(`${place}: the preview has no end, it is cut off; ${howTo}`);
  const steps = events.flatMap(({ resourcePreEvent }) => {
    if (!resourcePreEvent) return [];
    const { op, urn, old, new: after, keys, detailedDiff } = resourcePreEvent.metadata;
    return [stepOf(op, urn, old, after, keys, detailedDiff)];
  });
  const results = events.flatMap(({ resOutputsEvent }) => (resOutputsEvent ? [resOutputsEvent.metadata] : []));
  const preview = previewOf({
    config: events.find(({ preludeEvent }) => preludeEvent)?.preludeEvent?.config,
    steps,
    changeSummary: summary?.resourceChanges,
    failed: errors.length > 0 || (summary?.result ?? "succeeded") !== "succeeded",
    errors,
    warnings,
    notes: events.flatMap(({ diagnosticEvent }) => diagnosticEvent?.message ?? []),
  });
  return judged(preview, place, results);
}

function previewOf(given: {
  config: Digest["config"];
  steps: readonly Step[];
  changeSummary: Digest["changeSummary"];
  failed: boolean;
  errors: readonly string[];
  warnings: readonly string[];
  /** All that is said, of any severity. */
  notes: readonly string[];
}): Preview {
  const { stack, project } = stackOf(given.steps);
  return {
    stack,
    project,
    config: given.config ?? {},
    steps: withDrift(given.steps),
    changeSummary: given.changeSummary ?? {},
    failed: given.failed,
    errors: given.errors.map(wordsOf),
    warnings: [...new Set(given.warnings.map(wordsOf))],
    leftCases: [...new Set(given.notes.flatMap((note) => leftCasesIn(withoutColours(note))))],
  };
}

function wordsOf(message: string): string {
  return withoutColours(message)
    .replace(/^(error|warning): /, "")
    .trim();
}

function stepOf(
  op: string,
  urn: string,
  before: WrittenState,
  after: WrittenState,
  replaceReasons: readonly string[] | null | undefined,
  detailedDiff: WrittenDiff,
): Step {
  const { type, name } = parseUrn(urn);
  return {
    op,
    urn,
    type,
    name,
    drifted: false,
    replaceReasons: replaceReasons ?? [],
    detailedDiff: Object.fromEntries(
      Object.entries(detailedDiff ?? {}).map(([path, { kind, diffKind }]) => [path, kind ?? diffKind ?? ""]),
    ),
    custom: (after ?? before)?.custom ?? false,
    before: stateOf(before),
    after: stateOf(after),
  };
}

/** Without a terminal's colours, and without the marks that stand for them before there is a terminal. */
function withoutColours(message: string): string {
  return stripVTControlCharacters(message.replace(/<\{%.*?%\}>/g, ""));
}

function stateOf(written: WrittenState): State | undefined {
  if (!written) return undefined;
  const { id, inputs, outputs, provider, parent, retainOnDelete, deletedWith } = written;
  return {
    id: id || undefined,
    inputs: inputs ?? {},
    outputs: outputs ?? {},
    provider: provider || undefined,
    parent: parent || undefined,
    retainOnDelete: retainOnDelete ?? false,
    deletedWith: deletedWith || undefined,
  };
}

/** What came of a step, which a stream alone tells: of a refresh's, what it found, and of the one of an update, `refresh`. */
interface StepResult {
  readonly op: string;
  readonly urn: string;
}

type Told = Pick<Step, "op" | "urn" | "type">;

/**
 * The engine first writes `refresh` for each resource, in both. In the preview of a refresh it then puts what it found,
 * an update or a deletion, in that step's place; `pulumi preview --refresh` leaves it there and adds the program's step.
 * Source: `ShowPreviewDigest` of pkg/backend/display/json.go of github.com/pulumi/pulumi.
 */
function isRefresh(steps: readonly Told[], results: readonly StepResult[] = []): boolean {
  if (steps.length === 0) return false;
  const refreshed = new Set(steps.filter(({ op }) => op === "refresh").map(({ urn }) => urn));
  const others = steps.filter(({ op }) => op !== "refresh");
  const found = [...refreshed].flatMap((urn) => results.find((result) => result.urn === urn) ?? []);
  if (found.length > 0) return found.some(({ op }) => op !== "refresh");
  if (others.some(({ urn }) => refreshed.has(urn))) return false;
  const changes = others.filter(({ op }) => op === "update" || op === "delete");
  // With --target, nothing but what was found may be left; an update and a destroy always have the stack's own step.
  if (!others.some(({ type }) => type === "pulumi:pulumi:Stack")) return changes.length === others.length;
  return refreshed.size > 0 && changes.length > 0;
}

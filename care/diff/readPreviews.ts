/** Reads the previews in a text, and checks their shape. */
import { stripVTControlCharacters } from "node:util";
import type { z } from "zod";
import { leftCasesIn } from "../../components/internal.ts";
import { UsageError } from "../userError.ts";
import { stepProblem, stackOf, withDrift, withPendingDeletions } from "./preview.ts";
import type { Preview, State, Step } from "./preview.ts";
import { readPreviewText } from "./previewText.ts";
import { digest, event } from "./shapes.ts";
import type { Digest, Event, WrittenDiff, WrittenState } from "./shapes.ts";
import { parseUrn } from "./urn.ts";

/** Pulumi's command line writes its own errors, such as a missing stack, to standard error only. */
const nothingWritten: Preview = {
  stack: undefined,
  project: undefined,
  config: {},
  steps: [],
  changeSummary: {},
  failed: true,
  errors: ["pulumi preview wrote nothing to standard output; see its standard error"],
  warnings: [],
  leftCases: [],
};

const howTo = "write the whole output of `pulumi preview --json` into it";

/**
 * @param place Names the text in errors, such as `dev.json`.
 * @returns for an empty text, a preview that failed
 * @throws UsageError if there is no preview, or it is truncated or not supported
 */
export function readPreviews(text: string, place: string): Preview[] {
  if (text.trim() === "") return [nothingWritten];
  const { digests, events, brokenAt } = readPreviewText(text);
  if (brokenAt !== undefined)
    throw new UsageError(`${place}: the preview that begins in line ${String(brokenAt)} is truncated; ${howTo}`);
  const previews = [
    ...digests.map((document) => checked(fromDigest(parsed(digest, document, place)), place)),
    ...streams(events.map((document) => parsed(event, document, place))).map((stream) => fromEvents(stream, place)),
  ];
  if (previews.length === 0) throw new UsageError(`${place}: contains no preview; ${howTo}`);
  return previews;
}

/** @throws UsageError if a step is not supported, or belongs to a refresh, which changes the state and not the cloud */
function checked(preview: Preview, place: string, results: readonly StepResult[] = []): Preview {
  const { steps, failed } = preview;
  // A preview with --refresh that failed early has only these steps.
  const isNoFurther = failed && steps.every(({ op }) => op === "refresh");
  if (isRefresh(steps, results) && !isNoFurther)
    throw new UsageError(
      `${place}: is a refresh, which changes the state and not the cloud; run \`pulumi preview --refresh --json\` instead, and write its whole output into it`,
    );
  for (const step of steps) {
    const problem = stepProblem(step, howTo);
    if (problem !== undefined) throw new UsageError(`${place}: ${problem}`);
  }
  return preview;
}

function parsed<Shape extends z.ZodType>(shape: Shape, document: unknown, place: string): z.infer<Shape> {
  const { data, error } = shape.safeParse(document);
  if (error === undefined) return data;
  const [{ path = [], message = "" } = {}] = error.issues;
  throw new UsageError(`${place}: is not a preview in Pulumi's format (${path.join(".")}: ${message}); ${howTo}`);
}

/** The engine numbers the events of each stream from 0, and ends it with a summary, or with only an error. */
function streams(events: readonly Event[]): Event[][] {
  const all: Event[][] = [];
  for (const one of events) {
    if (one.sequence === 0 || all.length === 0) all.push([]);
    all.at(-1)?.push(one);
  }
  return all;
}

function fromDigest({ config, steps, diagnostics, changeSummary }: Digest): Preview {
  const messagesOf = (severity: string) =>
    (diagnostics ?? []).filter((one) => one.severity === severity).map(({ message }) => message ?? "");
  const errors = messagesOf("error");
  const all = (steps ?? []).map(({ op, urn, oldState, newState, replaceReasons, detailedDiff }) =>
    stepOf(op, urn, oldState, newState, replaceReasons, detailedDiff),
  );
  const notes = (diagnostics ?? []).map(({ message }) => message ?? "");
  const failed = errors.length > 0;
  return previewOf({ config, steps: all, changeSummary, failed, errors, warnings: messagesOf("warning"), notes });
}

function fromEvents(events: readonly Event[], place: string): Preview {
  const errors = events.flatMap(({ diagnosticEvent, policyEvent }) => {
    if (diagnosticEvent?.severity === "error") return [diagnosticEvent.message];
    return policyEvent?.enforcementLevel === "mandatory" ? [policyEvent.message] : [];
  });
  const warnings = events.flatMap(({ diagnosticEvent, policyEvent }) => {
    if (diagnosticEvent?.severity === "warning") return [diagnosticEvent.message];
    return policyEvent && policyEvent.enforcementLevel !== "mandatory" ? [policyEvent.message] : [];
  });
  const summary = events.findLast(({ summaryEvent }) => summaryEvent)?.summaryEvent;
  if (summary?.isPreview === false) throw new UsageError(`${place}: is an update, not a preview; ${howTo}`);
  if (summary === undefined && errors.length === 0)
    throw new UsageError(`${place}: the preview is truncated; ${howTo}`);
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
  return checked(preview, place, results);
}

function previewOf(given: {
  config: Digest["config"];
  steps: readonly Step[];
  changeSummary: Digest["changeSummary"];
  failed: boolean;
  errors: readonly string[];
  warnings: readonly string[];
  /** All messages, of any severity. */
  notes: readonly string[];
}): Preview {
  const { stack, project } = stackOf(given.steps);
  return {
    stack,
    project,
    config: given.config ?? {},
    steps: withDrift(withPendingDeletions(given.steps)),
    changeSummary: given.changeSummary ?? {},
    failed: given.failed,
    errors: given.errors.map(plainMessage),
    warnings: [...new Set(given.warnings.map(plainMessage))],
    leftCases: [...new Set(given.notes.flatMap((note) => leftCasesIn(withoutColors(note))))],
  };
}

function plainMessage(message: string): string {
  return withoutColors(message)
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
    isPendingDeletion: false,
    replaceReasons: replaceReasons ?? [],
    detailedDiff: Object.fromEntries(
      Object.entries(detailedDiff ?? {}).map(([path, { kind, diffKind }]) => [path, kind ?? diffKind ?? ""]),
    ),
    custom: (after ?? before)?.custom ?? false,
    before: stateOf(before),
    after: stateOf(after),
  };
}

/** Removes a terminal's colors, and the engine's placeholders for them. */
function withoutColors(message: string): string {
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

/** The result of a step, which only a stream has: what a refresh found, or `refresh` for that of an update. */
interface StepResult {
  readonly op: string;
  readonly urn: string;
}

type StepHead = Pick<Step, "op" | "urn" | "type">;

/**
 * Both begin with a `refresh` step for each resource. In the preview of a refresh, the engine then replaces that step by
 * what it found, an update or a deletion. `pulumi preview --refresh` keeps it and adds the program's step.
 * Source: `ShowPreviewDigest` of pkg/backend/display/json.go of github.com/pulumi/pulumi.
 */
function isRefresh(steps: readonly StepHead[], results: readonly StepResult[] = []): boolean {
  if (steps.length === 0) return false;
  const refreshed = new Set(steps.filter(({ op }) => op === "refresh").map(({ urn }) => urn));
  const others = steps.filter(({ op }) => op !== "refresh");
  const found = [...refreshed].flatMap((urn) => results.find((result) => result.urn === urn) ?? []);
  if (found.length > 0) return found.some(({ op }) => op !== "refresh");
  if (others.some(({ urn }) => refreshed.has(urn))) return false;
  const changes = others.filter(({ op }) => op === "update" || op === "delete");
  // With --target, only the findings may be left. An update and a destroy always have the stack's own step.
  if (!others.some(({ type }) => type === "pulumi:pulumi:Stack")) return changes.length === others.length;
  return refreshed.size > 0 && changes.length > 0;
}

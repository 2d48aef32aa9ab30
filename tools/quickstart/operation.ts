/** Shows the progress of an operation of the engine. */
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { Screen } from "./screen.ts";

/** A resource in an operation. */
export interface Step {
  readonly op: string;
  /** Such as `gcp:projects:Service`. */
  readonly type: string;
  /** Its name in the stack. */
  readonly name: string;
  readonly isComponent: boolean;
}

/** The steps of a preview. */
export function stepsOf(events: readonly EngineEvent[]): Step[] {
  return events.flatMap(({ resourcePreEvent }) => (resourcePreEvent ? [stepOf(resourcePreEvent.metadata)] : []));
}

/** Hides debug messages, and the engine's retry notices, because the program's own are more specific. */
const isForPeople = (severity: string | undefined, message: string) =>
  ["info", "info#err", "warning", "error"].includes(severity ?? "") &&
  message !== "" &&
  !message.includes("due to on-error hook request");

/**
 * Shows each finished resource and the engine's messages. The gcp plugin reports an error for each failed attempt, so the errors of
 * a resource are shown once it has failed. A resource that succeeds in the end shows what it has waited for.
 */
export function showProgress(screen: Screen, total: number): (event: EngineEvent) => void {
  let done = 0;
  /** By URN. */
  const attempts = new Map<string, string[]>();
  const show = (message: string, style: "red" | "dim") => {
    for (const line of message.split("\n")) screen.wrapped(`  ${line}`, 4, style);
  };
  const showErrors = (urns: readonly string[]) => {
    for (const urn of urns) {
      for (const message of new Set(attempts.get(urn))) show(message, "red");
      attempts.delete(urn);
    }
  };
  return ({ resOutputsEvent, resOpFailedEvent, diagnosticEvent, summaryEvent, cancelEvent }) => {
    const metadata = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    if (resOutputsEvent !== undefined) attempts.delete(resOutputsEvent.metadata.urn);
    if (resOpFailedEvent !== undefined) showErrors([resOpFailedEvent.metadata.urn]);
    if (summaryEvent !== undefined || cancelEvent !== undefined) showErrors([...attempts.keys()]);
    if (metadata !== undefined) {
      const { op, type, name, isComponent } = stepOf(metadata);
      if (op === "same" || isComponent) return;
      done++;
      const outcome = resOpFailedEvent === undefined ? `${op.replace(/e$/, "")}ed` : "failed";
      screen.progress(`${String(done)} of ${String(total)}  ${outcome}  ${type}  ${name}`);
    }
    const message = (diagnosticEvent?.message ?? "").replace(/<\{%.*?%\}>/g, "").trim();
    if (!isForPeople(diagnosticEvent?.severity, message)) return;
    const { urn = "" } = diagnosticEvent ?? {};
    if (diagnosticEvent?.severity !== "error") show(message, "dim");
    else if (urn === "" || urn.includes("::pulumi:pulumi:Stack::")) show(message, "red");
    else attempts.set(urn, [...(attempts.get(urn) ?? []), message]);
  };
}

function stepOf({ op, type, urn }: { op: string; type: string; urn: string }): Step {
  const [module = "", member = type] = [type.slice(0, type.lastIndexOf(":")), type.split(":").at(-1)];
  return {
    op,
    type: `${module.replace(/\/[^/:]*$/, "")}:${member}`,
    name: urn.split("::").slice(3).join("::"),
    isComponent:
      type.startsWith("customer-care:") || type.startsWith("pulumi:pulumi:") || type.startsWith("pulumi:providers:"),
  };
}

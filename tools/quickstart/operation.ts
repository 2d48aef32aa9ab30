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

/** Shows each finished resource and the engine's messages. */
export function showProgress(screen: Screen, total: number): (event: EngineEvent) => void {
  let done = 0;
  return ({ resOutputsEvent, resOpFailedEvent, diagnosticEvent }) => {
    const metadata = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    if (metadata !== undefined) {
      const { op, type, name, isComponent } = stepOf(metadata);
      if (op === "same" || isComponent) return;
      done++;
      const outcome = resOpFailedEvent === undefined ? `${op.replace(/e$/, "")}ed` : "failed";
      screen.progress(`${String(done)} of ${String(total)}  ${outcome}  ${type}  ${name}`);
    }
    const message = (diagnosticEvent?.message ?? "").replace(/<\{%.*?%\}>/g, "").trim();
    if (!isForPeople(diagnosticEvent?.severity, message)) return;
    const style = diagnosticEvent?.severity === "error" ? "red" : "dim";
    for (const line of message.split("\n")) screen.wrapped(`  ${line}`, 4, style);
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

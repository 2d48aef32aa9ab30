/** The progress of a fleet on standard error: one line on a terminal, else plain lines. */
import { visible } from "../../text/index.ts";
import { startHeartbeat } from "../heartbeat.ts";
import { forControls } from "../terminal.ts";
import type { Operation, StackRun } from "./stackOperation.ts";

/** Milliseconds until the first line, and between two. */
const intervals = { first: 1000, terminal: 200, plain: 5000 };

/** @returns A function that ends it. */
export function showProgress(
  operation: Operation,
  runs: readonly StackRun[],
  stream: NodeJS.WriteStream = forControls(process.stderr),
): () => void {
  const { isTTY } = stream;
  const begin = performance.now();
  let isReading = false;
  let isEnded = false;
  const write = () => {
    if (isReading || isEnded) return;
    isReading = true;
    const running = runs.filter(({ status }) => status === "running");
    void Promise.all(running.map(({ progress }) => progress.read())).then(() => {
      isReading = false;
      if (isEnded) return;
      const line = visible(`care fleet ${operation}: ${lineOf(runs, (performance.now() - begin) / 1000)}`);
      stream.write(isTTY ? `\r\u001b[K${line.slice(0, stream.columns - 1)}` : `${line}\n`);
    });
  };
  const end = startHeartbeat(intervals, isTTY, write);
  return () => {
    isEnded = true;
    end();
    if (isTTY) stream.write("\r\u001b[K");
  };
}

/** `3 of 16 stacks done, 1 failed (prod-02), 4 running (prod-04: 213 resources), 1 min 5 s`. */
function lineOf(runs: readonly StackRun[], seconds: number): string {
  const of = (status: StackRun["status"]) => runs.filter((run) => run.status === status);
  const [done, failed, running] = [of("done"), of("failed"), of("running")];
  const resources = running.map(({ stack, progress }) => `${stack}: ${String(progress.done)}`);
  return [
    `${String(done.length + of("left out").length)} of ${String(runs.length)} stacks done`,
    ...(failed.length === 0
      ? []
      : [`${String(failed.length)} failed (${failed.map(({ stack }) => stack).join(", ")})`]),
    ...(running.length === 0 ? [] : [`${String(running.length)} running (resources of ${resources.join(", ")})`]),
    inSeconds(seconds),
  ].join(", ");
}

/** `8.5 s`, `1 min 5 s`. */
export function inSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${String(whole)} s` : `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`;
}

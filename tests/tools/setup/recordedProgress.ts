import type { Progress } from "../../../tools/setup/index.ts";

/** Progress that a test can read. */
export function recordedProgress(): Progress & { notes: string[]; steps: string[] } {
  const notes: string[] = [];
  const steps: string[] = [];
  return {
    notes,
    steps,
    note: (line) => void notes.push(line),
    step: (title) => ({
      update: (detail) => void steps.push(`${title}: ${detail}`),
      end: (outcome = "done") => void steps.push(`${title}: ${outcome}`),
    }),
  };
}

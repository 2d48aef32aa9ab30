import assert from "node:assert/strict";
import { afterEach, describe, it, vi } from "vitest";
import { duration, terminalProgress } from "../../../tools/setup/bootstrap/progress.mjs";

describe("progress", () => {
  afterEach(() => vi.useRealTimers());

  function written(isTTY: boolean) {
    let text = "";
    const progress = terminalProgress({ isTTY, write: (chunk: string) => void (text += chunk) });
    return { progress, text: () => text };
  }

  it("reports nothing for quick work", () => {
    vi.useFakeTimers();
    const { progress, text } = written(false);
    const step = progress.step("Building");
    vi.advanceTimersByTime(1_900);
    step.end();
    vi.advanceTimersByTime(60_000);
    assert.equal(text(), "");
  });

  it("reports the task after 2 s, then its progress every 10 s, in plain lines", () => {
    vi.useFakeTimers();
    const { progress, text } = written(false);
    const step = progress.step("Building");
    vi.advanceTimersByTime(2_000);
    step.update("3 of 9 packages");
    vi.advanceTimersByTime(10_000);
    step.end();
    assert.equal(text(), "Building… 2 s\nBuilding… 12 s, 3 of 9 packages\nBuilding: done, 12 s\n");
  });

  it("keeps to one line on a terminal", () => {
    vi.useFakeTimers();
    const { progress, text } = written(true);
    const step = progress.step("Building");
    vi.advanceTimersByTime(2_000);
    vi.advanceTimersByTime(1_000);
    step.end();
    const clear = "\r\x1b[2K";
    assert.equal(text(), `${clear}Building… 2 s${clear}Building… 3 s${clear}Building: done, 3 s\n`);
  });

  it("breaks a note between words on a terminal", () => {
    let text = "";
    const stream = { isTTY: true, columns: 30, write: (chunk: string) => void (text += chunk) };
    terminalProgress(stream).note("A stand-in replaces the gcp plugin 9.37.0.");
    assert.equal(text, "\r\x1b[2KA stand-in replaces the gcp\nplugin 9.37.0.\n");
  });

  it("gives durations in words", () => {
    assert.equal(duration(1_400), "1 s");
    assert.equal(duration(423_000), "7 min 3 s");
  });
});

/** What `care doctor` writes to standard error while it works. */
import assert from "node:assert/strict";
import { afterEach, describe, it, vi } from "vitest";
import { showProgress } from "../../../care/google/progress.ts";

/** The output within the given milliseconds, and then at the end. */
function written(isTTY: boolean, milliseconds: number): string {
  vi.useFakeTimers();
  let text = "";
  const stream = { isTTY, write: (more: string) => (text += more) } as unknown as NodeJS.WriteStream;
  const counts = { asked: 0, answered: 0 };
  const end = showProgress("care doctor", counts, stream);
  vi.advanceTimersByTime(Math.min(milliseconds, 2000));
  Object.assign(counts, { asked: 40, answered: 12 });
  // In steps, as the time of the clock is that of the end of each.
  for (let at = 2000; at < milliseconds; at += 100) vi.advanceTimersByTime(Math.min(100, milliseconds - at));
  end();
  vi.advanceTimersByTime(10_000);
  return text;
}

describe("the progress", () => {
  afterEach(() => vi.useRealTimers());

  it("is not shown for what takes less than two seconds", () => {
    assert.equal(written(false, 1999), "");
  });
  it("is plain lines where nobody looks", () => {
    assert.equal(
      written(false, 4000),
      "care doctor: reading the stack\ncare doctor: 12 of 40 requests to Google answered\n",
    );
  });
  it("repeats a plain line that has not changed each ten seconds only", () => {
    const line = "care doctor: 12 of 40 requests to Google answered\n";
    assert.equal(written(false, 13_999), `care doctor: reading the stack\n${line}`);
    vi.useRealTimers();
    assert.equal(written(false, 14_000), `care doctor: reading the stack\n${line}${line}`);
  });
  it("is one line of a terminal, which goes at the end", () => {
    assert.equal(
      written(true, 2200),
      "\r\u001b[Kcare doctor: reading the stack\r\u001b[Kcare doctor: 12 of 40 requests to Google answered\r\u001b[K",
    );
  });
});

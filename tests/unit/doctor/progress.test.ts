/** What `care doctor` says on standard error while it works. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import { showProgress } from "../../../cli/google/progress.ts";

/** What is written in so many milliseconds, and then at the end. */
function written(t: TestContext, isTTY: boolean, milliseconds: number): string {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  let text = "";
  const stream = { isTTY, write: (more: string) => (text += more) } as unknown as NodeJS.WriteStream;
  const counts = { asked: 0, answered: 0 };
  const end = showProgress("care doctor", counts, stream);
  t.mock.timers.tick(Math.min(milliseconds, 2000));
  Object.assign(counts, { asked: 40, answered: 12 });
  // In steps, as the time of the clock is that of the end of each.
  for (let at = 2000; at < milliseconds; at += 100) t.mock.timers.tick(Math.min(100, milliseconds - at));
  end();
  t.mock.timers.tick(10_000);
  return text;
}

describe("the progress", () => {
  it("is not shown for what takes less than two seconds", (t) => {
    assert.equal(written(t, false, 1999), "");
  });
  it("is plain lines where nobody looks", (t) => {
    assert.equal(
      written(t, false, 4000),
      "care doctor: reading the stack\ncare doctor: 12 of 40 questions to Google answered\n",
    );
  });
  it("repeats a plain line that has not changed each ten seconds only", (t) => {
    const line = "care doctor: 12 of 40 questions to Google answered\n";
    assert.equal(written(t, false, 13_999), `care doctor: reading the stack\n${line}`);
    t.mock.timers.reset();
    assert.equal(written(t, false, 14_000), `care doctor: reading the stack\n${line}${line}`);
  });
  it("is one line of a terminal, which goes at the end", (t) => {
    assert.equal(
      written(t, true, 2200),
      "\r\u001b[Kcare doctor: reading the stack\r\u001b[Kcare doctor: 12 of 40 questions to Google answered\r\u001b[K",
    );
  });
});

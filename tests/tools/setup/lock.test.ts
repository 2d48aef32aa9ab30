import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, it } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";
import { withLock } from "../../../tools/setup/bootstrap/lock.mjs";
import { run } from "../../../tools/setup/bootstrap/process.mjs";
import { root } from "../../../tools/setup/bootstrap/places.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe("the lock of the set-up", () => {
  const folder = temporaryFolder();

  it("lets one in at a time", async () => {
    const file = join(folder, "one", "lock");
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await sleep(20);
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, work)));
    assert.equal(most, 1);
    assert.equal(existsSync(file), false);
  });

  it("lets one process in at a time", async () => {
    const file = join(folder, "processes");
    const trace = join(folder, "trace");
    const script = `
      import { appendFileSync } from "node:fs";
      import { setTimeout as sleep } from "node:timers/promises";
      import { withLock } from ${JSON.stringify(join(root, "tools/setup/bootstrap/lock.mjs"))};
      await withLock(${JSON.stringify(file)}, async () => {
        appendFileSync(${JSON.stringify(trace)}, "in\\n");
        await sleep(100);
        appendFileSync(${JSON.stringify(trace)}, "out\\n");
      });`;
    const argument = ["--input-type=module", "--eval", script];
    const ended = await Promise.all([1, 2, 3].map(() => run(process.execPath, argument)));
    assert.deepEqual(
      ended.map(({ code, stderr }) => [code, stderr]),
      [1, 2, 3].map(() => [0, ""]),
    );
    assert.equal(readFileSync(trace, "utf8"), "in\nout\n".repeat(3));
  });

  it("of another process remains when a former holder exits", async () => {
    const file = join(folder, "evicted");
    const script = `
      import { writeFileSync } from "node:fs";
      import { withLock } from ${JSON.stringify(join(root, "tools/setup/bootstrap/lock.mjs"))};
      await withLock(${JSON.stringify(file)}, () => {
        writeFileSync(${JSON.stringify(file)}, JSON.stringify({ id: "another" }));
        process.exit(0);
      });`;
    await run(process.execPath, ["--input-type=module", "--eval", script]);
    assert.equal(readFileSync(file, "utf8"), '{"id":"another"}');
  });

  it("is given back when the work fails", async () => {
    const file = join(folder, "failing");
    await assert.rejects(
      withLock(file, () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(await withLock(file, () => Promise.resolve("yes")), "yes");
  });

  it("is taken over from a process that has died, by one of those that wait", async () => {
    const file = join(folder, "dead");
    const { stdout } = await run(process.execPath, ["--print", "process.pid"]);
    writeFileSync(file, JSON.stringify({ id: "dead", pid: Number(stdout), host: hostname() }));
    let inside = 0;
    const work = async () => {
      assert.equal(++inside, 1);
      await sleep(10);
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, work)));
  });

  it("is taken over when the heartbeat of another machine has stopped", async () => {
    const file = join(folder, "elsewhere");
    writeFileSync(file, JSON.stringify({ id: "elsewhere", pid: process.pid, host: "another-machine" }));
    const begin = performance.now();
    await withLock(file, () => Promise.resolve(), { silence: 300 });
    assert.ok(performance.now() - begin >= 300);
  });

  it("is taken over when its file was never written whole", async () => {
    const file = join(folder, "empty");
    writeFileSync(file, "");
    await withLock(file, () => Promise.resolve(), { silence: 300 });
  });

  it("is taken over although a process died while doing just that", async () => {
    const file = join(folder, "guarded");
    writeFileSync(file, JSON.stringify({ id: "guarded", pid: 2 ** 30, host: hostname() }));
    mkdirSync(`${file}.evicting`);
    const { utimesSync } = await import("node:fs");
    utimesSync(`${file}.evicting`, new Date(0), new Date(0));
    await withLock(file, () => Promise.resolve());
  });

  it("reports for whom it waits, once", async () => {
    const file = join(folder, "waiting");
    const waitedFor: number[] = [];
    const entered = Promise.withResolvers<void>();
    const isAwaited = Promise.withResolvers<void>();
    const first = withLock(file, async () => {
      entered.resolve();
      await isAwaited.promise;
      // The other looks again several times.
      await sleep(350);
    });
    await entered.promise;
    const onWait = (pid: number) => {
      waitedFor.push(pid);
      isAwaited.resolve();
    };
    await withLock(file, () => Promise.resolve(), { onWait });
    await first;
    assert.deepEqual(waitedFor, [process.pid]);
  });
});

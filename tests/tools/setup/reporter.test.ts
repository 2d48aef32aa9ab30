/** What a run of the tests prints at its end, whatever happens in it. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import { home, root } from "../../../tools/setup/bootstrap/places.mjs";
import { run } from "../../../tools/setup/bootstrap/process.mjs";

mkdirSync(join(home, "tests"), { recursive: true });
// In the clone, as the planted tests import Vitest.
const folder = mkdtempSync(join(home, "tests", "reporter-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The last lines of a run of one file of tests, from the list of failures on if there is one, and its exit code. */
async function endOf(name: string, tests: string, { fileLimit = 60_000, args = [] as string[] } = {}) {
  const own = join(folder, name);
  mkdirSync(own);
  writeFileSync(join(own, "planted.test.ts"), `import { beforeAll, describe, it } from "vitest";\n${tests}`);
  writeFileSync(
    join(own, "vitest.config.ts"),
    `import SummaryReporter from ${JSON.stringify(join(root, "tests/support/reporter.ts"))};
    export default { test: {
      reporters: [new SummaryReporter({ fileLimit: ${String(fileLimit)} })],
      pool: "forks",
      experimental: { viteModuleRunner: false, nodeLoader: false },
    } };`,
  );
  const { code, stdout } = await run(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), "run", ...args], {
    cwd: own,
    timeout: 60_000,
  });
  const lines = stdout.trimEnd().split("\n");
  const failures = lines.indexOf("What failed:");
  return { code, stdout, end: lines.slice(failures < 0 ? -1 : failures) };
}

describe("the end of a run", () => {
  it("counts the tests, and prints the reason of each that is skipped", async () => {
    const tests = `it("passes", () => {}); it("is skipped", (t) => t.skip("there is no Go here"));`;
    const { code, stdout, end } = await endOf("green", tests);
    assert.deepEqual([code, end], [0, ["1 passed, 0 failed, 1 skipped"]]);
    assert.match(stdout, /^ {2}skipped: planted\.test\.ts > is skipped: there is no Go here$/m);
  });

  it("names each test that failed, its file and why", async () => {
    const tests = `describe("a suite", () => { it("passes", () => {}); it("does not", () => { throw new Error("planted"); }); });`;
    const { code, end } = await endOf("red", tests);
    assert.deepEqual(
      [code, end],
      [
        1,
        ["What failed:", "planted.test.ts > a suite > does not", "    Error: planted", "1 passed, 1 failed, 0 skipped"],
      ],
    );
  });

  for (const [what, tests, where] of [
    [
      "a hook",
      `describe("s", () => { beforeAll(() => { throw new Error("planted"); }); it("is", () => {}); });`,
      " > s",
    ],
    ["a file that cannot be loaded", `throw new Error("planted");`, ""],
    ["an error outside of any test", `it("is", () => void Promise.reject(new Error("planted")));`, undefined],
  ] as const)
    it(`fails by ${what}`, async () => {
      const { code, end } = await endOf(what.replaceAll(" ", "-"), tests);
      assert.equal(code, 1);
      assert.deepEqual(end.slice(0, 3), [
        "What failed:",
        where === undefined ? "outside of any test, in planted.test.ts" : `planted.test.ts${where}`,
        "    Error: planted",
      ]);
      assert.match(end.at(-1) ?? "", /, 1 failed, /);
    });

  it("names the file whose process has crashed", async () => {
    const { code, end } = await endOf("crash", `it("crashes", () => process.abort());`);
    assert.equal(code, 1);
    assert.equal(end[1], "outside of any test");
    assert.match(end.join("\n"), /signal SIGABRT.*planted\.test\.ts/);
  });

  it("has an error outside of any test with its cause", async () => {
    const tests = `it("is", () => void Promise.reject(new Error("planted", { cause: "the reason" })));`;
    const { end } = await endOf("cause", tests);
    assert.deepEqual(end.slice(2, 4), ["    Error: planted", "    'the reason'"]);
  });

  it("comes for a file that blocks its process", async () => {
    const { code, end } = await endOf("hanging", `it("hangs", () => { for (;;); });`, { fileLimit: 2_000 });
    assert.equal(code, 1);
    assert.deepEqual(end, [
      "What failed:",
      "planted.test.ts",
      "    The file has not ended within 2 s.",
      "0 passed, 1 failed, 0 skipped",
    ]);
  });

  it("comes for a file that blocks while it is loaded", async () => {
    const { code, end } = await endOf("blocking", "for (;;); it.todo();", { fileLimit: 2_000 });
    assert.deepEqual([code, end[1]], [1, "planted.test.ts"]);
  });

  it("counts only the tests that are chosen by name", async () => {
    const tests = `it("is chosen", () => {}); it("is another", () => {});`;
    const chosen = await endOf("by-name", tests, { args: ["-t", "chosen"] });
    assert.deepEqual([chosen.code, chosen.end], [0, ["1 passed, 0 failed, 0 skipped"]]);
    const none = await endOf("by-no-name", tests, { args: ["-t", "nothing"] });
    assert.deepEqual([none.code, none.end], [1, ["0 passed, 0 failed, 0 skipped"]]);
    assert.match(none.stdout, /^No test ran\.$/m);
  });

  it("is a failure where there is no test", async () => {
    const { code } = await endOf("empty", "");
    assert.equal(code, 1);
  });
});

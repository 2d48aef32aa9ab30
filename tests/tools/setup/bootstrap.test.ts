import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { describe, it } from "vitest";
import { setTimeout as sleep } from "node:timers/promises";
import { commands } from "../../../tools/setup/bootstrap/main.mjs";
import { run } from "../../../tools/setup/bootstrap/process.mjs";
import { root } from "../../../tools/setup/bootstrap/places.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** An early end is a failure, not a wait for the time limit. */
async function firstOutput(child: ChildProcessByStdio<null, Readable, null>): Promise<void> {
  const ended = once(child, "exit").then(([code]) => assert.fail(`it ended with ${String(code)}`));
  await Promise.race([once(child.stdout, "data"), ended]);
  ended.catch(() => undefined);
}

describe("the commands' start", () => {
  const folder = temporaryFolder();
  // A clone whose cloud is a program of the test.
  const clone = join(folder, "a clone");
  cpSync(join(root, "tools/setup"), join(clone, "tools/setup"), { recursive: true });
  cpSync(join(root, "text/nodeVersion.mjs"), join(clone, "text/nodeVersion.mjs"));
  cpSync(join(root, "package-lock.json"), join(clone, "package-lock.json"));
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
  mkdirSync(join(clone, "tools/localCloud"));
  const bootstrap = join(clone, "tools/setup/bootstrap.mjs");
  const cloud = (program: string) => writeFileSync(join(clone, "tools/localCloud/main.ts"), program);

  it("names the commands where it does not know one", async () => {
    const { code, stdout, stderr } = await run(process.execPath, [bootstrap, "clown"]);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.equal(stderr, `Unknown command "clown". Known: ${Object.keys(commands).join(", ")}.\n`);
  });

  it("names the Node that is needed where this one is too old to fetch it", async () => {
    const old = join(folder, "old.mjs");
    writeFileSync(old, `Object.defineProperty(process.versions, "node", { value: "16.20.2" });`);
    const { code, stderr } = await run(process.execPath, ["--import", old, bootstrap, "cloud"]);
    assert.equal(code, 1);
    assert.equal(
      stderr,
      "customer-care needs Node 22.18 or later (18 or later to fetch that by itself); this is Node 16.20.2. Get one from https://nodejs.org.\n",
    );
  });

  it("passes arguments and the exit code, and leaves stdout to the command", async () => {
    cloud(`console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;`);
    const { code, stdout } = await run(process.execPath, [bootstrap, "cloud", "--json", "a b"]);
    assert.equal(code, 7);
    assert.equal(stdout, '["--json","a b"]\n');
  });

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`passes ${signal} on, and ends with the command`, async () => {
      const note = join(folder, signal);
      cloud(`import { writeFileSync } from "node:fs";
        setInterval(() => {}, 1000);
        process.on("${signal}", () => { writeFileSync(${JSON.stringify(note)}, "${signal}"); process.exit(9); });
        console.log("ready");`);
      const child = spawn(process.execPath, [bootstrap, "cloud"], { stdio: ["ignore", "pipe", "ignore"] });
      await firstOutput(child);
      child.kill(signal);
      const [code] = (await once(child, "exit")) as [number];
      assert.equal(code, 9);
      assert.equal(readFileSync(note, "utf8"), signal);
    });
  }

  it("ends a tool of the set-up, and what that has started, when it is ended itself", async () => {
    const trace = join(folder, "trace");
    // Not looked up by its id: one that nobody has buried yet still has it.
    const tool = `echo alive > "${trace}"; while :; do echo alive >> "${trace}"; sleep 0.02; done & echo started; wait`;
    const script = `
      import { run } from ${JSON.stringify(join(root, "tools/setup/bootstrap/process.mjs"))};
      await run("sh", ["-c", ${JSON.stringify(tool)}], { onOutput: console.log });`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    await firstOutput(child);
    child.kill("SIGTERM");
    await once(child, "exit");
    const growth = async () => {
      const { length } = readFileSync(trace, "utf8");
      await sleep(300);
      return readFileSync(trace, "utf8").length - length;
    };
    // The signals may take a while where the machine is busy.
    for (let looks = 0; looks < 100 && (await growth()) > 0; looks++);
    assert.equal(await growth(), 0);
  });
});

/** Every file that a command of care reads or writes, and every way in which the system refuses it: one sentence, and the exit code. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  cpSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "vitest";
import { commentText } from "../../care/case/commentText.ts";
import { pullRequestOf } from "../../care/comment/pullRequest.ts";
import { exitCodeOf } from "../../care/exitCodes.ts";
import { writeText } from "../../care/files.ts";
import { readFleet } from "../../care/fleet/fleetFile.ts";
import { operate } from "../../care/fleet/operate.ts";
import { stackFilesOf } from "../../care/fleet/stackFiles.ts";
import { careProgram } from "../../care/program.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { recordingFile } from "../support/previews/recordings.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Each makes a path that the system refuses to read, of a file in an existing folder. */
const refusals: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => path,
  EISDIR: (path) => {
    mkdirSync(path);
    return path;
  },
  ELOOP: (path) => {
    symlinkSync(path, path);
    return path;
  },
  EACCES: (path) => {
    writeFileSync(path, "");
    chmodSync(path, 0);
    return path;
  },
};

/** Root reads everything. */
const isRoot = process.getuid?.() === 0;

/** What the command prints and its exit code. */
async function ended(run: () => unknown): Promise<{ readonly code: number; readonly message: string }> {
  const { error } = console;
  const lines: string[] = [];
  console.error = (line: string) => lines.push(line);
  try {
    await run();
    return { code: 0, message: lines.join("\n") };
  } catch (thrown) {
    return { code: exitCodeOf(thrown), message: lines.join("\n") };
  } finally {
    console.error = error;
  }
}

const care =
  (...args: readonly string[]) =>
  () =>
    careProgram().parseAsync(args, { from: "user" });

/** One sentence with the path, what is wrong, and what to do. */
function assertSentence(message: string, path: string, code: string): void {
  const [sentence = "", see = "", ...rest] = message.split("\n");
  assert.ok(sentence.includes(path), message);
  assert.match(sentence, new RegExp(`: [a-z][^;()]+ \\(${code}\\); [a-z]`));
  assert.match(see, /^See docs\/reference\/errors\.md#a-/);
  assert.deepEqual(rest, []);
}

const folder = temporaryFolder();
let count = 0;

/** A folder with the files of a fleet. */
function fleetFolder(): string {
  const directory = join(folder, String(count++));
  mkdirSync(directory);
  cpSync(join(root, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
  const config = { "customer-care:fleet": { shards: 1 }, "customer-care:projects": { "shop-dev": {} } };
  writeFileSync(join(directory, "Pulumi.prod.yaml"), JSON.stringify({ config }));
  return directory;
}

interface Use {
  readonly run: (path: string) => () => unknown;
  /** The path's name. @default another one for each test */
  readonly name?: string;
  /** Refusals that are none here. */
  readonly accepts?: readonly string[];
}

const fleetPlan: Use["run"] = (path) => care("fleet", "plan", "prod", "--json", "--cwd", dirname(path));

const reads: Readonly<Record<string, Use>> = {
  "care diff PREVIEW": { run: (path) => care("diff", path) },
  "care diff --reviewed": {
    run: (path) => care("diff", recordingFile({ name: "nothing-changes" }), "--reviewed", path),
  },
  "care comment PREVIEW": { run: (path) => care("comment", path) },
  "care case comment --file": { run: (path) => () => commentText(undefined, path) },
  GITHUB_EVENT_PATH: {
    run: (path) => () => pullRequestOf({ repository: "octo-org/care" }, { GITHUB_EVENT_PATH: path }),
  },
  "Pulumi.yaml of a fleet": { run: fleetPlan, name: "Pulumi.yaml" },
  "a fleet's file": { run: fleetPlan, name: "Pulumi.prod.yaml" },
  "a stack's file of a fleet": { run: fleetPlan, name: "Pulumi.prod-00.yaml", accepts: ["ENOENT"] },
};

const previewOf = async (path: string) => {
  const fleet = await readFleet(dirname(path), "prod");
  const dependencies = { fleet, logs: path, signal: new AbortController().signal };
  await operate("preview", await stackFilesOf(fleet), 1, dependencies);
};

const writes: Readonly<Record<string, Use>> = {
  "care adopt --file, care report --file": { run: (path) => () => writeText(path, "text") },
  "a stack's file of a fleet": { run: fleetPlan, name: "Pulumi.prod-00.yaml.new", accepts: ["ENOENT"] },
  "the folder of a fleet's logs": {
    run: (path) => () => previewOf(path),
    accepts: ["ENOENT", "EISDIR", "EACCES", "ENOSPC"],
  },
};

/** The same for writing; a device that is always full is there on Linux. */
const writeRefusals: typeof refusals = {
  ...refusals,
  ENOENT: (path) => join(path, "below"),
  ENOSPC: (path) => {
    symlinkSync("/dev/full", path);
    return path;
  },
};

describe.each([
  { verb: "read", uses: reads, ways: refusals, exit: 2 },
  { verb: "written", uses: writes, ways: writeRefusals, exit: 1 },
])("a file that cannot be $verb", ({ verb, uses, ways, exit }) => {
  for (const [what, { run, name = "file", accepts = [] }] of Object.entries(uses))
    for (const [code, makePath] of Object.entries(ways).filter(([code]) => !accepts.includes(code)))
      it(`${what}: ${code}`, async (t) => {
        t.skip(code === "EACCES" && isRoot, "root reads and writes every file");
        t.skip(code === "ENOSPC" && process.platform !== "linux", "only Linux has a device that is always full");
        const file = join(fleetFolder(), name);
        rmSync(file, { force: true });
        const path = makePath(file);
        const { code: exitCode, message } = await ended(run(path));
        assertSentence(message, path, code);
        assert.ok(message.includes(` cannot be ${verb}: `), message);
        assert.equal(exitCode, exit);
      });
});

/** Imports a function that opens a file or a folder. */
const isUser = /import \{[^}]*\b(append|copy|mkdir|open|read|rename|write)\w*\b[^}]*\} from "node:fs/;

describe("the files of care", () => {
  it("are read and written by one module; the others handle the errors themselves", () => {
    const users = globSync("care/**/*.ts", { cwd: root })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => isUser.test(readFileSync(join(root, file), "utf8")));
    assert.deepEqual(users.sort(), [
      "care/comment/writeComments.ts",
      // The names in the shell's folder.
      "care/completion.ts",
      "care/files.ts",
      // /proc, if it is there.
      "care/fleet/command.ts",
      // The log of a running engine, if it is there.
      "care/fleet/events.ts",
      "care/fleet/locks.ts",
      "care/fleet/operate.ts",
      // The log that care has written.
      "care/fleet/preview.ts",
      "care/fleet/pulumi.ts",
      "care/fleet/stackFiles.ts",
      "care/fleet/stackOperation.ts",
      // The backend's folder, if it can be read.
      "care/fleet/stacks.ts",
      // Files of this package.
      "care/program.ts",
      "care/report/html/page.ts",
    ]);
  });

  it("that are in the place of the folder of a fleet's logs have a sentence, too", async () => {
    const path = join(fleetFolder(), "logs");
    writeFileSync(path, "");
    const { code, message } = await ended(() => previewOf(path));
    assertSentence(message, path, "EEXIST");
    assert.equal(code, 1);
  });

  it("are the outputs, too: a full disk is one sentence", (t) => {
    t.skip(process.platform !== "linux", "only Linux has a device that is always full");
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [join(root, "care/main.ts"), "completion", "bash"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    assertSentence(stderr.trimEnd(), "the output", "ENOSPC");
    assert.equal(status, 1);
  });

  it("that no module explains have a sentence, too", async () => {
    const { code, message } = await ended(() => readFileSync(join(folder, "gone")));
    assertSentence(message.replace("gone: ", "gone cannot be read: "), join(folder, "gone"), "ENOENT");
    assert.equal(code, 1);
  });
});

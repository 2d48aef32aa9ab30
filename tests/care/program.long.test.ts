/** `care` as a whole: help, version, completion, exit codes and colour are alike in all commands. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "vitest";
import type { Command } from "commander";
import { careProgram } from "../../care/program.ts";
import { meaningsOf } from "../../care/exitCodes.ts";
import { root } from "../../tools/setup/bootstrap/places.mjs";
import { recordingFile } from "../support/previews/recordings.ts";

const main = join(root, "care", "main.ts");

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const ended = (program: string, args: readonly string[], environment: Record<string, string> = {}) =>
  new Promise<Ended>((resolve) => {
    // Node goes by these for colour, and CI is set where this test runs there.
    const { FORCE_COLOR: _force, NO_COLOR: _no, CI: _ci, NODE_DISABLE_COLORS: _disable, ...inherited } = process.env;
    const child = execFile(program, args, { cwd: root, env: { ...inherited, ...environment } }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
const care = (...args: string[]) => ended(process.execPath, [main, ...args]);

/** Each command with the words that call it, but for those that commander and the completion add. */
function* commandsOf(command: Command, words: readonly string[] = []): Generator<[string, Command]> {
  for (const child of command.commands) {
    if (["help", "complete"].includes(child.name())) continue;
    const name = [...words, child.name()];
    yield [name.join(" "), child];
    yield* commandsOf(child, name);
  }
}

const commands = [...commandsOf(careProgram())];

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

describe("the help of care", () => {
  for (const [name, command] of commands)
    it(`${name} describes the command, with an example and the exit codes`, () => {
      assert.match(command.description(), /^[A-Z].*[^.]$/);
      const help = helpOf(command);
      assert.match(help, new RegExp(`^Examples:\\n(.*\\n)*.*\\bcare ${name}\\b`, "m"));
      assert.match(help, /^Exit codes:\n {2}0 {2}\S.*\n {2}1 {2}\S.*\n {2}2 {2}\S/m);
      const headings = help.match(/^[A-Z][\w ]*:$/gm) ?? [];
      assert.deepEqual(headings, [...new Set(headings)]);
      assert.doesNotMatch(help, /default: (\[|")-?[\]"]/);
      if (command.options.some((option) => option.long === "--stack")) assert.match(help, /^Stack:\n {2}-s, --stack/m);
    });

  it("is in docs/reference/care.md: each command, and no other", () => {
    const rows =
      readFileSync(join(root, "docs", "reference", "care.md"), "utf8").match(/(?<=^\| `care )[a-z ]+(?=[`[<])/gm) ?? [];
    assert.deepEqual(
      rows.map((row) => row.trim()).sort(),
      commands
        .filter(([, { commands: below }]) => below.length === 0)
        .map(([name]) => name)
        .sort(),
    );
  });
});

it("the exit codes of each command are on one page", () => {
  const page = readFileSync(join(root, "docs", "reference", "care.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([a-z ]+)` +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(
    ([, name = "", ...codes]) => [name, ...codes],
  );
  const expected = commands
    .filter(([, { commands: below }]) => below.length === 0)
    .map(([name, command]) => [name, ...Object.values(meaningsOf(command))]);
  assert.deepEqual(rows.sort(), expected.sort());
});

describe("care", () => {
  it("documents its exit codes and answers with them", async () => {
    for (const [args, code] of [
      [["--help"], 0],
      [["case", "--help"], 0],
      [["help", "case"], 0],
      [["case", "comment", "--help"], 0],
      [[], 2],
      [["case"], 2],
      [["frobnicate"], 2],
      [["--frobnicate"], 2],
    ] as [string[], number][]) {
      const ended = await care(...args);
      assert.equal(ended.code, code, args.join(" "));
      if (code === 0)
        assert.match(
          ended.stdout,
          args.includes("comment")
            ? /Exit codes:\n {2}0 {2}the comment was added.*\n {2}1 {2}the comment was not added.*\n {2}2 {2}the command is wrong/
            : /Exit codes:\n {2}0 {2}success\n {2}1 {2}it failed.*\n {2}2 {2}the command is wrong/,
        );
    }
    assert.match((await care("case", "comment", "--help")).stdout, /Global Options:\n {2}-s, --stack <name>/);
  });
});

describe("care as a process", () => {
  it("writes the version of its package", async () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    for (const option of ["--version", "-V"])
      assert.deepEqual(await care(option), { code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("ends with 0 for its help, and with 2 for a command or an option that there is not", async () => {
    assert.equal((await care("--help")).code, 0);
    const { code, stdout, stderr } = await care("doktor");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /unknown command 'doktor'\n\(Did you mean doctor\?\)/);
    assert.equal((await care("diff", "--nope")).code, 2);
    assert.equal((await care()).code, 2);
  });
});

describe("care help", () => {
  it("shows the help of a command, as --help does", async () => {
    assert.deepEqual(await care("help", "diff"), await care("diff", "--help"));
    assert.deepEqual(await care("case", "help", "show"), await care("case", "show", "--help"));
    assert.deepEqual(await care("help"), await care("--help"));
  });

  it("ends with 2 for an unknown command, and suggests a similar one", async () => {
    const { code, stdout, stderr } = await care("help", "dif");
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^error: unknown command 'dif'\n\(Did you mean diff\?\)\n/);
    assert.match((await care("case", "help", "lst")).stderr, /unknown command 'lst'\n\(Did you mean list\?\)/);
    for (const [args, error] of [
      [["dif", "--help"], /^error: unknown command 'dif'\n\(Did you mean diff\?\)\n/],
      [["case", "lst", "-h"], /^error: unknown command 'lst'\n\(Did you mean list\?\)\n/],
    ] as const) {
      const helped = await care(...args);
      assert.deepEqual([helped.code, helped.stdout], [2, ""]);
      assert.match(helped.stderr, error);
    }
  });
});

describe("a pipe that is closed", () => {
  const recording = (name: string) => recordingFile({ name });
  /** The reader is gone before there is anything to read. */
  const unread = async (...args: string[]) => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    const stderr = await text(child.stderr);
    return { stderr, code: child.exitCode ?? (await new Promise((end) => child.once("exit", end))) };
  };

  it("ends a command quietly", async () => {
    assert.deepEqual(await unread("help", "diff"), { stderr: "", code: 0 });
    const many = Array<string>(20).fill(recording("first-up"));
    assert.deepEqual(await unread("diff", ...many, "--json"), { stderr: "", code: 0 });
  });

  it("opens no gate", async () => {
    const findings = ["diff", recording("administrator-added"), "--json", "--fail-on", "admin-grant"];
    assert.deepEqual(await unread(...findings), { stderr: "care diff: admin-grant: 1\n", code: 1 });
  });
});

describe("care completion", () => {
  const completed = async (...words: string[]) => {
    const { stdout, code } = await care("complete", "--", ...words);
    assert.equal(code, 0);
    return stdout
      .split("\n")
      .filter((line) => line.includes("\t"))
      .map((line) => line.split("\t")[0]);
  };

  it("completes commands, options, stacks, kinds and choices", async () => {
    assert.deepEqual(await completed("do"), ["doctor"]);
    assert.deepEqual(await completed("case", "es"), ["escalate"]);
    assert.deepEqual(await completed("diff", "--fa"), ["--fail-on"]);
    assert.deepEqual(await completed("doctor", "--stack", ""), ["dev", "org", "prod", "staging"]);
    assert.deepEqual(await completed("case", "list", "--stack", "p"), ["prod"]);
    assert.ok((await completed("diff", "--fail-on", "")).includes("admin-grant"));
    assert.deepEqual(await completed("diff", "--fail-on", "admin-grant,de"), ["admin-grant,delete"]);
    assert.deepEqual(await completed("diff", "--fail-on", "replace,delete,re"), [
      "replace,delete,real-case",
      "replace,delete,real-case-close",
    ]);
    assert.deepEqual(await completed("diff", "--fail-on=admin-grant,de"), ["admin-grant,delete"]);
    assert.deepEqual(await completed("case", "escalate", "--reason", "b"), ["businessImpact"]);
    assert.ok((await completed("diff", "")).includes("package.json"));
  });

  it("writes a script that bash takes, and that asks care", async () => {
    const script = [
      `care() { ${process.execPath} ${main} "$@"; }`,
      "source <(care completion bash)",
      "complete -p care",
    ].join("\n");
    const { stdout, stderr, code } = await ended("bash", ["-c", script]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^complete .*-F \S+ care$/m);
  });

  const completedInBash = async (setUp: string, line: string) => {
    const script = [
      setUp,
      // As a shell does that reads its start file again.
      "source <(care completion bash); source <(care completion bash)",
      "compopt() { :; }",
      `COMP_LINE='${line}' COMP_POINT=${String(line.length)} COMP_WORDS=(${line}) COMP_CWORD=1`,
      '__care_complete; echo "${COMPREPLY[*]}"',
    ].join("\n");
    const { stdout, stderr, code } = await ended("bash", ["--norc", "--noprofile", "-c", script]);
    assert.deepEqual([stderr, code], ["", 0]);
    return stdout.trim();
  };

  it("completes in a bash without the package bash-completion", async () => {
    const asCommand = `care() { ${process.execPath} ${main} "$@"; }`;
    assert.equal(await completedInBash(asCommand, "care do"), "doctor");
    assert.equal(await completedInBash(asCommand, "care doctor --stack "), "dev org prod staging");
    assert.equal(await completedInBash(asCommand, "care diff --fail-on=admin-grant,de"), "admin-grant,delete");
  });

  it("defines care as a command of the shell where npm runs it, unless there is one", async () => {
    const { stdout } = await ended(process.execPath, [main, "completion", "bash"], { npm_lifecycle_event: "care" });
    const bash = (before: string) => ended("bash", ["--norc", "-c", `${before}\n${stdout}\ncare --version`]);
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    assert.equal((await bash("")).stdout, `${version}\n`);
    assert.equal((await bash("care() { echo own; }")).stdout, "own\n");
    for (const shell of ["zsh", "fish", "powershell"]) {
      const script = await ended(process.execPath, [main, "completion", shell], { npm_lifecycle_event: "care" });
      assert.match(script.stdout, /care\b.*main\.ts/, shell);
    }
  });

  for (const shell of ["zsh", "fish", "powershell"])
    it(`writes a script for ${shell}`, async () => {
      const { stdout, code } = await care("completion", shell);
      assert.equal(code, 0);
      assert.match(stdout, /care complete '?--'? /);
    });

  it("ends with 2 for another shell", async () => assert.equal((await care("completion", "tcsh")).code, 2));
});

describe("colour", () => {
  const program = `import { styledState } from ${JSON.stringify(join(root, "care/case/output.ts"))}; console.log(styledState("CLOSED"));`;
  const args = ["--input-type=module", "--eval", program];
  const terminal = "/usr/bin/script";
  const onTerminal = (environment: Record<string, string>) =>
    ended(terminal, ["-qec", [process.execPath, ...args].map((word) => `'${word}'`).join(" "), "/dev/null"], {
      TERM: "xterm-256color",
      ...environment,
    });

  it("is not in a file", async () => {
    assert.equal((await ended(process.execPath, args)).stdout, "CLOSED\n");
  });

  it("is on a terminal, unless NO_COLOR is set", async (t) => {
    t.skip(!existsSync(terminal), "there is no script(1) that makes a terminal");
    assert.ok((await onTerminal({})).stdout.includes("\u001b[2mCLOSED"));
    assert.match((await onTerminal({ NO_COLOR: "1" })).stdout, /^CLOSED\r?\n$/);
  });
});

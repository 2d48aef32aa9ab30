/** The options of care: `--json` never lies (care/jsonOutput.ts), and the help has each heading once and the exit codes. */
import assert from "node:assert/strict";
import { describe, it } from "vitest";
import type { Command } from "commander";
import { meaningsOf } from "../../care/exitCodes.ts";
import { careProgram } from "../../care/program.ts";
import { UsageError } from "../../care/userError.ts";

/** The options that change where the output goes, or its format, with a value for each. */
const outputs: Readonly<Record<string, readonly string[]>> = {
  adopt: ["--file -"],
  "fleet plan": ["--format github-matrix", "--format pulumi-deployments", "--format kubernetes-operator"],
  report: ["--format html", "--format markdown", "--file report.html", "--file report.json"],
};

/** The command reads the file. */
const inputs = ["case comment"];

function* commandsOf(command: Command, words: readonly string[] = []): Generator<[string, Command]> {
  for (const child of command.commands) {
    const name = [...words, child.name()];
    yield [name.join(" "), child];
    yield* commandsOf(child, name);
  }
}

describe("--json", () => {
  for (const [command, options] of Object.entries(outputs))
    for (const option of options)
      it(`is refused with ${option} in care ${command}`, async () => {
        const [words, fleet] = [command.split(" "), command.startsWith("fleet") ? ["prod"] : []];
        for (const all of [
          [...words, ...fleet, ...option.split(" "), "--json"],
          [...words, "--json", ...option.split(" "), ...fleet],
        ])
          await assert.rejects(careProgram().parseAsync(all, { from: "user" }), (error) => {
            assert.ok(error instanceof UsageError, String(error));
            assert.match(
              error.message,
              /--json writes JSON to standard output, but --(file|format) .*; write only one/,
            );
            return true;
          });
      });

  it("has no other command with such an option", () => {
    const found = [...commandsOf(careProgram())].filter(
      ([name, { options }]) =>
        !inputs.includes(name) && options.some(({ long }) => long === "--file" || long === "--format"),
    );
    assert.deepEqual(found.map(([name]) => name).sort(), Object.keys(outputs).sort());
  });
});

describe("the help of care", () => {
  it("has each heading once", () => {
    const program = careProgram();
    for (const [name, command] of [["", program] as [string, Command], ...commandsOf(program)]) {
      const headings = command.helpInformation().match(/^\S.*:$/gm) ?? [];
      assert.deepEqual(headings, [...new Set(headings)], name);
    }
  });

  it("has the codes of each command in its own words", () => {
    const program = careProgram();
    const general = meaningsOf(program);
    const leaves = [...commandsOf(program)].filter(
      ([name, { commands }]) => commands.length === 0 && !/(^| )(help|complete)$/.test(name),
    );
    assert.ok(leaves.length > 10);
    for (const [name, command] of leaves) assert.notDeepEqual(meaningsOf(command), general, name);
  });
});

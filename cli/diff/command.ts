/** `care diff`: what a preview means, for whoever reviews it and for a gate. */
import { Command, InvalidArgumentError, Option } from "commander";
import { jsonText } from "../../text/index.ts";
import { exitCodes, withExitCodes } from "../exitCodes.ts";
import { visible } from "../visible.ts";
import { changeKindNames, changeKinds } from "./kinds.ts";
import type { ChangeKindName } from "./kinds.ts";
import { jsonOf, kindCounts } from "./json.ts";
import { fewestCharacters, markdownOf } from "./markdown.ts";
import { readPreviews } from "./readPreviews.ts";
import { readSources } from "./sources.ts";
import { namedDiffs } from "./namedDiffs.ts";

interface Options {
  readonly json?: boolean;
  readonly failOn: readonly ChangeKindName[];
  readonly maxCharacters: number;
}

/** GitHub takes 65,536 characters in a comment; some are left for what a caller adds. */
const defaultMaxCharacters = 65_000;

const help = `
Kinds for --fail-on:
${changeKindNames.map((name) => `  ${name.padEnd(15)}${changeKinds[name].description}`).join("\n")}

Examples:
  pulumi preview --json | care diff
  care diff dev.json prod=previews/production.json
  care diff dev.json --fail-on admin-grant,delete,replace
  care diff dev.json --json`;

export function diffCommand(): Command {
  const command = new Command("diff")
    .description("Say what `pulumi preview --json` means, as Markdown that a comment on GitHub takes")
    .argument("[previews...]", "each FILE or STACK=FILE; - is standard input", ["-"])
    .option("--json", "write JSON instead, in the shape of docs/diff.md")
    .addOption(
      new Option("--fail-on <kinds>", "exit with 1 where a change is of one of these kinds, between commas")
        .argParser(kindsOf)
        .default([], "none"),
    )
    .option(
      "--max-characters <count>",
      `leave out of the Markdown what goes beyond; at least ${String(fewestCharacters)}`,
      charactersOf,
      defaultMaxCharacters,
    )
    .addHelpText("after", help)
    .action(diff);
  return withExitCodes(command, {
    fine: "the previews are read, and nothing of --fail-on is in them",
    failedOrFindings: "a preview failed, or has a change of a kind that --fail-on names",
    usage: "the command is wrong, or a preview cannot be read",
  });
}

async function diff(names: readonly string[], { json, failOn, maxCharacters }: Options): Promise<void> {
  const sources = await readSources(names);
  const previews = sources.flatMap(({ stack, place, text }) =>
    readPreviews(text, place).map((preview) => ({ preview, stack, place })),
  );
  const diffs = namedDiffs(previews);
  process.stdout.write(json ? `${jsonText(jsonOf(diffs))}\n` : markdownOf(diffs, maxCharacters));
  const counts = kindCounts(diffs);
  const findings = [
    ...diffs.filter(({ failed }) => failed).map(({ stack }) => `the preview of ${visible(stack)} failed`),
    ...failOn.filter((kind) => counts[kind]).map((kind) => `${kind}: ${String(counts[kind])}`),
  ];
  if (findings.length === 0) return;
  console.error(`care diff: ${findings.join("; ")}`);
  process.exitCode = exitCodes.failedOrFindings;
}

function kindsOf(text: string): ChangeKindName[] {
  return text.split(",").map((word) => {
    const kind = changeKindNames.find((name) => name === word.trim());
    if (kind === undefined)
      throw new InvalidArgumentError(`${JSON.stringify(word)} is not a kind; write ${changeKindNames.join(", ")}`);
    return kind;
  });
}

function charactersOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < fewestCharacters)
    throw new InvalidArgumentError(`${JSON.stringify(text)} is not a whole number from ${String(fewestCharacters)} on`);
  return count;
}

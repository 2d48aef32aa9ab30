/** `care diff`: explains a preview, for its reviewer and for a gate. */
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { counted, documentPath, jsonText, visible } from "../../text/index.ts";
import { exitCodes, withExitCodes } from "../exitCodes.ts";
import { changeKindNames, changeKinds } from "./kinds.ts";
import type { ChangeKindName } from "./kinds.ts";
import { jsonOf, kindCounts } from "./json.ts";
import { fewestCharacters, markdownOf } from "./markdown.ts";
import { domainsOf } from "./organization.ts";
import { readPreviews } from "./readPreviews.ts";
import { reviewedSteps, unreviewedSteps } from "./reviewed.ts";
import type { UnreviewedStep } from "./reviewed.ts";
import { readSources } from "./sources.ts";
import { namedDiffs } from "./namedDiffs.ts";
import type { NamedPreview } from "./namedDiffs.ts";
import type { Phrase } from "./phrases.ts";
import type { Change } from "./change.ts";
import { toString } from "mdast-util-to-string";

interface Options {
  readonly json?: boolean;
  readonly failOn: readonly ChangeKindName[];
  readonly reviewed?: readonly string[];
  readonly maxCharacters: number;
}

/** The number of steps whose differences are listed. */
const mostSteps = 10;

/** A comment on GitHub has 65,536 characters at most; some are left for the caller. */
const defaultMaxCharacters = 65_000;

const noDomain =
  "care diff: no config here has organization.domain, so everybody is perhaps outside of the organization; also pass the preview of the stack that has it";

const help = `
Kinds for --fail-on:
${changeKindNames.map((name) => `  ${name.padEnd(18)}${changeKinds[name].description}`).join("\n")}

Examples:
  pulumi preview --json | care diff
  care diff dev.json prod=previews/production.json
  care diff dev.json --fail-on admin-grant,delete,replace
  care diff dev.json --reviewed previews/dev.json --fail-on admin-grant,delete,replace
  care diff dev.json --json`;

/** The previews that a command explains. */
export function previewsArgument(): Argument {
  return new Argument("[previews...]", "each FILE or STACK=FILE; - is standard input").default(["-"], "-");
}

export function diffCommand(): Command {
  const command = new Command("diff")
    .description("Explain the output of `pulumi preview --json` in Markdown for a comment on GitHub")
    .addArgument(previewsArgument())
    .option("--json", `write JSON instead, in the shape of ${documentPath("docs/reference/care.schema.json")}`)
    .addOption(
      new Option("--fail-on <kinds>", "exit with 1 if a change is of one of these kinds, separated by commas")
        .argParser(kindsOf)
        .default([], "none"),
    )
    .option(
      "--reviewed <preview>",
      "a FILE with an earlier preview: exit with 1 if a change, or any planned value of a step, is not in it; --fail-on ignores changes that are in it, except conflicts; can be repeated",
      (file: string, files: readonly string[] = []) => [...files, file],
    )
    .option(
      "--max-characters <count>",
      `shorten the Markdown to this length; at least ${String(fewestCharacters)}`,
      charactersOf,
      defaultMaxCharacters,
    )
    .addHelpText("after", help)
    .action(diff);
  return withExitCodes(command, {
    fine: "the previews were read, and have no change of a kind in --fail-on",
    failedOrFindings: "a preview failed, or has a change of a kind that --fail-on names or that --reviewed lacks",
    usage: "the command is wrong, or a preview is incomplete, not understood, or of a refresh",
  });
}

async function diff(names: readonly string[], { json, failOn, reviewed = [], maxCharacters }: Options): Promise<void> {
  const previews = await previewsOf(names);
  const domains = domainsOf(previews.map(({ preview }) => preview));
  const diffs = namedDiffs(previews, domains);
  const earlier = await previewsOf(reviewed);
  const wasReviewed = isReviewedChange(namedDiffs(earlier, domains).flatMap(({ changes }) => changes));
  const steps = reviewedSteps(earlier.map(({ preview }) => preview));
  const newSteps = reviewed.length === 0 ? [] : previews.flatMap(({ preview }) => unreviewedSteps(preview, steps));
  const newUrns = new Set(newSteps.map(({ urn }) => urn));
  const isReviewed = (change: Change) => wasReviewed(change) && !change.urns.some((urn) => newUrns.has(urn));
  process.stdout.write(json ? `${jsonText(jsonOf(diffs))}\n` : markdownOf(diffs, maxCharacters));
  const newChanges = diffs.flatMap(({ changes }) => changes.filter((change) => !isReviewed(change)));
  const counts = kindCounts(
    diffs.map(({ changes }) => ({
      changes: changes.filter((change) => change.kinds.includes("conflict") || !isReviewed(change)),
    })),
  );
  const isPerhapsExternal = newChanges.some(({ perhaps = [] }) => perhaps.includes("external"));
  if (domains.size === 0 && failOn.includes("external") && isPerhapsExternal) console.error(noDomain);
  const findings = [
    ...diffs.filter(({ failed }) => failed).map(({ stack }) => `the preview of ${visible(stack)} failed`),
    ...(reviewed.length > 0 && newChanges.length + newSteps.length > 0 ? [unreviewedWords(newChanges, newSteps)] : []),
    ...failOn.filter((kind) => counts[kind]).map((kind) => `${kind}: ${String(counts[kind])}`),
  ];
  if (findings.length === 0) return;
  console.error(`care diff: ${findings.join("; ")}`);
  process.exitCode = exitCodes.failedOrFindings;
}

async function previewsOf(names: readonly string[]): Promise<NamedPreview[]> {
  if (names.length === 0) return [];
  const sources = await readSources(names);
  return sources.flatMap(({ stack, place, text }) =>
    readPreviews(text, place).map((preview) => ({ preview, stack, place })),
  );
}

/**
 * Whether a change was reviewed. A change that describes several resources together may describe fewer of them than were
 * reviewed, since the others are done.
 */
function isReviewedChange(reviewed: readonly Change[]): (change: Change) => boolean {
  const keys = new Set(reviewed.map(keyOf));
  const together = reviewed.filter(({ group }) => group === "services" || group === "other");
  return (change) =>
    keys.has(keyOf(change)) ||
    together.some((one) => kindOf(one) === kindOf(change) && change.urns.every((urn) => one.urns.includes(urn)));
}

const kindOf = ({ group, operation, kinds }: Change) => JSON.stringify([group, operation, kinds]);

/** Equal for the same change of the same resources, whatever name the caller has for their stack. */
function keyOf({ group, operation, kinds, sentence, urns }: Change): string {
  return JSON.stringify([group, operation, kinds, sentence, urns]);
}

/** Omits steps that the sentence of an unreviewed change already covers. */
function unreviewedWords(changes: readonly Change[], steps: readonly UnreviewedStep[]): string {
  const described = new Set(changes.flatMap(({ urns }) => urns));
  const rest = steps.filter(({ urn, isPlanned }) => isPlanned || !described.has(urn));
  const [first] = changes.map(({ sentence }) => textOf(sentence));
  const shown = rest.slice(0, mostSteps).map(({ sentence }) => textOf(sentence));
  const more = rest.length > shown.length ? [`${String(rest.length - shown.length)} more`] : [];
  return [
    ...(first === undefined
      ? []
      : [`${counted(changes.length, "change was", "changes were")} not reviewed, such as: ${first}`]),
    ...(rest.length === 0
      ? []
      : [`${counted(rest.length, "step was", "steps were")} not as reviewed: ${[...shown, ...more].join("; ")}.`]),
    "Open a pull request whose preview shows what is left, and merge it once it is reviewed",
  ].join(" ");
}

function textOf(sentence: Phrase): string {
  return visible(toString({ type: "paragraph", children: [...sentence] }));
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
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is not a whole number of at least ${String(fewestCharacters)}`,
    );
  return count;
}

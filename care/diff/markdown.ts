/** The changes as Markdown for a comment on GitHub. Values are written as code, so that they are no markup and mention nobody. */
import type { BlockContent, Heading, List, Paragraph, RootContent } from "mdast";
import { toMarkdown } from "mdast-util-to-markdown";
import { rejectedCredentialAdvice } from "../google/credentials.ts";
import { groupNames, groups } from "./change.ts";
import type { Change } from "./change.ts";
import { changeKindNames, changeKinds } from "./kinds.ts";
import type { ChangeKindName } from "./kinds.ts";
import { code, own, compose, strong } from "./phrases.ts";
import type { Phrase } from "./phrases.ts";
import { comesFirst } from "./stackDiff.ts";
import type { StackDiff } from "./stackDiff.ts";
import { counted, sanitized } from "../../text/index.ts";

/** The fewest characters for a meaningful text. */
export const fewestCharacters = 500;

/** The number of characters shown of a preview's errors, and of its warnings. */
const longestMessages = 4000;

/** The length of the shortest item, which bounds how many can be shown. */
const shortestItem = 20;

/**
 * @param maxCharacters At least `fewestCharacters`. Changes that do not fit are omitted, the least urgent first, and counted.
 */
export function markdownOf(diffs: readonly StackDiff[], maxCharacters: number): string {
  const byUrgency = [
    ...diffs.filter(({ errors }) => errors.length > 0),
    ...diffs.map(({ warnings }) => warnings).filter(({ length }) => length > 0),
    ...diffs.flatMap(({ changes }) => changes.filter(comesFirst)),
    ...diffs.flatMap(({ changes }) => changes.filter((change) => !comesFirst(change) && isFlagged(change))),
    ...diffs.flatMap(({ changes }) => changes.filter((change) => !comesFirst(change) && !isFlagged(change))),
  ];
  const rendered = (count: number) =>
    render(diffs, new Set<unknown>(byUrgency.slice(0, count)), byUrgency.length - count);
  const fits = (count: number) => rendered(count).length <= maxCharacters;
  let most = Math.min(byUrgency.length, Math.floor(maxCharacters / shortestItem));
  if (fits(most)) return rendered(most);
  if (!fits(0)) return tooMany(diffs);
  let least = 0;
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle;
  }
  return rendered(least);
}

/** One paragraph. */
export function textOf(phrase: Phrase): string {
  return written([paragraph(phrase)]).trimEnd();
}

function isFlagged({ kinds }: Change): boolean {
  return kinds.some((kind) => ["replace", "delete"].includes(kind));
}

function render(diffs: readonly StackDiff[], isShown: ReadonlySet<unknown>, leftOut: number): string {
  const blocks = diffs.flatMap((diff) => stackBlocks(diff, isShown));
  return written(leftOut === 0 ? blocks : [...blocks, paragraph(strong(leftOutWords(leftOut)))]);
}

function leftOutWords(count: number): string {
  return `${counted(count, "more is", "more are")} left out, since the text would be too long.`;
}

function tooMany(diffs: readonly StackDiff[]): string {
  const changes = diffs.reduce((sum, diff) => sum + diff.changes.length, 0);
  const failed = diffs.filter((diff) => diff.failed).length;
  return written([
    paragraph(
      compose`${own(counted(changes, "change", "changes"))} in ${own(counted(diffs.length, "stack", "stacks"))}, too many to list${own(failed === 0 ? "" : `; ${counted(failed, "preview", "previews")} failed`)}.`,
    ),
  ]);
}

function stackBlocks(diff: StackDiff, isShown: ReadonlySet<unknown>): RootContent[] {
  const { stack, failed, errors, warnings, changes } = diff;
  const advice = rejectedCredentialAdvice(errors);
  const shown = changes.filter((change) => isShown.has(change));
  const rest = shown.filter((change) => !comesFirst(change));
  return [
    heading(2, compose`Stack ${code(stack)}`),
    ...(failed ? [paragraph(compose`${strong("The preview failed.")} Its changes are unknown or incomplete.`)] : []),
    ...(errors.length > 0 && isShown.has(diff) ? [messageBlock(errors)] : []),
    ...(advice === undefined ? [] : [paragraph(own(`${advice}.`))]),
    ...(failed && changes.length === 0 ? [] : [paragraph(own(summary(diff)))]),
    ...(warnings.length > 0 && isShown.has(warnings)
      ? [paragraph(strong("The preview warns:")), messageBlock(warnings)]
      : []),
    ...section("Look at these first", shown.filter(comesFirst)),
    ...groupNames.flatMap((group) =>
      section(
        groups[group],
        rest.filter((change) => change.group === group),
      ),
    ),
  ];
}

const operations = [
  ["create", "created"],
  ["import", "taken over"],
  ["update", "changed"],
  ["replace", "replaced"],
  ["delete", "removed from the stack"],
] as const;

function summary({ resources, changes, isEmpty }: StackDiff): string {
  if (isEmpty && changes.length === 0) return "Nothing changes.";
  const counts = operations.flatMap(([op, words]) => (resources[op] ? [`${String(resources[op])} ${words}`] : []));
  return counts.length === 0
    ? "No resource changes in Google Cloud. Only components change, in the state."
    : `Resources: ${counts.join(", ")}.`;
}

function section(title: string, changes: readonly Change[]): RootContent[] {
  if (changes.length === 0) return [];
  const list: List = {
    type: "list",
    spread: false,
    children: changes.map((change) => ({ type: "listItem", spread: false, children: [paragraph(item(change))] })),
  };
  return [heading(3, own(title)), list];
}

function item({ kinds, perhaps = [], sentence }: Change): Phrase {
  const labels = changeKindNames
    .filter((kind) => kinds.includes(kind))
    .map((kind) => labelOf(kind, perhaps.includes(kind)));
  return labels.length === 0 ? sentence : compose`${strong(`${labels.join(", ")}:`)} ${sentence}`;
}

function labelOf(kind: ChangeKindName, isPerhaps: boolean): string {
  const { label } = changeKinds[kind];
  return isPerhaps ? `Perhaps ${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
}

function messageBlock(messages: readonly string[]): BlockContent {
  // Before it is cut, because a part of a credential could not be found.
  const text = [...messages.map((message) => sanitized(message)).join("\n")];
  return {
    type: "code",
    lang: "text",
    value: text.length > longestMessages ? `${text.slice(0, longestMessages).join("")}…` : text.join(""),
  };
}

function heading(depth: Heading["depth"], children: Phrase): Heading {
  return { type: "heading", depth, children: [...children] };
}

function paragraph(children: Phrase): Paragraph {
  return { type: "paragraph", children: [...children] };
}

function written(children: RootContent[]): string {
  return toMarkdown({ type: "root", children }, { bullet: "-", fences: true, rule: "-" });
}

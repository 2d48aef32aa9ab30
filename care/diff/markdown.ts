/** The changes as Markdown for a comment on GitHub. Values are written as code, so that they are no markup and mention nobody. */
import type { BlockContent, Heading, List, Paragraph, RootContent } from "mdast";
import { toMarkdown } from "mdast-util-to-markdown";
import { toString } from "mdast-util-to-string";
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

/** The number of characters shown of a sentence that does not fit. */
const longestShortened = 400;

const firstTitle = "Look at these first";

/** The length of the shortest item, which bounds how many can be shown. */
const shortestItem = 20;

/**
 * @param maxCharacters At least `fewestCharacters`. What does not fit is shortened or else omitted, the least urgent first, and counted.
 */
export function markdownOf(diffs: readonly StackDiff[], maxCharacters: number): string {
  const parts = partsByUrgency(diffs);
  if (parts.length <= maxCharacters / shortestItem) {
    const whole = render(diffs, new Map(parts.map(({ key }) => [key, false])), 0);
    if (whole.length <= maxCharacters) return whole;
  }
  let left = maxCharacters - render(diffs, new Map(), parts.length).length;
  if (left < 0) return tooMany(diffs);
  const shown = new Map<unknown, boolean>();
  const sections = new Set<string>();
  for (const { key, section: [id, title] = ["", ""], forms } of parts) {
    const extra = title === "" || sections.has(id) ? 0 : written([heading(3, own(title))]).length + 2;
    for (const [index, { fewest, blocks }] of forms.entries()) {
      if (fewest > left) continue;
      const length = extra + written(blocks()).length + (title === "" ? 1 : 0);
      if (length > left) continue;
      left -= length;
      shown.set(key, index > 0);
      sections.add(id);
      break;
    }
  }
  return render(diffs, shown, parts.length - shown.size);
}

/** What is shown, and whether it is shortened: a stack for its errors, its warnings, and changes. */
type Shown = ReadonlyMap<unknown, boolean>;

interface Part {
  readonly key: unknown;
  /** The section that it needs. */
  readonly section?: readonly [id: string, title: string];
  /** From the longest to the shortest. */
  readonly forms: readonly { readonly fewest: number; readonly blocks: () => RootContent[] }[];
}

function partsByUrgency(diffs: readonly StackDiff[]): Part[] {
  const messages = (key: unknown, blocks: () => RootContent[]): Part => ({ key, forms: [{ fewest: 0, blocks }] });
  const changes = diffs.flatMap((diff, index) => diff.changes.map((change) => ({ change, index })));
  const urgency = ({ change }: (typeof changes)[number]) => (comesFirst(change) ? 0 : isFlagged(change) ? 1 : 2);
  return [
    ...diffs.filter(({ errors }) => errors.length > 0).map((diff) => messages(diff, () => [messageBlock(diff.errors)])),
    ...diffs
      .filter(({ warnings }) => warnings.length > 0)
      .map(({ warnings }) => messages(warnings, () => warningBlocks(warnings))),
    ...changes
      .sort((one, other) => urgency(one) - urgency(other))
      .map(({ change, index }): Part => {
        const title = comesFirst(change) ? firstTitle : groups[change.group];
        return {
          key: change,
          section: [`${String(index)} ${title}`, title],
          forms: [change, shortened(change)].map((form) => ({
            fewest: toString({ type: "paragraph", children: [...form.sentence] }).length,
            blocks: () => [listOf([form])],
          })),
        };
      }),
  ];
}

/** The beginning of a sentence, in whole values. */
function shortened(change: Change): Change {
  const nodes = [...change.sentence];
  let length = 0;
  const rest = nodes.findIndex((node) => (length += toString(node).length) > longestShortened);
  if (rest < 0) return change;
  return {
    ...change,
    sentence: compose`${nodes.slice(0, rest)}… (shortened: ${code("care diff --json")} has the whole text)`,
  };
}

/** One paragraph. */
export function textOf(phrase: Phrase): string {
  return written([paragraph(phrase)]).trimEnd();
}

function isFlagged({ kinds }: Change): boolean {
  return kinds.some((kind) => ["replace", "delete"].includes(kind));
}

function render(diffs: readonly StackDiff[], isShown: Shown, leftOut: number): string {
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

function stackBlocks(diff: StackDiff, isShown: Shown): RootContent[] {
  const { stack, failed, errors, warnings, changes } = diff;
  const advice = rejectedCredentialAdvice(errors);
  const shown = changes
    .filter((change) => isShown.has(change))
    .map((change) => (isShown.get(change) === true ? shortened(change) : change));
  const rest = shown.filter((change) => !comesFirst(change));
  return [
    heading(2, compose`Stack ${code(stack)}`),
    ...(failed ? [paragraph(compose`${strong("The preview failed.")} Its changes are unknown or incomplete.`)] : []),
    ...(errors.length > 0 && isShown.has(diff) ? [messageBlock(errors)] : []),
    ...(advice === undefined ? [] : [paragraph(own(`${advice}.`))]),
    ...(failed && changes.length === 0 ? [] : [paragraph(own(summary(diff)))]),
    ...(warnings.length > 0 && isShown.has(warnings) ? warningBlocks(warnings) : []),
    ...section(firstTitle, shown.filter(comesFirst)),
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
  return [heading(3, own(title)), listOf(changes)];
}

function listOf(changes: readonly Change[]): List {
  return {
    type: "list",
    spread: false,
    children: changes.map((change) => ({ type: "listItem", spread: false, children: [paragraph(item(change))] })),
  };
}

function warningBlocks(warnings: readonly string[]): RootContent[] {
  return [paragraph(strong("The preview warns:")), messageBlock(warnings)];
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

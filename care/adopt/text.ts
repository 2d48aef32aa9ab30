/** The adoption as text: what happens to each resource, by place, then what to do. Commands are never wrapped. */
import type { Adoption } from "./adoption.ts";
import { missingPermission } from "../google/reading.ts";
import { visible } from "../../text/index.ts";
import { wrapped } from "../wrapped.ts";
import { adoptCommands, nextCommands } from "./commands.ts";
import type { Where } from "./commands.ts";
import { hasEffect, isIncomplete, needsDecision } from "./adoption.ts";
import type { LeftToOthers } from "./leftToOthers.ts";
import type { Outcome, Status } from "./outcome.ts";
import {
  caseSentence,
  deletedName,
  deletionRemark,
  keepCommand,
  leftName,
  nameOf,
  remarkOn,
  remedyOf,
} from "./sentences.ts";

/** The word before each thing, in the order in which they are shown. */
const words = {
  found: "import",
  differs: "differs",
  "address-differs": "differs",
  "topic-differs": "differs",
  "several-exist": "differs",
  "in-other-stack": "claimed",
  "not-read": "unknown",
  "blank-in-name": "create",
  missing: "create",
  "in-stack": "is in",
} as const satisfies Record<Status, string>;

const indent = Math.max(...Object.values(words).map((word) => word.length), "unknown".length) + 2;

export function textOf(adoption: Adoption, where: Where): string {
  const { stack, project, outcomes, deletions, left, notRead, unreadStacks, cases } = adoption;
  const commands = nextCommands(adoption, where);
  const blocks = [
    `${"stack".padEnd(indent)}${stack} of ${project}`,
    ...(Object.keys(words) as Status[]).flatMap((status) =>
      block(
        words[status],
        outcomes
          .filter((outcome) => outcome.status === status)
          .map((outcome) => [outcome.resource.place.resource, linesOf(outcome, where.cwd)]),
      ),
    ),
    ...block(
      "delete",
      deletions.map((one) => {
        const command = keepCommand(one, stack, where.cwd);
        const sentence = `${deletedName(one)}: ${deletionRemark(one)}`;
        return [one.resource, [...wrapped(sentence, indent), ...(command === undefined ? [] : [command])]];
      }),
    ),
    ...block(
      "unread",
      notRead.map((reading) => {
        const permission = missingPermission(reading);
        const sentence = `${reading.what} could not be read: ${reading.error?.message ?? ""}`;
        return [
          reading.where,
          [...wrapped(sentence, indent), ...(permission === undefined ? [] : [`missing permission: ${permission}`])],
        ];
      }),
    ),
    ...block(
      "unread",
      unreadStacks.map((name) => [`stack ${name}`, ["its state could not be read"]]),
    ),
    ...block(
      "leave",
      left.map((one) => [one.where, isAlert(one) ? wrapped(leftName(one), indent) : [leftName(one)]]),
    ),
    ...block(
      "case",
      cases.map((found) => {
        const toAdopt = adoptCommands(adoption, found, where.cwd);
        const sentence = `${caseSentence(found)}${toAdopt.length === 0 ? "" : ":"}`;
        return [found.name, [...wrapped(sentence, indent), ...toAdopt]];
      }),
    ),
    wrapped(summary(adoption, where), 0).join("\n"),
    ...(commands.length === 0 ? [] : [commands.join("\n")]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const isAlert = ({ kind }: LeftToOthers) => kind === "alerts" || kind === "channel";

function linesOf(outcome: Outcome, cwd: string): string[] {
  const remark = remarkOn(outcome);
  const remedy = remedyOf(outcome, cwd);
  return [
    ...wrapped(`${nameOf(outcome.resource.thing)}${remark === "" ? "" : `: ${remark}`}`, indent),
    ...(remedy === undefined ? [] : [remedy]),
  ];
}

/** Groups the lines by place. Text from Google or from a state may contain control characters and line ends. */
function block(word: string, entries: readonly (readonly [where: string, lines: readonly string[]])[]): string[] {
  const places = Map.groupBy(entries, ([where]) => where);
  return [...places].map(([where, found]) =>
    [where, ...found.flatMap(([, lines]) => lines)]
      .map((line, index) => `${(index === 0 ? word : "").padEnd(indent)}${visible(line)}`)
      .join("\n"),
  );
}

function summary(adoption: Adoption, where: Where): string {
  const { outcomes, deletions, left } = adoption;
  const count = (status: Status) => outcomes.filter((outcome) => outcome.status === status).length;
  const imported = outcomes.filter(({ id }) => id !== undefined).length;
  const [withEffect, withoutEffect] = [true, false].map(
    (has) => outcomes.filter((outcome) => outcome.status === "differs" && hasEffect(outcome) === has).length,
  ) as [number, number];
  const notImportable = unimportable.reduce((sum, status) => sum + count(status), 0);
  const differing = [
    ...(withEffect === 0 ? [] : [`${String(withEffect)} ${withEffect === 1 ? "differs" : "differ"}`]),
    ...(withoutEffect === 0
      ? []
      : [
          `${String(withoutEffect)} ${withoutEffect === 1 ? "differs" : "differ"} only in an order or in Pulumi's label`,
        ]),
  ];
  const parts = [
    `${String(imported)} to import${differing.length === 0 ? "" : `, of which ${differing.join(" and ")}`}`,
    ...(notImportable === 0 ? [] : [`${String(notImportable)} that cannot be imported`]),
    ...(["missing", "blank-in-name", "in-stack", "in-other-stack", "not-read"] as const).flatMap((status) =>
      count(status) === 0 ? [] : [`${String(count(status))} ${inSummary[status]}`],
    ),
    ...(deletions.length === 0 ? [] : [`${String(deletions.length)} to delete`]),
    ...(left.length === 0 ? [] : [`${String(left.length)} left to others`]),
  ];
  const end = [
    ...(needsDecision(adoption) ? [" Some of these need your decision."] : []),
    ...(isIncomplete(adoption) ? [" Some of it could not be read: fix that, then run care adopt again."] : []),
  ];
  return `${parts.join("; ")}.${nothingToImport(adoption, where)}${end.join("")}`;
}

const unimportable = ["address-differs", "topic-differs", "several-exist"] as const satisfies readonly Status[];

/** States that the resources that could be read include nothing to import. */
function nothingToImport({ file: contents, notRead }: Adoption, { file }: Where): string {
  if (contents !== undefined) return "";
  const nothing = notRead.length === 0 ? "There is nothing to import" : "Nothing that could be read needs an import";
  return ` ${nothing}${file === undefined ? "" : `: ${file} has an empty list of resources`}.`;
}

const inSummary = {
  missing: "to create",
  "blank-in-name": "to create in the state only",
  "in-stack": "in the stack already",
  "in-other-stack": "in another stack",
  "not-read": "not known",
} as const;

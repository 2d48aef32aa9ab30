/** `care case`: the cases of a stack, for an operator on call. Each command has a file. */
import { Command } from "commander";
import { documentPath } from "../../text/index.ts";
import { exitCodes, withExitCodes } from "../exitCodes.ts";
import { styled } from "../terminal.ts";
import { attachCommand } from "./attach.ts";
import { openCaseStack } from "./caseStack.ts";
import { closeCommand } from "./close.ts";
import { commentCommand } from "./comment.ts";
import { escalateCommand } from "./escalate.ts";
import { findCase } from "./openCase.ts";
import { action, addCaseOptions, examples } from "./options.ts";
import { localTime, oneLine, printJson, styledState, table } from "./output.ts";
import { recordOf } from "./record.ts";
import type { CaseRecord } from "./record.ts";
import { showCommand } from "./show.ts";
import { doubts } from "./stackCase.ts";
import type { StackCase } from "./stackCase.ts";

export function caseCommand(): Command {
  const command = addCaseOptions(new Command("case"))
    .description("Work on the support cases of a stack: list, show, comment, attach, escalate, close")
    .addHelpText("after", examples("list", "show testCase", 'comment testCase "It happened again."', "close testCase"));
  const commands = [listCommand, showCommand, commentCommand, attachCommand, escalateCommand, closeCommand];
  for (const make of commands) command.addCommand(make());
  return command;
}

/** A case in the state that no longer exists at Google. */
interface GoneCase extends StackCase {
  readonly state: null;
}

function listCommand(): Command {
  const command = new Command("list")
    .description("List the stack's cases with their current status, and open cases that an interrupted update left")
    .addHelpText("after", examples("list", "list --stack prod --json"))
    .action(
      action<object, []>(async (options) => {
        const stack = await openCaseStack(options);
        const cases = [...stack.inState, ...(await stack.leftBehind())];
        const records = await Promise.all(
          cases.map(async (one): Promise<CaseRecord | GoneCase> => {
            const found = await findCase(stack.api, one);
            return found === undefined ? { ...one, state: null } : recordOf(one, found);
          }),
        );
        const findings = findingsOf(records);
        if (options.json) printJson({ stack: stack.name, cases: records });
        else if (records.length === 0) console.log(`Stack ${stack.name} has no case.`);
        else console.log([table(heading, records.map(row)), ...findings].join("\n"));
        if (findings.length > 0) process.exitCode = exitCodes.failedOrFindings;
      }),
    );
  return withExitCodes(command, {
    fine: "the cases were listed, and none needs your decision",
    failedOrFindings: "an open case is missing from the state, a case in the state was deleted, or a request failed",
    usage: "the command is wrong",
  });
}

const heading = ["CASE", "STATE", "PRIORITY", "TITLE", "UPDATED", "NAME"];

function row(record: CaseRecord | GoneCase): string[] {
  const { resource, name } = record;
  if (record.state === null) return [resource, styledState("gone"), "", "", "", name];
  const state = styledState(record.state) + (record.escalated ? ", escalated" : "");
  return [resource, state, record.priority, shortened(oneLine(record.displayName)), localTime(record.updateTime), name];
}

function shortened(title: string): string {
  return title.length > 50 ? `${title.slice(0, 49)}…` : title;
}

/** What a person has to know or decide about the cases. */
function findingsOf(records: readonly (CaseRecord | GoneCase)[]): string[] {
  const finding = (is: (record: CaseRecord | GoneCase) => boolean, what: string) => {
    const names = records.filter(is).map(({ name }) => name);
    return names.length === 0 ? [] : [`${styled("yellow", `${names.join(", ")}:`)} ${what}`];
  };
  return [
    ...finding(
      ({ leftBehind, doubt }) => leftBehind && !doubt,
      "open, and not in the state, although this stack created it: an update was interrupted. The next `pulumi up` that creates the " +
        "test case takes it over or closes it; `care case close NAME` closes it now.",
    ),
    ...finding(
      ({ doubt }) => doubt === "anotherLife",
      `open, and ${doubts.anotherLife}. \`pulumi up\` creates no test case while it is open: ` +
        `${documentPath("docs/explanation/supportCase.md")} lists what you can do. To comment on it or close it, use its full name.`,
    ),
    ...finding(
      ({ doubt }) => doubt === "otherWords",
      `open, and ${doubts.otherWords}. \`pulumi up\` closes it only if it recognizes it as its own. ` +
        "To comment on it or close it, use its full name.",
    ),
    ...finding(({ state }) => state === null, "gone. `pulumi refresh` removes it from the state."),
  ];
}

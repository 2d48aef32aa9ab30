import { Command } from "commander";
import type { Case } from "../../google/index.ts";
import { shownValue } from "../../text/index.ts";
import { styled } from "../terminal.ts";
import { withExitCodes } from "../exitCodes.ts";
import { openCaseStack } from "./caseStack.ts";
import { chooseCase } from "./choice.ts";
import { getCase } from "./openCase.ts";
import { action, caseArgument, examples } from "./options.ts";
import { doubts } from "./stackCase.ts";
import { columns, indented, localTime, oneLine, printJson, styledState } from "./output.ts";
import { attachmentRecordOf, commentRecordOf, recordOf } from "./record.ts";
import type { ActorRecord, AttachmentRecord, CaseRecord, CommentRecord } from "./record.ts";

interface WholeCase extends CaseRecord {
  readonly description: string;
  readonly comments: readonly CommentRecord[];
  readonly attachments: readonly AttachmentRecord[];
}

export function showCommand(): Command {
  const command = new Command("show")
    .description("Show a case with its comments and attachments")
    .argument("[case]", caseArgument)
    .addHelpText("after", examples("show", "show testCase --stack prod"))
    .action(
      action(async (options, name) => {
        const stack = await openCaseStack(options);
        const one = await chooseCase(stack, name);
        const [found, comments, attachments] = await Promise.all([
          getCase(stack.api, one),
          stack.api.listComments(one.name),
          stack.api.listAttachments(one.name),
        ]);
        const { description = "" }: Case = found;
        const whole: WholeCase = {
          ...recordOf(one, found),
          description,
          comments: comments.map(commentRecordOf),
          attachments: attachments.map(attachmentRecordOf),
        };
        if (options.json) printJson(whole);
        else console.log(text(whole));
      }),
    );
  return withExitCodes(command, {
    fine: "the case was shown",
    failedOrFindings: "there is no such case, or a request failed",
    usage: "the command is wrong",
  });
}

function text(whole: WholeCase): string {
  const { comments, attachments } = whole;
  return [
    `${styled("bold", whole.resource)}  ${oneLine(whole.displayName)}`,
    indented(columns(fields(whole))),
    heading("Description"),
    indented(shownValue(whole.description)),
    heading(`Comments (${String(comments.length)})`),
    ...comments.flatMap(({ creator, createTime, body }) => [
      `  ${styled("bold", author(creator))}, ${localTime(createTime)}`,
      indented(indented(shownValue(body))),
    ]),
    heading(`Attachments (${String(attachments.length)})`),
    ...attachments.map(
      ({ filename, sizeBytes, creator, createTime }) =>
        `  ${oneLine(filename)}, ${String(sizeBytes)} bytes, ${author(creator)}, ${localTime(createTime)}`,
    ),
  ].join("\n");
}

function fields(whole: WholeCase): string[][] {
  const all: [string, string][] = [
    [
      "case",
      whole.name +
        (whole.doubt !== null
          ? ` (${doubts[whole.doubt]})`
          : whole.leftBehind
            ? " (left by an interrupted update: not in the state)"
            : ""),
    ],
    ["state", styledState(whole.state)],
    ["priority", whole.priority],
    ["escalated", whole.escalated ? "yes" : "no"],
    ["classification", oneLine(whole.classification)],
    ["subscribers", whole.subscriberEmailAddresses.map(oneLine).join(", ")],
    ["test case", whole.testCase ? "yes: no support agent gets it" : "no"],
    ["created", localTime(whole.createTime)],
    ["updated", localTime(whole.updateTime)],
    ["console", whole.consoleLink],
  ];
  return all.filter(([, value]) => value !== "");
}

function heading(title: string): string {
  return `\n${styled("bold", title)}`;
}

function author({ displayName, username, googleSupport }: ActorRecord): string {
  const name = oneLine(displayName || username || "unknown");
  return googleSupport ? `${name} (Google support)` : name;
}

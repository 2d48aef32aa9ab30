import { Command } from "commander";
import type { Comment, SupportApi } from "../../google/index.ts";
import { withExitCodes } from "../exitCodes.ts";
import { UsageError } from "../userError.ts";
import { openCaseStack } from "./caseStack.ts";
import { candidates, chooseCase } from "./choice.ts";
import { commentText } from "./commentText.ts";
import { getOpenCase } from "./openCase.ts";
import { action, caseArgument, examples } from "./options.ts";
import { localTime, printJson } from "./output.ts";
import { commentRecordOf } from "./record.ts";
import type { CommentRecord, Sent } from "./record.ts";
import { sendOnce } from "./sendOnce.ts";
import type { Write } from "./sendOnce.ts";
import { inWords } from "./stackCase.ts";
import type { StackCase } from "./stackCase.ts";

interface CommentOptions {
  readonly file?: string;
}

export function commentCommand(): Command {
  const command = new Command("comment")
    .description("Add a comment to an open case; a comment that the case has already is not sent again")
    .argument("[case]", caseArgument)
    .argument("[text]", "the comment; - reads it from standard input")
    .option("-f, --file <file>", "read the comment from this file")
    .addHelpText(
      "after",
      examples(
        'comment "It happened again at 04:10 UTC."',
        "comment testCase --file findings.txt",
        "comment testCase - < findings.txt",
      ),
    )
    .action(
      action<CommentOptions, [first?: string, second?: string]>(async (options, first, second) => {
        // A single word is the comment, unless --file names the comment.
        const isFirstText = second === undefined && options.file === undefined;
        const [name, given] = isFirstText ? [undefined, first] : [first, second];
        const body = await commentText(given, options.file);
        const stack = await openCaseStack(options);
        if (isFirstText) rejectName(stack.inState, body);
        const one = await chooseCase(stack, name);
        if (isFirstText) rejectName([one], body);
        await getOpenCase(stack.api, one, "take a comment");
        const comments = await stack.api.listComments(one.name);
        const sent = comments.find((comment) => words(comment.body) === words(body));
        const added = sent ?? (await sendOnce(commentWrite(stack.api, one, body, comments)));
        if (options.json)
          printJson({ ...commentRecordOf(added), sent: sent === undefined } satisfies Sent<CommentRecord>);
        else if (sent === undefined) console.log(`Commented on ${inWords(one)}: ${added.name}`);
        else
          console.log(
            `${inWords(one)} has this comment already, of ${localTime(sent.createTime ?? "")}: nothing was sent. To comment again, use other words.`,
          );
      }),
    );
  return withExitCodes(command, {
    fine: "the comment was added, or the case has it already",
    failedOrFindings: "the comment was not added, or it is not known whether it was",
    usage: "the command is wrong, or the comment is empty, too long or cannot be read",
  });
}

/** Rejects a comment that is only the name of a case: the comment itself is missing. */
function rejectName(cases: readonly StackCase[], body: string): void {
  if (candidates(cases, body).length > 0)
    throw new UsageError(`${JSON.stringify(body)} is the name of a case; write the comment after it`);
}

/**
 * Recognizes the comment by its words, among those that are new.
 * @param comments Those of the case.
 */
export function commentWrite(
  api: SupportApi,
  one: StackCase,
  body: string,
  comments: readonly Comment[],
): Write<Comment> {
  const before = new Set(comments.map(({ name }) => name));
  return {
    question: "whether the comment was added",
    checkWith: `care case show ${one.resource}`,
    send: () => api.createComment(one.name, body),
    find: async () =>
      (await api.listComments(one.name)).find(
        (comment) => !before.has(comment.name) && words(comment.body) === words(body),
      ),
  };
}

/** Google may return other spaces and line ends than were sent. */
function words(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

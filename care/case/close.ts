import { Command } from "commander";
import type { Case, SupportApi } from "../../google/index.ts";
import { withExitCodes } from "../exitCodes.ts";
import { UsageError, UserError } from "../userError.ts";
import { openCaseStack } from "./caseStack.ts";
import { chooseCase } from "./choice.ts";
import { confirm, isTerminal } from "./confirm.ts";
import { getCase } from "./openCase.ts";
import { action, caseArgument, examples } from "./options.ts";
import { oneLine, printJson } from "./output.ts";
import { recordOf } from "./record.ts";
import type { CaseRecord, Sent } from "./record.ts";
import { sendOnce } from "./sendOnce.ts";
import type { Write } from "./sendOnce.ts";
import { doubts, inWords } from "./stackCase.ts";
import type { StackCase } from "./stackCase.ts";

interface CloseOptions {
  readonly yes?: boolean;
}

export function closeCommand(): Command {
  const command = new Command("close")
    .description("Close a case, which the API cannot reopen")
    .argument("[case]", caseArgument)
    .option("-y, --yes", "do not ask first; required without a terminal")
    .addHelpText("after", examples("close", "close testCase --yes"))
    .action(
      action<CloseOptions>(async (options, name) => {
        if (options.yes !== true && !isTerminal())
          throw new UsageError("there is no terminal to confirm on; write --yes to close the case without being asked");
        const stack = await openCaseStack(options);
        const one = await chooseCase(stack, name);
        const found = await getCase(stack.api, one);
        const isClosed = found.state === "CLOSED";
        const doubt = one.doubt === undefined ? "" : `, which is ${doubts[one.doubt]}`;
        const question = `Close ${inWords(one)}${doubt}, ${JSON.stringify(oneLine(found.displayName))}? The API cannot reopen it.`;
        if (!isClosed && options.yes !== true && !(await confirm(question)))
          throw new UserError(`${inWords(one)} was not closed`);
        const closed = isClosed ? found : await sendOnce(closureWrite(stack.api, one));
        if (options.json) printJson({ ...recordOf(one, closed), sent: !isClosed } satisfies Sent<CaseRecord>);
        else
          console.log(
            (isClosed ? `${inWords(one)} is closed already: nothing was sent.` : `Closed ${inWords(one)}.`) +
              (one.leftBehind ? "" : " `pulumi refresh` brings the stack's state up to date."),
          );
      }),
    );
  return withExitCodes(command, {
    fine: "the case is closed",
    failedOrFindings: "the case was not closed, or it is not known whether it was",
    usage: "the command is wrong, or there is no terminal and no --yes",
  });
}

/** For a case that is open. */
export function closureWrite(api: SupportApi, one: StackCase): Write<Case> {
  return {
    question: "whether the case was closed",
    checkWith: `care case show ${one.resource}`,
    send: () => api.closeCase(one.name),
    find: async () => {
      const found = await api.getCase(one.name);
      return found.state === "CLOSED" ? found : undefined;
    },
  };
}

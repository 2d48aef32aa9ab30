import { Command, Option } from "commander";
import type { Case, Escalation, SupportApi } from "../../google/index.ts";
import { escalationReasonNames, escalationReasons } from "../../guide/index.ts";
import type { EscalationReason } from "../../guide/index.ts";
import { withExitCodes } from "../exitCodes.ts";
import { UsageError, UserError } from "../userError.ts";
import { openCaseStack } from "./caseStack.ts";
import { chooseCase } from "./choice.ts";
import { getOpenCase } from "./openCase.ts";
import { action, caseArgument, examples } from "./options.ts";
import { printJson } from "./output.ts";
import { recordOf } from "./record.ts";
import { sendOnce } from "./sendOnce.ts";
import type { Write } from "./sendOnce.ts";
import { inWords } from "./stackCase.ts";
import type { StackCase } from "./stackCase.ts";

interface EscalateOptions {
  readonly reason: EscalationReason;
  readonly justification: string;
}

export function escalateCommand(): Command {
  const command = new Command("escalate")
    .description("Escalate an open case, if the support plan includes escalation")
    .argument("[case]", caseArgument)
    .addOption(
      new Option("--reason <reason>", "the reason for the escalation")
        .choices(escalationReasonNames)
        .makeOptionMandatory(),
    )
    .requiredOption("--justification <text>", "why it cannot wait, for the person at Google who decides")
    .addHelpText(
      "after",
      examples('escalate --reason businessImpact --justification "No customer can pay since 04:10 UTC."'),
    )
    .action(
      action<EscalateOptions>(async (options, name) => {
        const justification = options.justification.trim();
        if (justification === "") throw new UsageError("--justification is empty; write why the case cannot wait");
        const stack = await openCaseStack(options);
        const one = await chooseCase(stack, name);
        const found = await getOpenCase(stack.api, one, "be escalated");
        if (found.escalated === true)
          throw new UserError(
            `case ${inWords(one)} is escalated already, and nothing was sent; add what is new with \`care case comment\``,
          );
        const escalation = { reason: escalationReasons[options.reason].apiName, justification };
        const escalated = await sendOnce(escalationWrite(stack.api, one, escalation));
        if (options.json) printJson(recordOf(one, escalated));
        else console.log(`Escalated ${inWords(one)}`);
      }),
    );
  return withExitCodes(command, {
    fine: "the case was escalated",
    failedOrFindings: "the case was not escalated, was escalated before, or it is not known whether it was",
    usage: "the command is wrong",
  });
}

/** For a case that is not escalated. */
export function escalationWrite(api: SupportApi, one: StackCase, escalation: Escalation): Write<Case> {
  return {
    question: "whether the case was escalated",
    checkWith: `care case show ${one.resource}`,
    send: () => api.escalateCase(one.name, escalation),
    find: async () => {
      const found = await api.getCase(one.name);
      return found.escalated === true ? found : undefined;
    },
  };
}

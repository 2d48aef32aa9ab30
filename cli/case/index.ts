/** `care case`: the cases of a stack, for the operator who has to act now. A file for each command. */
import { Command } from "commander";
import { attachCommand } from "./attach.ts";
import { closeCommand } from "./close.ts";
import { commentCommand } from "./comment.ts";
import { escalateCommand } from "./escalate.ts";
import { listCommand } from "./list.ts";
import { addCaseOptions, examples } from "./options.ts";
import { showCommand } from "./show.ts";

export function caseCommand(): Command {
  const command = addCaseOptions(new Command("case"))
    .description("Act on the support cases of a stack: list, show, comment, attach, escalate, close")
    .addHelpText("after", examples("list", "show testCase", 'comment testCase "It happened again."', "close testCase"));
  const commands = [listCommand, showCommand, commentCommand, attachCommand, escalateCommand, closeCommand];
  for (const make of commands) command.addCommand(make());
  return command;
}

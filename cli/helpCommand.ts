/** `care help COMMAND`, which commander's own answers with the help of all where there is no such command. */
import { Command } from "commander";

export function useHelpCommand(parent: Command): void {
  if (parent.commands.length === 0) return;
  for (const child of parent.commands) useHelpCommand(child);
  parent.helpCommand(false).addCommand(
    new Command("help")
      .description("Show the help of a command")
      .argument("[command]", "one of the above")
      .action(async (name: string | undefined) => {
        if (name === undefined) parent.help();
        const command = parent.commands.find((one) => one.name() === name);
        if (command !== undefined) command.help();
        // Commander says that it is unknown, and which one is perhaps meant.
        await parent.parseAsync([name], { from: "user" });
      }),
  );
}

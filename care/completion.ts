/** `care completion`: what a shell completes, commands and options by themselves, values where they are known without asking anyone. */
import { readdirSync } from "node:fs";
import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { changeKindNames, changeKinds } from "./diff/kinds.ts";
import { visible } from "../text/index.ts";

const help = `
Examples:
  source <(care completion bash)
  source <(care completion zsh)
  care completion fish > ~/.config/fish/completions/care.fish`;

type Completion = ReturnType<typeof tab>;
type Values = () => readonly (readonly [value: string, description: string])[];

export function addCompletion(program: Command): void {
  const completion = tab(program, { completionCommandName: "completion" });
  program.commands
    .find((command) => command.name() === "completion")
    ?.description("Write the script by which a shell completes care's commands, options and stacks")
    .addHelpText("after", help);
  const ofCases = completion.commands.get("case")?.options ?? [];
  for (const [name, { options }] of completion.commands) {
    // The options of all cases stand before the command or after it.
    if (name.startsWith("case ")) for (const [key, option] of ofCases) options.set(key, option);
    complete(options.get("stack"), stacks);
    complete(options.get("fail-on"), kinds);
    complete(options.get("reviewed"), () => files(/\.json$/));
  }
  for (const name of ["comment", "diff"]) complete(argument(completion, name, "previews"), () => files(/\.json$/));
  complete(argument(completion, "case attach", "file"), () => files(/^[^.]/));
}

const argument = ({ commands }: Completion, command: string, name: string) =>
  commands.get(command)?.arguments.get(name);

type Completed = NonNullable<ReturnType<typeof argument> | ReturnType<Completion["options"]["get"]>>;

function complete(completed: Completed | undefined, values: Values): void {
  if (completed === undefined) return;
  completed.handler = (add) => {
    for (const [value, description] of values()) add(value, description);
  };
}

/** Those that are not named yet, each after what stands before the last comma. */
const kinds: Values = () => {
  const [, before = ""] = /^(?:--[^=]*=)?(.*,)/s.exec(process.argv.at(-1) ?? "") ?? [];
  const named = before.split(",");
  return changeKindNames
    .filter((kind) => !named.includes(kind))
    .map((kind) => [`${before}${kind}`, changeKinds[kind].description]);
};

/** Of the files beside the program, such as `Pulumi.dev.yaml`. */
const stacks: Values = () =>
  files(/^Pulumi\..+\.yaml$/).map(([file]) => [file.slice("Pulumi.".length, -".yaml".length), ""] as const);

function files(pattern: RegExp) {
  return (
    readdirSync(".")
      // A shell would obey what is not visible.
      .filter((file) => pattern.test(file) && visible(file) === file)
      .map((file) => [file, ""] as const)
  );
}

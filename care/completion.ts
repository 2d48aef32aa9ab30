/** `care completion`: completes commands and options, and values if they are known without a request. */
import { readdirSync } from "node:fs";
import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";
import { changeKindNames, changeKinds } from "./diff/kinds.ts";
import { withExitCodes } from "./exitCodes.ts";
import { visible } from "../text/index.ts";
import { quoted } from "./shell.ts";

const help = `
Examples:
  source <(care completion bash)
  source <(care completion zsh)
  source <(npm run --silent care -- completion bash)
  care completion fish > ~/.config/fish/completions/care.fish

Through npm, the script also defines care as a command of the shell.`;

/**
 * Splits the line into words if the bash-completion package, which has this function, is not installed: words end at spaces,
 * not at "=" or ":". It sets variables of its caller.
 */
const wordsInBash = `
if ! declare -F _get_comp_words_by_ref > /dev/null; then
    _get_comp_words_by_ref() {
        local line=\${COMP_LINE:0:COMP_POINT}
        read -r -a words <<< "$line"
        if [[ "$line" == *[[:space:]] ]]; then words+=(""); fi
        cword=$((\${#words[@]} - 1))
        cur=\${words[cword]}
        prev=\${words[cword > 0 ? cword - 1 : 0]}
    }
fi
`;

type Completion = ReturnType<typeof tab>;
type Values = () => readonly (readonly [value: string, description: string])[];

export function addCompletion(program: Command): void {
  const completion = tab(program, { completionCommandName: "completion" });
  const command = program.commands.find((one) => one.name() === "completion");
  command
    ?.description("Write the script that completes care's commands, options and stacks in a shell")
    .addHelpText("after", help);
  adaptScript(command);
  if (command !== undefined)
    withExitCodes(command, {
      fine: "the script was written",
      failedOrFindings: "not used",
      usage: "the command is wrong, or the shell is unknown",
    });
  const ofCases = completion.commands.get("case")?.options ?? [];
  for (const [name, { options }] of completion.commands) {
    // The options for all case commands can precede the command or follow it.
    if (name.startsWith("case ")) for (const [key, option] of ofCases) options.set(key, option);
    complete(options.get("stack"), stacks);
    complete(options.get("fail-on"), kinds);
    complete(options.get("reviewed"), () => files(/\.json$/));
  }
  for (const name of ["comment", "diff"]) complete(argument(completion, name, "previews"), () => files(/\.json$/));
  complete(argument(completion, "case attach", "file"), () => files(/^[^.]/));
}

/** The library writes the script. */
function adaptScript(command: Command | undefined): void {
  const { log } = console;
  command?.hook("preAction", (_, { args: [shell = ""] }) => {
    console.log = (script: string) => {
      console.log = log;
      // A shell that reads its start file again must not stop at a constant that is already defined.
      const whole = shell === "bash" ? `${wordsInBash}${adaptedToBash(script)}` : script;
      console.log(`${whole}${isFromClone() ? commandIn(shell) : ""}`);
    };
  });
}

/** Bash splits words at "=", and only replaces the text after it. */
function adaptedToBash(script: string): string {
  return script
    .replace(/^readonly /gm, "")
    .replace('compgen -W "${completions[*]}" -- "$cur"', 'compgen -W "${completions[*]}" -- "${cur##*=}"');
}

/** A clone has no command `care`. */
const isFromClone = () => process.env["npm_lifecycle_event"] === "care";

/** A shell function that runs this program, unless a command has the name already. */
function commandIn(shell: string): string {
  const words = [process.execPath, process.argv[1] ?? ""];
  const inQuotes = words.map((word) => `'${word.replaceAll("'", "''")}'`).join(" ");
  if (shell === "powershell")
    return `\nif (-not (Get-Command care -ErrorAction SilentlyContinue)) { function global:care { & ${inQuotes} @args } }\n`;
  const run = words.map(quoted).join(" ");
  return shell === "fish"
    ? `\ntype -q care; or function care; ${run} $argv; end\n`
    : `\ncommand -v care > /dev/null || care() { ${run} "$@"; }\n`;
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

/** The values that are not written yet, each after the text before the last comma. */
const kinds: Values = () => {
  const [, before = ""] = /^(?:--[^=]*=)?(.*,)/s.exec(process.argv.at(-1) ?? "") ?? [];
  const named = before.split(",");
  return changeKindNames
    .filter((kind) => !named.includes(kind))
    .map((kind) => [`${before}${kind}`, changeKinds[kind].description]);
};

/** The stacks with a file next to the program, such as `Pulumi.dev.yaml`. */
const stacks: Values = () =>
  files(/^Pulumi\..+\.yaml$/).map(([file]) => [file.slice("Pulumi.".length, -".yaml".length), ""] as const);

function files(pattern: RegExp) {
  return (
    readdirSync(".")
      // A shell would act on invisible characters.
      .filter((file) => pattern.test(file) && visible(file) === file)
      .map((file) => [file, ""] as const)
  );
}

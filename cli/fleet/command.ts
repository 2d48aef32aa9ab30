/** `care fleet`: one config, many stacks, so that no state grows with the number of projects. */
import { Command, InvalidArgumentError } from "commander";
import { destroyCommand } from "./destroy.ts";
import { planCommand } from "./plan/index.ts";
import { previewCommand } from "./preview.ts";
import { upCommand } from "./up.ts";
import { bearable } from "./atOnce.ts";

const help = `
Examples:
  care fleet preview prod
  care fleet up prod --yes
  care fleet plan prod --format github-matrix`;

export function fleetCommand(): Command {
  const command = new Command("fleet")
    .description("Preview, put up and destroy the many stacks of one config, whose projects they share")
    .addHelpText("after", help);
  for (const one of [previewCommand(), upCommand(), destroyCommand()])
    command.addCommand(
      one
        .argument("<fleet>", "the fleet's name: prod for Pulumi.prod.yaml")
        .option("-C, --cwd <folder>", "the program's folder", ".")
        .option(
          "--parallel <stacks>",
          "how many stacks at once; by default as many as the processors and the memory bear",
          countOf,
          bearable(),
        ),
    );
  return command.addCommand(planCommand());
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError(`${JSON.stringify(text)} is not a number of stacks, such as 4`);
  return count;
}

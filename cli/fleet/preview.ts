/** `care fleet preview`: what would change in all stacks, as one text. */
import { Command } from "commander";
import { jsonText } from "../../text/index.ts";
import { jsonOf } from "../diff/json.ts";
import { markdownOf } from "../diff/markdown.ts";
import { mergedDiff } from "./mergedDiff.ts";
import { openFleet } from "./options.ts";
import type { FleetOptions } from "./options.ts";
import type { Operated } from "./operate.ts";

interface PreviewOptions extends FleetOptions {
  readonly json?: boolean;
}

export function previewCommand(): Command {
  return new Command("preview")
    .description("Preview all stacks, and say what it means, as care diff does")
    .option("--json", "write JSON instead, in the shape of docs/diff.md")
    .addHelpText("after", "\nExamples:\n  care fleet preview prod\n  care fleet preview prod --parallel 2 --json")
    .action(preview);
}

async function preview(name: string, options: PreviewOptions): Promise<void> {
  const fleet = await openFleet(name, options);
  await tell(await fleet.carryOut("preview"), options.json);
}

/** The meaning of previews, on standard output. */
export async function tell({ runs }: Operated, json = false): Promise<void> {
  const diffs = await mergedDiff(runs);
  if (json) process.stdout.write(`${jsonText(jsonOf(diffs))}\n`);
  else process.stdout.write(diffs.length === 0 ? "Nothing changes.\n" : markdownOf(diffs, Infinity));
}

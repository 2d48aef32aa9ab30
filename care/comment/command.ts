/** `care comment`: explains a preview in a comment on a GitHub pull request. */
import { Command, InvalidArgumentError } from "commander";
import { documentPath, jsonText } from "../../text/index.ts";
import { previewsArgument } from "../diff/command.ts";
import { readSources } from "../diff/sources.ts";
import { withExitCodes } from "../exitCodes.ts";
import type { PullRequestOptions } from "./pullRequest.ts";
import { writeComments } from "./writeComments.ts";

const help = `
Environment:
  GITHUB_TOKEN         the token, which needs "pull-requests: write"
  GITHUB_STEP_SUMMARY  the file for the text if the token cannot comment
  GITHUB_REPOSITORY, GITHUB_EVENT_PATH, GITHUB_API_URL and others, as GitHub sets them in a workflow

Examples:
  care comment dev.json prod=previews/production.json
  care comment dev.json --repository octo-org/care --pull-request 7`;

export function commentCommand(): Command {
  const command = new Command("comment")
    .description("Explain the output of `pulumi preview --json` in one comment per stack on a GitHub pull request")
    .addArgument(previewsArgument())
    .option("--repository <name>", "OWNER/NAME; by default GITHUB_REPOSITORY")
    .option("--pull-request <number>", "the number; by default that of the workflow's event", numberOf)
    .option("--json", `write JSON, in the shape of ${documentPath("docs/reference/care.schema.json")}`)
    .addHelpText("after", help)
    .action(comment);
  return withExitCodes(command, {
    fine: "each stack has its comment, or the token may not comment and the text is in the job's summary",
    failedOrFindings: "GitHub failed, or refused and the job's summary cannot be written",
    usage: "the command is wrong, or a preview cannot be read",
  });
}

async function comment(
  names: readonly string[],
  { json, ...asked }: PullRequestOptions & { readonly json?: boolean },
): Promise<void> {
  const sources = await readSources(names);
  const output = json ? { log: () => {}, error: console.error } : console;
  const written = await writeComments(sources, asked, process.env, output);
  if (json) process.stdout.write(`${jsonText({ version: 1, ...written })}\n`);
}

function numberOf(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError(`${JSON.stringify(text)} is not the number of a pull request, such as 7`);
  return number;
}

/** `care report`: one page with the status of a stack's onboarding, its contacts, its access to cases, and current incidents. */
import { extname, resolve } from "node:path";
import { Command, Option } from "commander";
import { readGoogleSettings } from "../../google/index.ts";
import { languageNames } from "../../guide/index.ts";
import type { Language } from "../../guide/index.ts";
import { jsonText, withoutSecretsIn } from "../../text/index.ts";
import { isCredentialProblem, explainCredentialErrors } from "../google/credentials.ts";
import type { Counts } from "../../google/index.ts";
import { checkUpTransport } from "../../google/index.ts";
import { showProgress } from "../google/progress.ts";
import { withExitCodes } from "../exitCodes.ts";
import { writeText } from "../files.ts";
import { addStackOptions } from "../help.ts";
import { UsageError } from "../userError.ts";
import { htmlOf } from "./html/page.ts";
import { markdownOf } from "./markdown.ts";
import { createReport } from "./createReport.ts";
import { readGoogle } from "./readGoogle.ts";
import type { Report } from "./report.ts";
import { readContents } from "./stack.ts";

const formats = {
  html: htmlOf,
  markdown: markdownOf,
  json: (report: Report) => `${jsonText(report)}\n`,
} as const;

type FormatName = keyof typeof formats;

/** By the extension of a file's name. */
const endings: Readonly<Record<string, FormatName>> = { ".html": "html", ".md": "markdown", ".json": "json" };

interface Options {
  readonly stack?: string;
  readonly cwd: string;
  readonly lang: Language;
  readonly format: FormatName;
  readonly file?: readonly string[];
}

const help = `
Examples:
  care report --stack dev --file report.html
  care report --stack dev --lang fr --file report.html --file report.json
  care report --stack dev --format markdown`;

export function reportCommand(): Command {
  const withOptions = addStackOptions(
    new Command("report").description(
      "Report the status of a stack's onboarding on one page; it writes only the report",
    ),
  )
    .addOption(new Option("--lang <language>", "the report's language").choices(languageNames).default("en"))
    .addOption(
      new Option("--format <format>", "the format on standard output, without --file")
        .choices(Object.keys(formats))
        .default("markdown"),
    )
    .addOption(new Option("--json", "the same as --format json").implies({ format: "json" }))
    .option(
      "--file <file>",
      "write to this file, in the format of its extension: .html, .md or .json; can be repeated",
      (file: string, files: readonly string[] = []) => [...files, file],
    )
    .addHelpText("after", help)
    .action(report);
  return withExitCodes(withOptions, {
    fine: "the report was written, whatever its content",
    failedOrFindings: "the report failed, for example without a credential, or a file cannot be written",
    usage: "the command is wrong, or the stack or its config cannot be read",
  });
}

/** The prefix of progress and errors. */
const command = "care report";

async function report({ stack, cwd, lang, format, file = [] }: Options): Promise<void> {
  const files = file.map((path) => ({ path, write: formats[formatOfFile(path)] }));
  const counts: Counts = { asked: 0, answered: 0 };
  const endProgress = showProgress(command, counts);
  // Each text of it, so that a file has no credential either, and its structure is not changed.
  const document = withoutSecretsIn(await reportOf(resolve(cwd), stack, lang, counts).finally(endProgress));
  if (files.length === 0) process.stdout.write(formats[format](document));
  for (const { path, write } of files) {
    await writeText(path, write(document), { prefix: `${command}: --file ` });
    process.stdout.write(`${path}\n`);
  }
}

/**
 * Reads the stack and Google, and writes neither.
 * @throws UsageError, UserError
 */
async function reportOf(
  workDir: string,
  stackName: string | undefined,
  language: Language,
  counts: Counts,
): Promise<Report> {
  const stack = await readContents(workDir, stackName);
  const now = new Date();
  return explainCredentialErrors(command, async () => {
    const transport = checkUpTransport(readGoogleSettings(stack.value), counts);
    const readings = await readGoogle(stack, transport, now);
    const refused = [...readings.places.map(({ policy }) => policy.error), readings.organization?.error].find(
      (error) => error !== undefined && isCredentialProblem(error),
    );
    if (refused !== undefined) throw refused;
    return createReport(stack, readings, language, now);
  });
}

function formatOfFile(path: string): FormatName {
  const format = endings[extname(path).toLowerCase()];
  if (format !== undefined) return format;
  throw new UsageError(
    `${command}: --file: ${JSON.stringify(path)} ends in none of ${Object.keys(endings).join(", ")}`,
  );
}
